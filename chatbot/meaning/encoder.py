"""From a message in any language to 384 numbers of meaning: a small transformer run with numpy alone.

The network is all-MiniLM-L6-v2 (Apache-2.0) taught our languages and topics by ``chatbot/make_model.py``; weights are kept as 8-bit rows. Its shape is
BERT's: token and position embeddings, layers of self-attention and feed-forward, mean pooling.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.special import erf

from chatbot.meaning.wordpieces import PAD, WordPieces

HEADS = 12
ENCODER_FILE = Path(__file__).parent / "students" / "encoder.npz"
Array = npt.NDArray[np.float32]


class NoEncoder(FileNotFoundError):
    """Raised when the encoder's file is missing; the message says how to make it."""


class Encoder:
    """Embeds messages. Holds weights only; safe to share between threads."""

    def __init__(self, weights: Mapping[str, Array], pieces: Sequence[str]) -> None:
        """Take BERT's weights by the names of its checkpoint (without ``encoder.layer.`` for the numbers of layers present)."""
        self._pieces = WordPieces(pieces)
        self._pad = list(pieces).index(PAD)
        self._tokens = weights["embeddings.word_embeddings.weight"]
        self._places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        self._first_norm = _norm_of(weights, "embeddings.LayerNorm")
        layers = sorted({int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer.")})
        self._layers = [_Layer(weights, f"encoder.layer.{number}.") for number in layers]

    def embed(self, text: str) -> Array:
        """Give the vector (384,) of one message."""
        x = self._begin(np.array([self._pieces.encode(text)]))
        for layer in self._layers:
            x = layer(x, None)
        return np.asarray(x[0].mean(0), np.float32)

    def embed_many(self, texts: Sequence[str], batch: int = 64, progress: Callable[[int], object] | None = None) -> Array:
        """Give vectors (len(texts), 384); messages of like length share a batch. ``progress`` hears how many are done."""
        ids = [self._pieces.encode(text) for text in texts]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = np.zeros((len(ids), self._tokens.shape[1]), np.float32)
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            out[rows] = self._batch([ids[i] for i in rows])
            if progress:
                progress(len(rows))
        return out

    def _batch(self, ids: list[list[int]]) -> Array:
        longest = max(map(len, ids))
        tokens = np.array([row + [self._pad] * (longest - len(row)) for row in ids])
        mask = np.array([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in ids], np.float32)
        x = self._begin(tokens)
        away = (1.0 - mask)[:, None, None, :] * np.float32(-1e9)
        for layer in self._layers:
            x = layer(x, away)
        return np.asarray((x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True), np.float32)

    def _begin(self, tokens: npt.NDArray[np.int64]) -> Array:
        return _normed(self._tokens[tokens] + self._places[: tokens.shape[1]], *self._first_norm)


class _Layer:
    """One layer: attention and feed-forward, each with a residual and a norm after it."""

    def __init__(self, w: Mapping[str, Array], name: str) -> None:
        parts = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
        self._qkv = np.ascontiguousarray(np.vstack([w[p + ".weight"] for p in parts]).T)
        self._qkv_bias = np.concatenate([w[p + ".bias"] for p in parts])
        self._out = _linear_of(w, name + "attention.output.dense")
        self._norm = _norm_of(w, name + "attention.output.LayerNorm")
        self._wide = _linear_of(w, name + "intermediate.dense")
        self._narrow = _linear_of(w, name + "output.dense")
        self._last_norm = _norm_of(w, name + "output.LayerNorm")

    def __call__(self, x: Array, away: Array | None) -> Array:
        n, t, d = x.shape
        qkv = (x.reshape(n * t, d) @ self._qkv + self._qkv_bias).reshape(n, t, 3, HEADS, d // HEADS)
        q, k, v = qkv.transpose(2, 0, 3, 1, 4)
        scores = q @ k.transpose(0, 1, 3, 2) * np.float32((d // HEADS) ** -0.5)
        if away is not None:
            scores = scores + away
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = ((scores / scores.sum(-1, keepdims=True)) @ v).transpose(0, 2, 1, 3).reshape(n * t, d)
        flat = _normed(x.reshape(n * t, d) + mixed @ self._out[0] + self._out[1], *self._norm)
        wide = flat @ self._wide[0] + self._wide[1]
        wide *= np.float32(0.5) * (np.float32(1.0) + erf(wide * np.float32(2**-0.5)))
        return _normed(flat + wide @ self._narrow[0] + self._narrow[1], *self._last_norm).reshape(n, t, d)


def _linear_of(w: Mapping[str, Array], name: str) -> tuple[Array, Array]:
    return np.ascontiguousarray(w[name + ".weight"].T), w[name + ".bias"]


def _norm_of(w: Mapping[str, Array], name: str) -> tuple[Array, Array]:
    return w[name + ".weight"], w[name + ".bias"]


def _normed(x: Array, weight: Array, bias: Array) -> Array:
    centred = x - x.mean(-1, keepdims=True)
    spread = np.sqrt(np.einsum("...i,...i->...", centred, centred)[..., None] / np.float32(x.shape[-1]) + np.float32(1e-12))
    return np.asarray(centred / spread * weight + bias, np.float32)


def save_encoder(path: Path, weights: Mapping[str, Array], pieces: Sequence[str]) -> None:
    """Write weights as 8-bit rows with a scale each (matrices) or as they are (vectors), and the vocabulary."""
    stored: dict[str, npt.NDArray[np.generic]] = {"pieces": np.frombuffer("\n".join(pieces).encode(), np.uint8)}
    for name, value in weights.items():
        if value.ndim == 2:
            scale = np.abs(value).max(1, keepdims=True) / 127 + 1e-12
            stored["q:" + name] = np.round(value / scale).astype(np.int8)
            stored["s:" + name] = scale.astype(np.float32)
        else:
            stored["f:" + name] = value.astype(np.float32)
    np.savez_compressed(path, **stored)


def load_encoder(path: Path = ENCODER_FILE) -> Encoder:
    """Read what ``save_encoder`` wrote; raise ``NoEncoder`` when the file is not there."""
    if not path.exists():
        raise NoEncoder(f"{path}: the encoder is missing. Run `make model`, or check out the repository whole.")
    return _load(path, hashlib.sha256(path.read_bytes()).hexdigest())


@lru_cache(maxsize=1)
def _load(path: Path, digest: str) -> Encoder:
    """Two components of one pipeline share one encoder; the digest keeps a changed file from being taken for the old one."""
    with np.load(path) as data:
        weights: dict[str, Array] = {}
        for key in data.files:
            kind, _, name = key.partition(":")
            if kind == "q":
                weights[name] = data[key].astype(np.float32) * data["s:" + name]
            elif kind == "f":
                weights[name] = data[key]
        pieces = bytes(data["pieces"]).decode().split("\n")
    return Encoder(weights, pieces)
