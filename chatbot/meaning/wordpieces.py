"""BERT's WordPiece tokenizer (Devlin et al. 2018) over normalised text. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from chatbot.meaning.normalise import normalise

PAD, UNKNOWN, CLS, SEP = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
LONGEST = 128


class WordPieces:
    """Turns a text into ids of known pieces of words."""

    def __init__(self, pieces: Sequence[str]) -> None:
        """Take the vocabulary in order; the id of a piece is its place."""
        self._ids = {piece: number for number, piece in enumerate(pieces)}

    def encode(self, text: str) -> list[int]:
        """Give the ids of a text between [CLS] and [SEP]. Of a very long text the beginning and the end are read."""
        ids = [piece for word in words(text) for piece in self._split(word)]
        if len(ids) > LONGEST - 2:
            ids = [*ids[: LONGEST - 42], *ids[-40:]]
        return [self._ids[CLS], *ids, self._ids[SEP]]

    def _split(self, word: str) -> list[int]:
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
                return [self._ids[UNKNOWN]]
        return found


def words(text: str) -> list[str]:
    """Give the words and signs of a text, normalised (lower case, no diacritics, letter forms folded)."""
    spaced = "".join(f" {c} " if unicodedata.category(c)[0] in "PS" else c for c in normalise(text))
    return spaced.split()
