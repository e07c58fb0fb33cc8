"""Finds the groups of words that stand in a message: one walk over the net of all patterns of all languages, typing slips forgiven."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chatbot.safety.patterns import ANY, EXACT, STEM, Pattern, Phrase, words_in
from chatbot.safety.spelling import Spelling

HARMLESS = "harmless"
FILLER = "filler"
START, END = "^", "$"
_CRY = 5  # so short a message is also read as a whole, from ^ to $
_LONGEST_CRY = 20
_MOST_SPANS = 8
_LONGEST_MESSAGE = 450  # words; a message has 2,000 characters at most

Span = tuple[int, int]
Hits = dict[str, list[Span]]
Steps = list[list[tuple[str, int]]]


@dataclass
class _Node:
    """A place between words: where each word leads to, and the group that is found when one gets here."""

    words: dict[str, list[_Node]] = field(default_factory=dict)
    stems: dict[str, list[_Node]] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    group: str | None = None

    def lead(self, word: str, to: _Node) -> None:
        word = word.removeprefix(EXACT)
        stem = word.removesuffix(STEM)
        if stem == word:
            self.words.setdefault(word, []).append(to)
        else:
            self.stems.setdefault(stem, []).append(to)
            self.lengths = tuple(sorted({*self.lengths, len(stem)}))

    def after(self, word: str) -> list[_Node]:
        """The nodes that a word leads to."""
        found = self.words.get(word, [])
        for length in self.lengths:
            if length > len(word):
                break
            more = self.stems.get(word[:length])
            if more:
                found = found + more
        return found


def covered(span: Span, harmless: list[Span]) -> bool:
    """Whether a span lies wholly inside a harmless one."""
    return any(first <= span[0] and span[1] <= last for first, last in harmless)


class Matcher:
    """Knows every pattern. groups: the patterns of each group; romanised: words compared by their consonants; ordinary: never read as another."""

    def __init__(self, groups: Mapping[str, Iterable[Pattern]], romanised: Iterable[str] = (), ordinary: Iterable[str] = ()) -> None:
        self._root = _Node()
        written: set[str] = set()
        self._filler = {word for pattern in groups.get(FILLER, ()) for word in words_in(pattern)}
        for group, patterns in groups.items():
            if group == FILLER:
                continue
            end = _Node(group=group)
            for pattern in patterns:
                self._plant(pattern, end)
                written |= words_in(pattern)
        stems = {w.removesuffix(STEM) for w in written if w.endswith(STEM)}
        exact = {w.removeprefix(EXACT) for w in written if w.startswith(EXACT)}
        whole = {w for w in written if w[-1] != STEM and w[0] != EXACT and w != ANY}
        self.spelling = Spelling(whole - exact, stems, romanised, ordinary, exact)

    def _plant(self, pattern: Pattern, end: _Node) -> None:
        """Lay a pattern's ways from the root to its end. A place that may be left out is also passed by."""
        needed = [number for number, place in enumerate(pattern) if () not in place]
        here = [self._root]
        for number, place in enumerate(pattern):
            rest_may_go = number >= needed[-1] if needed else True
            there = _Node()
            for node in here:
                for phrase in place:
                    if phrase:
                        self._lay(node, phrase, there)
                        if rest_may_go:
                            self._lay(node, phrase, end)
            here = [*here, there] if () in place else [there]

    @staticmethod
    def _lay(node: _Node, phrase: Phrase, to: _Node) -> None:
        for word in phrase[:-1]:
            step = _Node()
            node.lead(word, step)
            node = step
        node.lead(phrase[-1], to)

    def hits(self, words: list[str]) -> Hits:
        """Give where each group stands, as (first word, last word + 1). Spans of the group ``harmless`` cover what lies wholly inside them.

        A message of few words, fillers such as a goodbye not counted, is also read as a whole.
        """
        found = self._found(words[:_LONGEST_MESSAGE])
        kernel = [word for word in words if word not in self._filler] if len(words) <= _LONGEST_CRY else words
        if len(kernel) <= _CRY:
            for group, spans in self._found([START, *kernel, END]).items():
                found.setdefault(group, spans)
        return found

    def _found(self, words: list[str]) -> Hits:
        steps, inside = self._steps(words)
        found: Hits = {}
        for start in range(len(words)):
            self._walk(steps, (start, len(words)), self._root, start, found)
        for place, start in inside.items():
            self._walk(steps, (start, len(words)), self._root, place, found)
        harmless = found.get(HARMLESS, [])
        if not harmless:
            return found
        kept = {g: [s for s in spans if g == HARMLESS or not covered(s, harmless)] for g, spans in found.items()}
        return {group: spans for group, spans in kept.items() if spans}

    def _steps(self, words: list[str]) -> tuple[Steps, dict[int, int]]:
        """For each place the words that may be read there and the place they lead to; and the places inside words run together, with their word."""
        inside: dict[int, int] = {}
        steps: Steps = [[(reading, at + 1) for reading in self.spelling.readings(word)] for at, word in enumerate(words)]
        steps.append([])
        for at, word in enumerate(words):
            if at + 1 < len(words) and (both := self.spelling.joined(word, words[at + 1])):
                steps[at].append((both, at + 2))
            inside.update(self._take_apart(steps, at, word))
        return steps, inside

    def _take_apart(self, steps: Steps, at: int, word: str) -> dict[int, int]:
        parts = self.spelling.parts(word)
        if not parts:
            return {}
        place, first_inside = at, len(steps)
        for part in parts[:-1]:
            steps.append([])
            steps[place].append((part, len(steps) - 1))
            place = len(steps) - 1
        steps[place].append((parts[-1], at + 1))
        return dict.fromkeys(range(first_inside, len(steps)), at)

    def _walk(self, steps: Steps, reach: Span, node: _Node, at: int, found: Hits) -> None:
        """Go on from a node with the words at a place. reach: where the walk began, and how many words the message has."""
        for word, then in steps[at]:
            for child in node.after(word):
                self._arrive(steps, reach, child, then, found)
        for child in node.words.get(ANY, ()) if steps[at] else ():
            self._arrive(steps, reach, child, steps[at][0][1], found)

    def _arrive(self, steps: Steps, reach: Span, node: _Node, at: int, found: Hits) -> None:
        if not node.group:
            self._walk(steps, reach, node, at, found)
            return
        start, count = reach
        spans = found.setdefault(node.group, [])
        span = (start, at if at <= count else start + 1)
        if len(spans) < _MOST_SPANS and span not in spans:
            spans.append(span)
