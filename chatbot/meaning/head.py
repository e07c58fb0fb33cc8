"""A linear head on n-grams: scores of labels for a message by one sparse product. Trained by ridge regression.

Ridge regression on unit-length tf-idf rows in its dual form, (X Xᵀ + r I) A = Y, solved by conjugate gradients for all labels at once: the cost grows with the
number of messages, not with its square, and the answer is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from chatbot.meaning.ngrams import inverse_document_frequency, weigh_rows

Array = npt.NDArray[np.float32]
_STEPS, _CLOSE_ENOUGH = 200, 1e-3


@dataclass(frozen=True)
class LinearHead:
    """labels: in the order of the columns of weights. columns: the n-gram columns kept. idf: their weight. weights: (kept, labels). mean: of each label."""

    labels: tuple[str, ...]
    columns: npt.NDArray[np.int32]
    idf: Array
    weights: Array
    mean: Array

    @classmethod
    def fit(cls, rows: sparse.csr_matrix, given: Sequence[str], ridge: float) -> LinearHead:
        """Fit on counted rows (messages, columns) and a label for each. ridge: how strongly the weights are held back."""
        names = np.asarray(given)
        labels = tuple(sorted(set(names.tolist())))
        columns = np.flatnonzero(np.bincount(rows.indices, minlength=rows.shape[1])).astype(np.int32)
        counted = rows[:, columns]
        idf = inverse_document_frequency(counted)
        weighted = weigh_rows(counted, idf)
        targets = (names[:, None] == np.asarray(labels)[None, :]).astype(np.float32)
        mean = targets.mean(0)
        dual = _solve(weighted, targets - mean, ridge)
        return cls(labels, columns, idf, np.asarray(weighted.T @ dual, np.float32), mean)

    def scores(self, rows: sparse.csr_matrix) -> Array:
        """Give how much each label is spoken for, an array (messages, labels); about 0 to 1."""
        return np.vstack([self._score(rows.indices[a:b], rows.data[a:b]) for a, b in pairwise(rows.indptr)])

    def _score(self, columns: npt.NDArray[np.int32], counts: Array) -> Array:
        """One message: a search in the sorted columns and a small product cost a tenth of slicing a sparse array."""
        places = np.minimum(np.searchsorted(self.columns, columns), len(self.columns) - 1)
        known = self.columns[places] == columns
        values = counts[known] * self.idf[places[known]]
        length = np.float32(np.sqrt(values @ values)) or np.float32(1.0)
        return np.asarray((values / length) @ self.weights[places[known]] + self.mean, np.float32)

    def save(self, path: Path) -> None:
        """Write the head as .npz; weights in half precision."""
        np.savez_compressed(
            path, labels=np.array(self.labels), columns=self.columns, idf=self.idf, weights=self.weights.astype(np.float16), mean=self.mean
        )  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> LinearHead:
        """Read what ``save`` wrote."""
        with np.load(path) as data:
            weights = data["weights"].astype(np.float32)
            labels = tuple(str(x) for x in data["labels"])
            return cls(labels, data["columns"], data["idf"], weights, data["mean"])


def _solve(x: sparse.csr_matrix, targets: Array, ridge: float) -> Array:
    """Conjugate gradients on (X Xᵀ + ridge I) A = targets, a column each, side by side."""
    turned = x.T.tocsr()
    answer = np.zeros_like(targets)
    rest = targets.copy()
    direction = rest.copy()
    size = np.einsum("ij,ij->j", rest, rest)
    enough = size * _CLOSE_ENOUGH**2
    for _ in range(_STEPS):
        if (size <= enough).all():
            break
        moved = np.asarray(x @ (turned @ direction), np.float32) + np.float32(ridge) * direction
        step = size / np.maximum(np.einsum("ij,ij->j", direction, moved), 1e-20)
        answer += step * direction
        rest -= step * moved
        new = np.einsum("ij,ij->j", rest, rest)
        direction = rest + (new / np.maximum(size, 1e-20)) * direction
        size = new
    return answer

