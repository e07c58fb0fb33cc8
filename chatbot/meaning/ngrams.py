"""Letters to numbers: character 2-5-grams inside words, whole words and word pairs of a normalised text, hashed into a fixed number of columns.

Pure and without a fitted vocabulary, so that a row costs some tens of microseconds and needs no scikit-learn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy import sparse

from chatbot.meaning.normalise import normalise

_SHORTEST, _LONGEST = 2, 5
_MOST_LETTERS = 1000


def grams(text: str) -> list[str]:
    """Give the n-grams of a text: ``#`` marks word edges, ``=`` a whole word, ``+`` a pair of neighbours."""
    words = normalise(text)[:_MOST_LETTERS].replace("?", " ? ").split()
    found: list[str] = []
    for word in words:
        edged = f"#{word.strip('.,!;:()[]«»“”…،؟')}#"
        if len(edged) == 2:
            continue
        found.append("=" + edged)
        for size in range(_SHORTEST, _LONGEST + 1):
            found.extend(edged[i : i + size] for i in range(len(edged) - size + 1))
    found.extend(f"+{a} {b}" for a, b in pairwise(words))
    return found


def column(gram: str, columns: int) -> int:
    """Give the column of an n-gram."""
    return crc32(gram.encode("utf-8")) % columns


def count_rows(texts: Sequence[str], columns: int) -> sparse.csr_matrix:
    """Give a sparse array (len(texts), columns): 1 + log of how often each n-gram stands in each text, float32."""
    data: list[float] = []
    indices: list[int] = []
    starts = [0]
    for text in texts:
        counted = Counter(column(gram, columns) for gram in grams(text))
        indices.extend(counted)
        data.extend(1.0 + np.log(n) for n in counted.values())
        starts.append(len(indices))
    return sparse.csr_matrix(
        (np.array(data, np.float32), np.array(indices, np.int32), np.array(starts, np.int64)), shape=(len(texts), columns)
    )


def weigh_rows(rows: sparse.csr_matrix, idf: npt.NDArray[np.float32]) -> sparse.csr_matrix:
    """Give the rows weighted by inverse document frequency and brought to unit length."""
    weighted = rows.multiply(idf).tocsr().astype(np.float32)
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(1))).ravel()
    return sparse.diags(1.0 / np.maximum(lengths, 1e-9)).dot(weighted).tocsr().astype(np.float32)


def inverse_document_frequency(rows: sparse.csr_matrix) -> npt.NDArray[np.float32]:
    """Give smoothed idf per column, as scikit-learn's TfidfTransformer does."""
    seen = np.bincount(rows.indices, minlength=rows.shape[1])
    return np.asarray(np.log((1 + rows.shape[0]) / (1 + seen)) + 1, np.float32)
