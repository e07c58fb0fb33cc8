"""Words that must not stand: advice that has got people hurt, promises we cannot keep, and law that no longer
applies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.checks.pieces import Piece, pieces
from content.errors import Problem
from content.load import Content


@dataclass(frozen=True)
class Rule:
    """A pattern, what is wrong with it, what to write instead, and the words that make a sentence with it right after
    all."""

    pattern: re.Pattern[str]
    what: str
    mend: str
    unless: re.Pattern[str] | None = None


def _rule(pattern: str, what: str, mend: str, unless: str | None = None) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE), what, mend, re.compile(unless, re.IGNORECASE) if unless else None)


_NOT = r"\b(?:inte|aldrig|avråd\w*|undvik\w*|ingen|utan att|behöver du|olämplig\w*|farlig\w*)\b"
_PAST = (
    r"\b(?:tidigare|upphäv\w*|gällde|gäller inte|ersat\w*|ersätt\w*|gamla|förut|dåvarande|kallades|hette"
    r"|gick över|byttes|före)\b"
)

# Leaving and confronting are the most dangerous moments, and couples' work needs two who are equally free to speak.
# So: never advice to confront, to reconcile, to go to couples' counselling or to "just leave"; never
# blame, never a duty to report.
FORBIDDEN: tuple[Rule, ...] = (
    _rule(r"\bkonfrontera\b", "advice to confront", "say whom one can talk to instead", _NOT),
    _rule(
        r"\b(?:parterapi|parsamtal|parrådgivning|familjeterapi|medling)\b",
        "couples' counselling where there is violence",
        "offer talks for one person at a time",
        _NOT,
    ),
    _rule(
        r"\b(?:försonas|förlåt (?:honom|henne|hen|dem|din partner)|ge (?:honom|henne|hen|det) en (?:ny )?chans)\b",
        "advice to reconcile",
        "take it away",
        _NOT,
    ),
    _rule(
        r"\b(?:lämna (?:honom|henne|hen|förhållandet|relationen) (?:nu|direkt|genast)|bara (?:gå|lämna)"
        r"|det är bara att (?:gå|lämna|flytta))\b",
        '"just leave"',
        "offer help to plan first",
        _NOT,
    ),
    _rule(
        r"\bdu (?:måste|ska|bör|borde) (?:polis)?anmäla\b(?! (?:din|telefon|dig))",
        '"you must report"',
        "say that one decides oneself, and how it is done",
        _NOT,
    ),
    _rule(
        r"\b(?:varför (?:lämnade|stannade|gick|stannar) du|skyll dig själv|du (?:har )?provocera\w*"
        r"|du lät (?:honom|henne))\b",
        "blame",
        "take it away",
        _NOT,
    ),
    _rule(
        r"\bdu är (?:nu )?(?:trygg|säker|i säkerhet|skyddad)(?: nu| här)?\s*[.!]",
        "a promise that the reader is safe",
        "say what to do if something changes",
    ),
    _rule(r"\b(?:vi|de|staden) (?:lovar|garanterar)\b|\bgaranterat\b", "a promise", "say what one can ask for", _NOT),
    _rule(r"\b(?:helt|fullständigt|garanterat) anonym\w*\b", "a promise of full anonymity", "say who sees what", _NOT),
    _rule(r"\b(?:klicka här|läs mer här)\b", "a link that does not say where it leads", "name the page"),
)

# Law and words of law that were replaced: what, by what, since when.
REPEALED: tuple[Rule, ...] = (
    _rule(
        r"2001:453|\bSoL\b",
        "the Social Services Act of 2001",
        "the act is 2025:400 since 1 July 2025; cite no paragraphs",
        _PAST,
    ),
    _rule(
        r"(?:socialtjänstlag\w*|\bSoL\b)[^.]*(?:\d+\s*kap\b|\d+\s*§)"
        r"|(?:\d+\s*kap\b|\d+\s*§)[^.]*socialtjänstlag\w*",
        "a paragraph of the Social Services Act",
        "the numbers changed on 1 July 2025 (2025:400): name the act only",
    ),
    _rule(
        r"\bbesöksförbud\w*", "the word besöksförbud", "it is kontaktförbud since 1 October 2011, SFS 2011:485", _PAST
    ),
    _rule(
        r"\bkvarskrivning\w*",
        "the word kvarskrivning",
        "it is skyddad folkbokföring since 1 January 2019, SFS 2018:684",
        _PAST,
    ),
    _rule(r"\bSOSFS 2014:4\b", "the regulation SOSFS 2014:4", "it is HSLF-FS 2022:39 since 2022", _PAST),
)


def check(content: Content) -> list[Problem]:
    """Every rule against every sentence of every public text."""
    return [problem for piece in pieces(content) for problem in _piece(piece)]


def _piece(piece: Piece) -> list[Problem]:
    problems = []
    for rules, lead in ((FORBIDDEN, ""), (REPEALED, "no longer applies: ")):
        for rule in rules:
            for match in rule.pattern.finditer(piece.text):
                if rule.unless is not None and rule.unless.search(f"{piece.lead} {_around(piece.text, match)}"):
                    continue
                line = piece.line + piece.text.count("\n", 0, match.start())
                problems.append(
                    Problem(piece.source.path, line, f"{lead}{rule.what} (`{match[0].strip()}`)", rule.mend)
                )
    return problems


def _around(text: str, match: re.Match[str]) -> str:
    """The sentence a match stands in."""
    start = max(text.rfind(sign, 0, match.start()) for sign in (". ", "! ", "? ", "\n\n", ".\n"))
    ends = [end for sign in (". ", "! ", "? ", ".\n") if (end := text.find(sign, match.end())) >= 0]
    return text[max(start, 0) : min(ends, default=len(text))]
