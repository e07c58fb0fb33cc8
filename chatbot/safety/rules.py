"""Reads the safety net's rule files, chatbot/safety/rules/*.yml: words of danger per language, and what their standing together means.

``words`` names groups of patterns (chatbot/safety/patterns.py). Groups of one name in several files are one group, since people mix languages.
``rules``: each names its ``kind`` (an urgent topic), the groups that must ALL stand in the message (``all``), how many words lie from the first to the
last of them at most (``within``), and groups that call a doubtful rule off (``unless``). A rule with ``explicit: true`` has no ``unless``.
``sentences``: per kind, plain sentences that mean it whatever stands around them (chatbot/safety/sentences.py);
``other_words`` are those that the marked word of a sentence must not have become.
``romanised: true`` says that a file's words are compared by their consonants.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from chatbot.safety.matcher import FILLER, HARMLESS, Hits, Span
from chatbot.safety.patterns import ANY, EXACT, STEM, BadPattern, Pattern, read_patterns, words_in
from chatbot.safety.sentences import Sentence, sentences_of

KINDS = ("emergency_now", "suicidal", "rape_recent", "child_self")
_WITHIN = 12
_PARTS = ("words", "sentences", "other_words", "rules", "romanised")
_KEYS = {"kind", "all", "unless", "within", "explicit"}


class BadRules(ValueError):
    """Raised when rule files cannot be understood; the message names file, line, what is wrong and what to do."""


@dataclass(frozen=True)
class Rule:
    """One rule. groups: all must be found; unless: none may be found; within: words from the first to the last of the groups."""

    file: str
    name: str
    kind: str
    explicit: bool
    groups: tuple[str, ...]
    unless: tuple[str, ...]
    within: int

    def holds(self, hits: Hits) -> bool:
        """Whether the rule's groups stand close enough together in a message, and nothing calls it off."""
        if not all(group in hits for group in self.groups) or any(group in hits for group in self.unless):
            return False
        first, *others = (hits[group] for group in self.groups)
        return any(self._near(span, others) for span in first)

    def _near(self, reach: Span, others: list[list[Span]]) -> bool:
        if reach[1] - reach[0] > max(self.within, 1) and others:
            return False
        if not others:
            return True
        return any(self._near((min(reach[0], s[0]), max(reach[1], s[1])), others[1:]) for s in others[0] if self._fits(reach, s))

    def _fits(self, reach: Span, span: Span) -> bool:
        return max(reach[1], span[1]) - min(reach[0], span[0]) <= self.within


@dataclass
class RuleBook:
    """All files together: patterns per group, words compared by consonants, rules."""

    groups: dict[str, set[Pattern]] = field(default_factory=dict)
    romanised: set[str] = field(default_factory=set)
    rules: list[Rule] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    other_words: set[str] = field(default_factory=set)


def read_rules(paths: Iterable[Path]) -> RuleBook:
    """Read rule files as one book; raise ``BadRules`` for an unknown key, kind or group, a group no rule uses, a faulty pattern or an explicit
    rule with exceptions."""
    book = RuleBook()
    where: dict[str, str] = {}
    for path in paths:
        _File(path, where).into(book)
    used = {group for rule in book.rules for group in (*rule.groups, *rule.unless)} | {HARMLESS, FILLER}
    for rule in book.rules:
        for group in (*rule.groups, *rule.unless):
            if group not in book.groups:
                raise BadRules(
                    f"{where['rules.' + rule.name]}: rule {rule.name} asks for the group {group!r}, which no file has: write its words, or mend the name"
                )
    for group in book.groups:
        if group not in used:
            raise BadRules(f"{where['words.' + group]}: no rule uses the group {group!r}: mend the name, or write a rule for it")
    return book


