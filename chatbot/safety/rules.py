"""Reads the safety net's rules: words and rules per language in chatbot/safety/rules/<locale>.yml.

A file has `words` (named groups of regular expressions over the normalised text: lower case, no diacritics, Arabic letter forms folded) and
`rules`: each rule names its `kind` (an urgent topic), the groups that must ALL stand in the message (`all`), how many words may lie between the first
and the last of them (`within`, 12 unless told), and groups that call a doubtful rule off (`unless`). A rule with `explicit: true` has no `unless`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

KINDS = ("emergency_now", "suicidal", "rape_recent", "child_self")
_WITHIN = 12


class BadRules(ValueError):
    """Raised when a rule file cannot be understood; the message names file and rule."""


@dataclass(frozen=True)
class Rule:
    """One rule. groups: patterns that must all be found; unless: patterns of which none may be found; within: words between first and last."""

    locale: str
    name: str
    kind: str
    explicit: bool
    groups: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    within: int


def _pattern(expressions: list[str], where: str) -> re.Pattern[str]:
    try:
        return re.compile(r"(?<!\w)(?:" + "|".join(expressions) + r")(?!\w)")
    except re.error as error:
        raise BadRules(f"{where}: {error}") from error


def read_rules(path: Path) -> list[Rule]:
    """Read one file of rules; raise ``BadRules`` for an unknown kind or group, a faulty expression or an explicit rule with exceptions."""
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    words = {name: _pattern([str(e) for e in group], f"{path}: words.{name}") for name, group in data["words"].items()}
    rules: list[Rule] = []
    for name, raw in data["rules"].items():
        where = f"{path}: rules.{name}"
        unknown = set(raw) - {"kind", "all", "unless", "within", "explicit"}
        missing = [g for g in [*raw.get("all", []), *raw.get("unless", [])] if g not in words]
        if unknown or missing or raw.get("kind") not in KINDS or not raw.get("all"):
            raise BadRules(f"{where}: unknown {sorted(unknown)} {missing} or kind {raw.get('kind')!r}")
        if raw.get("explicit") and raw.get("unless"):
            raise BadRules(f"{where}: an explicit rule has no exceptions")
        rules.append(
            Rule(
                locale=path.stem,
                name=name,
                kind=raw["kind"],
                explicit=bool(raw.get("explicit")),
                groups=tuple(words[g] for g in raw["all"]),
                unless=tuple(words[g] for g in raw.get("unless", [])),
                within=int(raw.get("within", _WITHIN)),
            )
        )
    return rules
