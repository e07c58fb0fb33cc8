"""Finds plain sentences of danger ("I want to die") in a message whatever happened on the keyboard: one slip anywhere in the sentence, spaces lost, moved
or added, signs in between. The words of the rules (matcher.py) forgive a slip per word as long as it makes no other word; here it may.

A sentence and the message are compared without spaces. A slip leaves one half of the sentence whole: halves are looked up, the other half is compared.
The word that a sentence stands or falls with is marked ``=`` in the rule file: a slip that makes it one of ``other_words`` ("I want to lie") is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from chatbot.safety.patterns import ANY, STEM, BadPattern, Pattern
from chatbot.safety.spelling import one_slip, single

CORE = "="
_SHORTEST = 5
_SLIP_FROM = 8  # in shorter sentences only doubled letters are forgiven


@dataclass(frozen=True)
class Sentence:
    """A sentence without its spaces. core: where the word stands that must not become another one, as (first letter, last letter + 1)."""

    letters: str
    core: tuple[int, int]
    kind: str
    file: str


@dataclass(frozen=True)
class Found:
    """A sentence and the words of the message it was found in, as (first word, last word + 1)."""

    sentence: Sentence
    span: tuple[int, int]


def sentences_of(pattern: Pattern, kind: str, file: str) -> Iterator[Sentence]:
    """Give every sentence that a pattern stands for; raise ``BadPattern`` for one too short to be told apart, or with open places."""
    for phrases in product(*pattern):
        words = [word for phrase in phrases for word in phrase]
        bare = [word.removeprefix(CORE) for word in words]
        letters = "".join(bare)
        if ANY in words or STEM in letters or len(letters) < _SHORTEST:
            raise BadPattern(f"a sentence has {_SHORTEST} letters or more, no {ANY} and no {STEM}: {' '.join(words)!r}")
        number = next((i for i, word in enumerate(words) if word.startswith(CORE)), None)
        start = 0 if number is None else sum(map(len, bare[:number]))
        yield Sentence(letters, (start, start + (0 if number is None else len(bare[number]))), kind, file)


class Sentences:
    """Knows all sentences. other_words: those that the marked word of a sentence must not have become."""

    def __init__(self, sentences: Iterable[Sentence], other_words: Iterable[str]) -> None:
        self._other_words = frozenset(other_words)
        self._left: dict[str, list[Sentence]] = defaultdict(list)
        self._right: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in {s.letters: s for s in sentences}.values():
            middle = len(sentence.letters) // 2
            self._left[sentence.letters[:middle]].append(sentence)
            self._right[sentence.letters[middle:]].append(sentence)
        self._left_lengths = sorted({len(half) for half in self._left})
        self._right_lengths = sorted({len(half) for half in self._right})

    def find(self, words: list[str]) -> list[Found]:
        """Give the sentences found in the words of a message."""
        text = "".join(words)
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        at = 0
        for number, word in enumerate(words):
            starts[at] = number
            at += len(word)
            ends[at] = number + 1
        found = [*self._from_left(text, starts, ends), *self._from_right(text, starts, ends)]
        return [Found(sentence, (starts[a], ends[b])) for sentence, a, b in found]

    def _from_left(self, text: str, starts: dict[int, int], ends: dict[int, int]) -> Iterator[tuple[Sentence, int, int]]:
        for start in starts:
            for length in self._left_lengths:
                for sentence in self._left.get(text[start : start + length], ()):
                    for end in _around(start + len(sentence.letters)):
                        if end in ends and self._is(sentence, text[start:end]):
                            yield sentence, start, end

    def _from_right(self, text: str, starts: dict[int, int], ends: dict[int, int]) -> Iterator[tuple[Sentence, int, int]]:
        for end in ends:
            for length in self._right_lengths:
                for sentence in self._right.get(text[max(end - length, 0) : end], ()):
                    for start in _around(end - len(sentence.letters)):
                        if start in starts and self._is(sentence, text[start:end]):
                            yield sentence, start, end

    def _is(self, sentence: Sentence, typed: str) -> bool:
        meant = sentence.letters
        if typed == meant:
            return True
        if len(meant) < _SLIP_FROM:
            return single(typed) == single(meant)
        if not one_slip(typed, meant):
            return False
        first, last = sentence.core
        core = typed[first : last + len(typed) - len(meant)]
        before_whole, after_whole = typed[:first] == meant[:first], typed[len(typed) - (len(meant) - last) :] == meant[last:]
        return not (before_whole and after_whole and core in self._other_words)


def _around(place: int) -> tuple[int, int, int]:
    return place, place - 1, place + 1