class _File:
    """One rule file, with the lines of its entries for messages."""

    def __init__(self, path: Path, where: dict[str, str]) -> None:
        self._path, self._where = path, where
        text = path.read_text(encoding="utf-8")
        try:
            loader = yaml.SafeLoader(text)
            node = loader.get_single_node()
            self._data: dict[str, Any] = (loader.construct_document(node) if node else None) or {}
            self._lines = _lines(node)
        except yaml.YAMLError as error:
            raise BadRules(f"{path}: not readable as YAML: {error}") from error
        if not isinstance(self._data, dict):
            raise BadRules(f"{path}: a rule file is a mapping of {', '.join(_PARTS)}")
        if unknown := sorted(set(self._data) - set(_PARTS)):
            raise BadRules(f"{path}: a rule file has {', '.join(_PARTS)}, not {', '.join(map(str, unknown))}")

    def _at(self, key: str) -> str:
        return f"{self._path}:{self._lines.get(key, 1)}"

    def into(self, book: RuleBook) -> None:
        """Add the file's words and rules to the book."""
        for group, lines in (self._data.get("words") or {}).items():
            self._where.setdefault(f"words.{group}", self._at(f"words.{group}"))
            patterns = [pattern for _, pattern in self._patterns(f"words.{group}", lines)]
            book.groups.setdefault(group, set()).update(patterns)
            if self._data.get("romanised"):
                book.romanised.update(w for pattern in patterns for w in words_in(pattern) if STEM not in w and EXACT not in w and w != ANY)
        for _, pattern in self._patterns("other_words", self._data.get("other_words") or []):
            book.other_words |= words_in(pattern)
        for kind, lines in (self._data.get("sentences") or {}).items():
            book.sentences += self._sentences(kind, lines)
        for name, raw in (self._data.get("rules") or {}).items():
            self._where[f"rules.{name}"] = self._at(f"rules.{name}")
            book.rules.append(self._rule(name, raw))

    def _patterns(self, key: str, lines: Any) -> list[tuple[str, Pattern]]:
        """The patterns of a list, each with its place in the file."""
        if not isinstance(lines, list):
            raise BadRules(f"{self._at(key)}: {key} must be a list of patterns")
        found: list[tuple[str, Pattern]] = []
        for number, line in enumerate(lines):
            at = self._at(f"{key}.{number}")
            if not isinstance(line, str):
                raise BadRules(f"{at}: {line!r} is no text: put it in quotation marks")
            try:
                found += [(at, pattern) for pattern in read_patterns(line)]
            except BadPattern as error:
                raise BadRules(f"{at}: {error}") from error
        return found

    def _sentences(self, kind: str, lines: Any) -> list[Sentence]:
        if kind not in KINDS:
            raise BadRules(f"{self._at(f'sentences.{kind}')}: the kind {kind!r} is none of {', '.join(KINDS)}")
        found: list[Sentence] = []
        for at, pattern in self._patterns(f"sentences.{kind}", lines):
            try:
                found += sentences_of(pattern, kind, self._path.stem)
            except BadPattern as error:
                raise BadRules(f"{at}: {error}") from error
        return found

    def _rule(self, name: str, raw: Any) -> Rule:
        at = f"{self._at(f'rules.{name}')}: rule {name}"
        if not isinstance(raw, dict) or not raw.get("all") or set(raw) - _KEYS:
            raise BadRules(f"{at}: a rule has kind, all, and maybe unless, within, explicit; here {raw!r}")
        if raw.get("kind") not in KINDS:
            raise BadRules(f"{at}: the kind {raw.get('kind')!r} is none of {', '.join(KINDS)}")
        if raw.get("explicit") and raw.get("unless"):
            raise BadRules(f"{at}: an explicit rule has no exceptions: take away unless, or explicit")
        within = raw.get("within", _WITHIN)
        if not isinstance(within, int) or within < 1:
            raise BadRules(f"{at}: within is a number of words, not {within!r}")
        return Rule(
            file=self._path.stem,
            name=str(name),
            kind=raw["kind"],
            explicit=bool(raw.get("explicit")),
            groups=tuple(raw["all"]),
            unless=tuple(raw.get("unless", ())),
            within=within,
        )


def _lines(node: yaml.Node | None, name: str = "") -> dict[str, int]:
    """Give the line of every entry, by its dotted name."""
    found = {name: node.start_mark.line + 1} if node else {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = f"{name}.{key.value}".lstrip(".")
            found.update({**_lines(value, inner), inner: key.start_mark.line + 1})
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            found.update(_lines(item, f"{name}.{number}"))
    return found
