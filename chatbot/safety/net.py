"""Says whether a message may tell of danger, by rules alone. Every language's rules read every message, since people mix languages.

Adding words to a message never takes an explicit danger away: an explicit rule has no exceptions, and a match stands wherever it is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

from chatbot.meaning.normalise import normalise
from chatbot.safety.rules import KINDS, Rule, read_rules

_RULES = Path(__file__).parent / "rules"
_MOST_HITS = 6


@dataclass(frozen=True)
class Danger:
    """What the net found. kind: one of the urgent topics. explicit: plain words, no reading between lines. rule: its name, for tests and reports."""

    kind: str
    explicit: bool
    rule: str


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Read all rule files once."""
    return tuple(rule for path in sorted(_RULES.glob("*.yml")) for rule in read_rules(path))


def danger(text: str) -> Danger | None:
    """Give the gravest danger a message may tell of, explicit before doubtful, or None. Pure; the text is not kept."""
    plain = normalise(text)
    found = [Danger(r.kind, r.explicit, f"{r.locale}:{r.name}") for r in all_rules() if _holds(r, plain)]
    return min(found, key=lambda d: (not d.explicit, KINDS.index(d.kind))) if found else None


def _holds(rule: Rule, plain: str) -> bool:
    places: list[list[tuple[int, int]]] = []
    for group in rule.groups:
        hits = [match.span() for match in group.finditer(plain)][:_MOST_HITS]
        if not hits:
            return False
        places.append(hits)
    if not any(_near(spans, plain, rule.within) for spans in product(*places)):
        return False
    return not any(exception.search(plain) for exception in rule.unless)


def _near(spans: tuple[tuple[int, int], ...], plain: str, within: int) -> bool:
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    return plain.count(" ", start, end) <= within + len(spans)
