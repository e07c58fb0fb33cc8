"""Says whether a message may tell of danger, by rules alone. Every language's words read every message, since people mix languages.

Adding words to a message never takes an explicit danger away: an explicit rule has no exceptions, and a match stands wherever it is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from chatbot.safety.matcher import HARMLESS, Matcher, covered
from chatbot.safety.rules import KINDS, Rule, read_rules
from chatbot.safety.sentences import Sentences
from chatbot.safety.tokens import words_of

RULES = Path(__file__).parent / "rules"
ORDINARY = "ordinary.txt"


@dataclass(frozen=True)
class Danger:
    """What the net found. kind: one of the urgent topics. explicit: plain words, no reading between lines. rule: its name, for tests and reports."""

    kind: str
    explicit: bool
    rule: str


@dataclass(frozen=True)
class Net:
    """Rules and the words they ask for, ready for messages."""

    matcher: Matcher
    sentences: Sentences
    rules: tuple[Rule, ...]

    def dangers(self, text: str) -> list[Danger]:
        """Give every danger a message may tell of, gravest first: explicit before doubtful. Pure; the text is not kept."""
        words = words_of(text)
        hits = self.matcher.hits(words)
        found = [Danger(r.kind, r.explicit, f"{r.file}:{r.name}") for r in self.rules if r.holds(hits)]
        for one in self.sentences.find(words):
            if not covered(one.span, hits.get(HARMLESS, [])):
                found.append(Danger(one.sentence.kind, True, f"{one.sentence.file}:{one.sentence.letters}"))
        return sorted(found, key=lambda d: (not d.explicit, KINDS.index(d.kind)))


#: Groups of words that say that the writer is young: an age, a class, a parent who hits. (`parent` alone also holds "at home".)
_OF_THE_YOUNG = ("child", "child_plain", "parent_hits", "touched")


def sounds_young(text: str) -> bool:
    """Say whether a message has words of somebody young: an age, a class, a parent who hits. Pure; the text is not kept."""
    hits = the_net().matcher.hits(words_of(text))
    return any(hits.get(group) for group in _OF_THE_YOUNG)


def ordinary_words(folder: Path) -> tuple[str, ...]:
    """Read the list of words that are never taken for a mistyped word of danger. Lines with - are slips that must not get into it."""
    path = folder / ORDINARY
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return tuple(line.strip() for line in lines if line.strip() and line[0] not in "#-")


def read_net(folder: Path, ordinary: Iterable[str] | None = None) -> Net:
    """Read a folder of rule files and its list of ordinary words (or take another list); raise ``BadRules`` where a file is faulty."""
    book = read_rules(sorted(folder.glob("*.yml")))
    known = ordinary_words(folder) if ordinary is None else ordinary
    matcher = Matcher(book.groups, book.romanised, known)
    return Net(matcher, Sentences(book.sentences, book.other_words), tuple(book.rules))


@lru_cache(maxsize=1)
def the_net() -> Net:
    """Read friyta's own rule files once."""
    return read_net(RULES)


def danger(text: str) -> Danger | None:
    """Give the gravest danger a message may tell of, explicit before doubtful, or None. Pure; the text is not kept."""
    return next(iter(the_net().dangers(text)), None)
