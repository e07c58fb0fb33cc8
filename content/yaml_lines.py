"""Reads YAML and remembers the line of every key and list item, so that each mistake can be shown where it is.

Nodes are composed by libyaml (fast) and turned into plain values here. On purpose narrower than YAML 1.1: `yes`,
`no`, `on` and `off` stay words, `20:00` and `08` stay text, dates stay text. Those are the classic traps for people
who edit by hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

Loc = tuple[str | int, ...]
Value = Any  # what YAML can say: dict, list, str, int, float, bool, None

_INT = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_QUOTED = ("'", '"', "|", ">")  # quoted or a block: always text
_BOOLS = {"true": True, "false": False}


@dataclass(frozen=True)
class Flaw:
    """A mistake in the YAML itself: its line, what it is and what to do."""

    line: int
    what: str
    mend: str


@dataclass
class Document:
    """One YAML text: its value, the line of every place in it, and the flaws met."""

    value: Value = None
    lines: dict[Loc, int] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    def line(self, loc: Loc) -> int:
        """The line of `loc`, or of the nearest place around it that has one."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)


class _Loader(yaml.CSafeLoader):
    """Composes nodes only. What a plain word means is decided in `_scalar`, so the costly guessing is left out."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return "tag:yaml.org,2002:str"


def read_yaml(text: str, first_line: int = 1) -> Document:
    """Reads one YAML document. Never raises for bad YAML: the flaws say what is wrong. `first_line` is where `text`
    begins."""
    document = Document()
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        document.flaws.append(
            Flaw(
                line,
                f"the YAML cannot be read: {error.problem or error.context}",
                "look for a missing colon, quote or indent on this line or the one before",
            )
        )
        return document
    except yaml.YAMLError as error:
        document.flaws.append(
            Flaw(first_line, f"the YAML cannot be read: {error}", "save the file as plain UTF-8 text")
        )
        return document
    finally:
        loader.dispose()
    document.lines[()] = first_line
    if node is not None:
        document.value = _build(node, (), document, first_line)
    return document


def _build(node: yaml.Node, loc: Loc, document: Document, first_line: int) -> Value:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, loc, document, first_line)
    if isinstance(node, yaml.SequenceNode):
        items: list[Value] = []
        for index, item in enumerate(node.value):
            place = (*loc, index)
            document.lines[place] = first_line + item.start_mark.line
            items.append(_build(item, place, document, first_line))
        return items
    assert isinstance(node, yaml.ScalarNode)  # the third and last kind of node
    return _scalar(node)


def _mapping(node: yaml.MappingNode, loc: Loc, document: Document, first_line: int) -> dict[str, Value]:
    built: dict[str, Value] = {}
    for key_node, value_node in node.value:
        line = first_line + key_node.start_mark.line
        if not isinstance(key_node, yaml.ScalarNode):
            document.flaws.append(
                Flaw(line, "a key is not a plain word", "write the key as a word followed by a colon")
            )
            continue
        key = key_node.value
        if key in built:
            before = document.lines[(*loc, key)]
            document.flaws.append(Flaw(line, f"`{key}` stands twice (first on line {before})", "keep one of the two"))
            continue
        document.lines[(*loc, key)] = line
        built[key] = _build(value_node, (*loc, key), document, first_line)
    return built


def _scalar(node: yaml.ScalarNode) -> Value:
    text: str = node.value
    if node.style in _QUOTED:
        return text
    if text in ("", "~", "null"):
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text
