"""Cuts a message into the pieces of words that the network knows (a unigram model, Kudo 2018): the likeliest cut of each word, by dynamic programming.

Pure. The pieces and their scores are those of XLM-RoBERTa as far as our twelve languages use them (chatbot/network/make.py chooses them).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chatbot.meaning.normalise import visible

EDGE = "\u2581"  # stands before the first piece of a word
_REPEATED = re.compile(r"(\w)\1{2,}")
_IMPOSSIBLE = -1e30


def spelled(text: str) -> str:
    """Give the text as the network reads it: visible signs only, lower case, no letter more than twice in a row. Diacritics stay."""
    return _REPEATED.sub(r"\1\1", visible(text).lower())


class Pieces:
    """A vocabulary of pieces. Keeps nothing of what it cuts."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float], unknown: int) -> None:
        """pieces: in the order of their numbers. scores: their log-probabilities. unknown: the number that stands for a letter none of them has."""
        self._numbers: Mapping[str, int] = {piece: number for number, piece in enumerate(pieces)}
        self._scores = [float(score) for score in scores]
        self._longest = max(map(len, pieces))
        self._unknown = unknown
        self._unknown_score = min(self._scores) - 10.0

    def cut(self, text: str, most: int) -> list[int]:
        """Give the numbers of a message's pieces, at most ``most``."""
        found: list[int] = []
        for word in spelled(text).split():
            found += self._word(EDGE + word)
            if len(found) >= most:
                break
        return found[:most]

    def _word(self, word: str) -> list[int]:
        """The likeliest cut of one word, by Viterbi's algorithm."""
        best = [_IMPOSSIBLE] * (len(word) + 1)
        back: list[tuple[int, int]] = [(0, 0)] * (len(word) + 1)
        best[0] = 0.0
        for start in range(len(word)):
            if best[start] == _IMPOSSIBLE:
                continue
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                number = self._numbers.get(word[start:end])
                if number is not None and best[start] + self._scores[number] > best[end]:
                    best[end], back[end] = best[start] + self._scores[number], (start, number)
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + self._unknown_score, (start, self._unknown)
        cut: list[int] = []
        at = len(word)
        while at > 0:
            at, number = back[at]
            cut.append(number)
        return cut[::-1]
