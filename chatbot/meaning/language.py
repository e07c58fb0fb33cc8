"""Guesses which offered language a message is written in: naive Bayes over the n-grams of the training messages. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chatbot.meaning.ngrams import count_rows

COLUMNS = 1 << 15


@dataclass(frozen=True)
class LanguageModel:
    """log-probabilities of n-gram columns, an array (languages, COLUMNS), and the tags of the rows."""

    tags: tuple[str, ...]
    weights: npt.NDArray[np.float32]

    @classmethod
    def fit(cls, texts: Sequence[str], tags: Sequence[str]) -> LanguageModel:
        """Count the n-grams of each language."""
        names = tuple(sorted(set(tags)))
        rows = count_rows(texts, COLUMNS)
        mine = np.array([names.index(tag) for tag in tags])
        counts = np.vstack([np.asarray(rows[mine == i].sum(0)).ravel() for i in range(len(names))]) + 0.1
        return cls(names, np.asarray(np.log(counts / counts.sum(1, keepdims=True)), np.float32))

    def guess(self, text: str) -> tuple[str, float]:
        """Give the likeliest language and by how much its log-probability a n-gram leads; 0 for an empty text."""
        row = count_rows([text], COLUMNS)
        if row.nnz == 0 or len(self.tags) < 2:
            return self.tags[0], 0.0
        scores = np.asarray(row @ self.weights.T).ravel()
        first, second = np.argsort(-scores)[:2]
        return self.tags[int(first)], float(scores[first] - scores[second])
