"""The `{{ … }}` references in page texts: the closed list of what may be referred to, and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Name -> least and most arguments. All arguments are quoted strings.
MARKERS: dict[str, tuple[int, int]] = {
    "service": (1, 1),  # a card: name, number, hours, labels
    "phone": (1, 1),  # the number alone, in running text
    "page": (1, 2),  # a link: page key, words of the link
    "chat": (0, 1),  # a link to the chat: words of the link
    "districts": (0, 0),  # the lookup of districts
    "performance": (0, 0),  # what was measured last
    "report": (0, 0),  # the safety report: what the tests found
    "traces": (0, 0),  # of it, what a browser keeps of a visit
    "src": (1, 1),  # a reference to a source of the front matter
}

_MARKER = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_CALL = re.compile(r"\s*([a-z_]+)\s*\(\s*(.*?)\s*\)\s*\Z", re.DOTALL)
_ARGUMENT = re.compile(r"\s*\"([^\"]*)\"\s*(?:,|\Z)|\s*'([^']*)'\s*(?:,|\Z)")


@dataclass(frozen=True)
class Marker:
    """One reference. `fault` says why it cannot be used (then `name` and `args` may be empty); `line` counts from the
    text's start."""

    name: str
    args: tuple[str, ...]
    start: int
    end: int
    line: int
    fault: str | None = None


def find_markers(text: str) -> list[Marker]:
    """All references of a text in order, the faulty ones too."""
    found = []
    for match in _MARKER.finditer(text):
        name, args, fault = _read(match[1])
        found.append(Marker(name, args, match.start(), match.end(), text.count("\n", 0, match.start()) + 1, fault))
    return found


def without_markers(text: str) -> str:
    """The text with each reference replaced by blanks of the same length, so that positions stay."""
    return _MARKER.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _read(inside: str) -> tuple[str, tuple[str, ...], str | None]:
    call = _CALL.match(inside)
    if call is None:
        return "", (), 'it is not written as name("…")'
    name, rest = call[1], call[2]
    if name not in MARKERS:
        return name, (), f"`{name}` is not one of {', '.join(MARKERS)}"
    args: list[str] = []
    while rest:
        argument = _ARGUMENT.match(rest)
        if argument is None:
            return name, tuple(args), "its arguments are not all in straight quotes"
        args.append(argument[1] if argument[1] is not None else argument[2])
        rest = rest[argument.end() :].strip()
    least, most = MARKERS[name]
    if not least <= len(args) <= most:
        return (
            name,
            tuple(args),
            f"it has {len(args)} arguments, {name} takes {least if least == most else f'{least} to {most}'}",
        )
    return name, tuple(args), None
