"""A small transformer that reads a message in any of the languages and says what it means: a score for each topic and one for danger.

Runs on numpy alone, a message at a time. The weights lie in chatbot/network/ (made by chatbot/network/make.py from a public multilingual encoder and the
training messages; docs/decisions/0010-network.md). Pure apart from ``load``; nothing of a message is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chatbot.meaning.pieces import Pieces

Array = npt.NDArray[np.float32]
_MOST_PIECES = 96
_ALMOST_ZERO = np.float32(1e-12)


@dataclass(frozen=True)
class Layer:
    """One layer's weights, each (in, out), and biases. qkv: query, key and value side by side. Norms: (scale, shift)."""

    qkv: Array
    qkv_bias: Array
    mix: Array
    mix_bias: Array
    widen: Array
    widen_bias: Array
    narrow: Array
    narrow_bias: Array
    norm_1: Array
    norm_2: Array


@dataclass(frozen=True)
class Network:
    """topics: names of the scores. table: int8 rows of the pieces, (pieces, width); steps: what a row is multiplied by. places: (most pieces, width)."""

    topics: tuple[str, ...]
    pieces: Pieces
    table: npt.NDArray[np.int8]
    steps: Array
    places: Array
    norm_0: Array
    layers: tuple[Layer, ...]
    head: Array
    head_bias: Array
    heads: int
    begin: int
    end: int

    def read(self, text: str) -> tuple[Array, float]:
        """Give the scores of the topics (logits, in the order of ``topics``) and that of danger (a logit) for one message."""
        numbers = np.array([self.begin, *self.pieces.cut(text, _MOST_PIECES - 2), self.end])
        x = self.table[numbers].astype(np.float32) * self.steps[numbers, None] + self.places[: len(numbers)]
        x = _normed(x, self.norm_0)
        for layer in self.layers:
            x = _normed(x + self._attend(x, layer), layer.norm_1)
            wide = x @ layer.widen + layer.widen_bias
            x = _normed(x + _gelu(wide) @ layer.narrow + layer.narrow_bias, layer.norm_2)
        scores = x.mean(0) @ self.head + self.head_bias
        return scores[:-1], float(scores[-1])

    def _attend(self, x: Array, layer: Layer) -> Array:
        length, width = x.shape
        parts = (x @ layer.qkv + layer.qkv_bias).reshape(length, 3, self.heads, width // self.heads)
        query, key, value = parts.transpose(1, 2, 0, 3)
        weights = query @ key.transpose(0, 2, 1) * np.float32((width // self.heads) ** -0.5)
        weights -= weights.max(-1, keepdims=True)
        np.exp(weights, out=weights)
        weights /= weights.sum(-1, keepdims=True)
        mixed = (weights @ value).transpose(1, 0, 2).reshape(length, width)
        return np.asarray(mixed @ layer.mix + layer.mix_bias, np.float32)

    @classmethod
    def load(cls, folder: Path) -> Network:
        """Read the network of a folder: weights.npz and pieces.txt. Raise ``FileNotFoundError`` where a file is missing."""
        words = (folder / "pieces.txt").read_text(encoding="utf-8").split("\n")
        with np.load(folder / "weights.npz") as data:
            given = {name: data[name] for name in data.files}
        layers = tuple(_layer(given, number) for number in range(int(given["layers"])))
        return cls(
            topics=tuple(str(topic) for topic in given["topics"]),
            pieces=Pieces(words, given["scores"].tolist(), int(given["unknown"])),
            table=given["table"],
            steps=given["steps"],
            places=_float(given["places"]),
            norm_0=_float(given["norm_0"]),
            layers=layers,
            head=_float(given["head"]),
            head_bias=_float(given["head_bias"]),
            heads=int(given["heads"]),
            begin=int(given["begin"]),
            end=int(given["end"]),
        )


def _layer(given: dict[str, npt.NDArray[np.generic]], number: int) -> Layer:
    def weights(name: str) -> Array:
        """A matrix kept as int8 columns and a step for each."""
        return np.ascontiguousarray(_float(given[f"{number}.{name}"]) * _float(given[f"{number}.{name}.step"]))

    def vector(name: str) -> Array:
        return _float(given[f"{number}.{name}"])

    return Layer(
        qkv=weights("qkv"), qkv_bias=vector("qkv_bias"), mix=weights("mix"), mix_bias=vector("mix_bias"),
        widen=weights("widen"), widen_bias=vector("widen_bias"), narrow=weights("narrow"), narrow_bias=vector("narrow_bias"),
        norm_1=vector("norm_1"), norm_2=vector("norm_2"),
    )  # fmt: skip


def _float(array: npt.NDArray[np.generic]) -> Array:
    return array.astype(np.float32)


def _normed(x: Array, norm: Array) -> Array:
    """Layer normalisation; norm is (2, width): scale and shift."""
    x = x - x.mean(1, keepdims=True)
    x /= np.sqrt((x * x).mean(1, keepdims=True) + _ALMOST_ZERO)
    return np.asarray(x * norm[0] + norm[1], np.float32)


def _gelu(x: Array) -> Array:
    """Gaussian error linear unit in its sigmoid form (Hendrycks & Gimpel 2016), the one the network is trained with."""
    return np.asarray(x / (1 + np.exp(np.float32(-1.702) * x)), np.float32)
