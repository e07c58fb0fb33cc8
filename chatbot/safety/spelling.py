"""Reads mistyped words: which words of the rules a token may stand for. Pure; built once from the rule files.

One letter lost, added, changed or two swapped is forgiven, doubled letters always are, words run together or torn apart are mended, and
romanised words are compared by their consonants. A token that is an ordinary word of its own (rules/ordinary.txt) or of the rules is never
read as another: "kille" is no "kill".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

NUMBER = "%"
_DOUBLED = re.compile(r"(.)\1")
_VOWELS = re.compile(r"[aeiouy']+")
_DIGRAPHS = (("kh", "5"), ("gh", "8"), ("sh", "$"), ("ch", "$"), ("dh", "d"), ("th", "t"), ("7", "h"), ("6", "t"), ("2", ""))
_NO_SUBSTITUTE_BELOW = 4
_ARABIC_SHORT = 6
_FEWEST_CONSONANTS = 4
_SHORTEST_GLUED = 5
_LONGEST_GLUED = 40
_STEM_MISTYPED = 7
_ONE_LETTER_WORDS = frozenset("aioeuåw")


def single(word: str) -> str:
    """Give the word with doubled letters made single."""
    return _DOUBLED.sub(r"\1", word)


def skeleton(word: str) -> str:
    """Give a romanised word's consonants in one spelling: beydrabni, bydrobni and bydrbny are all bdrbn. A y at the beginning counts ("he ...")."""
    for typed, meant in _DIGRAPHS:
        word = word.replace(typed, meant)
    return ("y" if word.startswith("y") else "") + single(_VOWELS.sub("", word))


def _cuts(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was lost, added, changed or swapped with its neighbour. In short words a changed letter makes another word: not forgiven."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    if len(typed) != len(meant):
        return min(typed, meant, key=len) in _cuts(max(typed, meant, key=len))
    differing = [i for i, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
    if len(differing) == 1:
        return len(meant) >= _NO_SUBSTITUTE_BELOW
    return len(differing) == 2 and differing[1] - differing[0] == 1 and typed[differing[0]] == meant[differing[1]] and typed[differing[1]] == meant[differing[0]]


def _another_word(typed: str, meant: str) -> bool:
    """Arabic words are short and close to each other: only swapped letters are forgiven in the short ones."""
    return len(meant) <= _ARABIC_SHORT and not meant.isascii() and sorted(typed) != sorted(meant)


class Spelling:
    """Knows the words of the rules. words: whole ones; stems: beginnings; romanised: words compared by consonants; ordinary: never read as another.

    exact: words that forgive no slip but a key held too long.
    """

    def __init__(
        self, words: Iterable[str], stems: Iterable[str], romanised: Iterable[str], ordinary: Iterable[str], exact: Iterable[str] = ()
    ) -> None:
        self.words = frozenset(words)
        letter_by_letter = frozenset(exact)
        self.known = self.words | frozenset(ordinary) | letter_by_letter
        self._held_keys: dict[str, list[str]] = defaultdict(list)
        for word in letter_by_letter:
            if len(word) >= _NO_SUBSTITUTE_BELOW:
                self._held_keys[single(word)].append(word)
        self._near: dict[str, list[str]] = defaultdict(list)
        self._stems: dict[str, list[str]] = defaultdict(list)
        self._romanised: dict[str, list[str]] = defaultdict(list)
        for word in self.words:
            self._index(self._near, word, single(word))
        for stem in stems:
            if len(stem) >= _STEM_MISTYPED:
                self._index(self._stems, stem, single(stem))
        self._stem_lengths = sorted({len(s) for s in self._stems})
        for word in romanised:
            if len(skeleton(word)) >= _FEWEST_CONSONANTS:
                self._romanised[skeleton(word)].append(word)

    @staticmethod
    def _index(index: dict[str, list[str]], word: str, bare: str) -> None:
        index[bare].append(word)
        if len(bare) >= _NO_SUBSTITUTE_BELOW - 1 and bare.isalpha():
            for cut in _cuts(bare):
                index[cut].append(word)

    def readings(self, token: str) -> list[str]:
        """Give the words a token may stand for, itself first; a number also for ``%``."""
        if token.isdigit():
            return [token, NUMBER]
        if token in self.known:  # "lleva" is Spanish, and "leva" with a key held too long
            bare = single(token)
            return [token, bare] if bare != token and len(bare) >= _NO_SUBSTITUTE_BELOW and bare in self.words else [token]
        return [token, *self.near(token)]

    def near(self, token: str) -> list[str]:
        """Give the words of the rules, other than itself, that a token is one slip away from, or equal to by doubled letters or consonants."""
        bare = single(token)
        found: dict[str, None] = {}
        for key in (bare, *_cuts(bare)) if len(bare) > 1 else ():
            for word in self._near.get(key, ()):
                other = single(word)
                if other == bare or (one_slip(bare, other) and not _another_word(bare, other)):
                    found[word] = None
        if len(token) > _NO_SUBSTITUTE_BELOW:
            found.update(dict.fromkeys(self._held_keys.get(bare, ())))
        if token.isascii() and len(token) >= _FEWEST_CONSONANTS:
            found.update(dict.fromkeys(self._romanised.get(skeleton(token), ())))
        if not found and len(bare) > _STEM_MISTYPED:
            found.update(dict.fromkeys(self._mistyped_stems(bare)))
        found.pop(token, None)
        return list(found)

    def _mistyped_stems(self, bare: str) -> Iterable[str]:
        for length in self._stem_lengths:
            if length > len(bare):
                return
            yield from self._stems.get(bare[:length], ())

    def parts(self, token: str) -> list[str]:
        """Give the words of the rules that were run together in a token ("iwanttodie"), fewest first found; [] where it is none of that."""
        if token in self.known or not _SHORTEST_GLUED <= len(token) <= _LONGEST_GLUED:
            return []
        best: list[list[str] | None] = [[]] + [None] * len(token)
        for end in range(1, len(token) + 1):
            for start in range(end):
                before, part = best[start], token[start:end]
                if before is None or not (part in self.words if len(part) > 1 else part in _ONE_LETTER_WORDS):
                    continue
                if best[end] is None or len(before) + 1 < len(best[end] or ()):
                    best[end] = [*before, part]
        return best[-1] or []

    def joined(self, first: str, second: str) -> str | None:
        """Give the word of the rules that was torn into two tokens ("själv mord"), if any."""
        both = first + second
        return both if len(both) >= _SHORTEST_GLUED and both in self.words else None
