"""No phone number and no opening hours typed into a text: they live in the service files, with source and date, and
change there."""

from __future__ import annotations

import re

from content.checks.pieces import Piece, pieces
from content.errors import Problem
from content.load import Content
from content.phone import SHORT_NUMBERS, digits

_SHORT = re.compile(
    r"(?<![\w\d:/.-])(?<!\d )("
    + "|".join(re.escape(shown).replace(r"\ ", r"[\s-]?") for shown, _ in SHORT_NUMBERS.values())
    + r")(?![\w:/]|[\s.,-]?\d)"
)
_LONG = re.compile(r"(?<![\w/])(?:\+46|0046|0)[\s().–-]?\d(?:[\s().–-]{0,2}\d){5,11}(?!\d)")
_DAY = r"(?:vardag(?:ar)?|helg(?:er)?|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag)(?:ar|s)?"
_HOURS = re.compile(
    rf"\bkl(?:ockan|\.)?\s*\d{{1,2}}|\b\d{{1,2}}[.:]\d{{2}}\s*(?:-|–|till)\s*\d{{1,2}}|\b{_DAY}\s+\d{{1,2}}\s*(?:-|–|till)\s*\d{{1,2}}\b",
    re.IGNORECASE,
)
_ROUND_THE_CLOCK = re.compile(r"dygnet runt|24/7", re.IGNORECASE)
_ABOUT_A_SERVICE = re.compile(
    r"öpp|\bring|svara|\bnå\b|\bnår\b|linje|jour|chatt|mottagning|\{service|finns", re.IGNORECASE
)

# Names in service texts, where a reader would not know the service without its number.
_NAMES = frozenset({"112", "1177", "11414"})


def check(content: Content) -> list[Problem]:
    """Numbers typed anywhere but in a channel; hours typed in pages, answers and phrases."""
    problems: list[Problem] = []
    for piece in pieces(content):
        problems += _numbers(piece)
        if piece.kind != "service":
            problems += _hours(piece)
    return problems


def _numbers(piece: Piece) -> list[Problem]:
    found = [match for pattern in (_SHORT, _LONG) for match in pattern.finditer(piece.text)]
    if piece.kind == "service":
        mend = "put it in a channel of the service, with where it was seen"
        found = [match for match in found if digits(match[0]) not in _NAMES]
    elif piece.kind == "page":
        mend = 'write {{ phone("service-id") }} instead'
    else:
        mend = "write {emergency} for the emergency number, or {service:id} and let the card show the number"
    return [
        Problem(piece.source.path, _line(piece, match), f"the phone number {match[0].strip()} is typed in a text", mend)
        for match in found
    ]


def _hours(piece: Piece) -> list[Problem]:
    found = list(_HOURS.finditer(piece.text))
    for match in _ROUND_THE_CLOCK.finditer(piece.text):
        start = max(piece.text.rfind(". ", 0, match.start()), 0)
        end = piece.text.find(".", match.end())
        if _ABOUT_A_SERVICE.search(piece.text[start : end if end >= 0 else None]):
            found.append(match)
    return [
        Problem(
            piece.source.path,
            _line(piece, match),
            f"the opening hours `{match[0]}` are typed in a text",
            "take them away: the service's card shows its hours and their date",
        )
        for match in found
    ]


def _line(piece: Piece, match: re.Match[str]) -> int:
    return piece.line + piece.text.count("\n", 0, match.start())
