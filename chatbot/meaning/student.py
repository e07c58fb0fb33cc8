"""The student: brings a message in any language into the teacher's space by one sparse product.

Made by ``chatbot/make_students.py`` from sentence pairs (ridge regression of the teacher's vector of the English side on the n-grams of
the other side; docs/decisions). Kept as 8-bit rows for the n-gram columns that occurred, so that the file stays small enough to review and ship.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from chatbot.meaning.ngrams import count_rows, weigh_rows

COLUMNS = 1 << 18
Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Student:
    """columns: the kept n-gram columns, sorted. idf: their weight. matrix: (kept, dimensions). mean: added to every answer."""

    columns: npt.NDArray[np.int64]
    idf: Array
    matrix: Array
    mean: Array

    def features(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Give the weighted n-gram rows (len(texts), kept)."""
        return weigh_rows(count_rows(texts, COLUMNS)[:, self.columns], self.idf)

    def embed(self, texts: Sequence[str]) -> Array:
        """Give unit vectors (len(texts), dimensions)."""
        return self.embed_rows(self.features(texts))

    def embed_rows(self, rows: sparse.csr_matrix) -> Array:
        """Give unit vectors for rows that ``features`` made."""
        placed = np.asarray(rows @ self.matrix) + self.mean
        return np.asarray(placed / np.maximum(np.linalg.norm(placed, axis=1, keepdims=True), 1e-9), np.float32)

    def save(self, path: Path) -> None:
        """Write the student with one scale a row and 8 bits a number."""
        scale = np.abs(self.matrix).max(1, keepdims=True) / 127 + 1e-12
        np.savez_compressed(
            path,
            columns=self.columns.astype(np.int32),
            idf=self.idf.astype(np.float16),
            scale=scale.astype(np.float32),
            matrix=np.round(self.matrix / scale).astype(np.int8),
            mean=self.mean.astype(np.float32),
        )

    @classmethod
    def load(cls, path: Path) -> Student:
        """Read what ``save`` wrote."""
        data = np.load(path)
        matrix = data["matrix"].astype(np.float32) * data["scale"]
        return cls(data["columns"].astype(np.int64), data["idf"].astype(np.float32), matrix, data["mean"])


def fit_student(texts: Sequence[str], targets: Array, ridge: float = 0.5, at_least: int = 1) -> Student:
    """Fit by ridge regression in its dual form: n-grams of ``texts`` (any languages) on ``targets`` (len(texts), dimensions)."""
    counted = count_rows(texts, COLUMNS)
    seen = np.bincount(counted.indices, minlength=COLUMNS)
    kept = np.flatnonzero(seen >= at_least)
    idf = np.asarray(np.log((1 + len(texts)) / (1 + seen[kept])) + 1, np.float32)
    rows = weigh_rows(counted[:, kept], idf)
    mean = targets.mean(0)
    kernel = (rows @ rows.T).toarray().astype(np.float32)
    kernel[np.diag_indices_from(kernel)] += ridge
    dual = np.linalg.solve(kernel, (targets - mean).astype(np.float32))
    return Student(kept.astype(np.int64), idf, np.asarray(rows.T @ dual, np.float32), np.asarray(mean, np.float32))
