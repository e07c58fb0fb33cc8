"""A file of the content as it was read, and the making of models from it with every mistake placed on its line."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from content.errors import Level, Problem
from content.yaml_lines import Document, Loc, read_yaml

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Source:
    """One file: its path as shown to people, its text, its YAML, and where in the YAML the thing itself begins."""

    path: Path
    text: str
    document: Document
    base: Loc = ()

    def problem(self, loc: Loc | str, what: str, mend: str, level: Level = "error") -> Problem:
        """A problem at a place of this file; `channels.0.value` may stand for ("channels", 0, "value")."""
        return Problem(self.path, self.line(loc), what, mend, level)

    def line(self, loc: Loc | str) -> int:
        """The line of a place, or of the nearest place around it."""
        if isinstance(loc, str):
            loc = tuple(int(part) if part.isdigit() else part for part in loc.split("."))
        return self.document.line(self.base + loc)

    @property
    def guide(self) -> str:
        """Where a writer of this file finds help."""
        return f"see docs/editing-{'services' if 'services' in self.path.parts else 'texts'}.md"

    def at(self, *base: str | int) -> Source:
        """The same file, seen from a place inside it."""
        return Source(self.path, self.text, self.document, self.base + base)


def flaws(source: Source) -> list[Problem]:
    """The mistakes in the YAML itself."""
    return [Problem(source.path, flaw.line, flaw.what, flaw.mend) for flaw in source.document.flaws]


@lru_cache(maxsize=4096)
def parsed(text: str, first_line: int = 1) -> Document:
    """The YAML of a text, read once for each text. Callers do not change what they get."""
    return read_yaml(text, first_line)


def build(model: type[M], data: Any, source: Source, problems: list[Problem]) -> M | None:
    """Makes a model of `data`; mistakes are added to `problems` and give None."""
    if not isinstance(data, dict):
        problems.append(source.problem((), "there are no `key: value` lines here", f"write the fields, {source.guide}"))
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            problems.append(_problem(model, details, source))
        return None


def _problem(model: type[BaseModel], details: ErrorDetails, source: Source) -> Problem:
    loc: Loc = tuple(details["loc"])
    place = ".".join(str(part) for part in loc) or model.__name__.lower()
    what, mend = _words(details, place, model, source.guide)
    return source.problem(loc, what, mend)


def _words(details: ErrorDetails, place: str, model: type[BaseModel], guide: str) -> tuple[str, str]:
    kind, context = details["type"], details.get("ctx", {})
    given = details.get("input")
    if kind == "missing":
        return f"`{place}` is missing", f"add it, {guide}"
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(place.rpartition(".")[2], sorted(_field_names(model)), 1)
        return f"`{place}` is no known field", f"did you mean `{near[0]}`?" if near else f"take it away, {guide}"
    if kind == "literal_error":
        return f"`{place}` is `{given}`, which is not in its list", f"write one of {context.get('expected', '')}"
    if kind == "value_error":
        return f"`{place}`: {context.get('error', details['msg'])}", f"mend it, {guide}"
    if kind == "string_too_long":
        longest, length = context.get("max_length"), len(str(given))
        return f"`{place}` has {length} characters, {longest} is the most", "make it shorter"
    if kind == "string_pattern_mismatch":
        return f"`{place}` is `{given}`, which is not written as it must be", f"it must match {context.get('pattern')}"
    if given is None:
        return f"`{place}` is empty", f"give it a value or take the field away, {guide}"
    return f"`{place}`: {details['msg']}", f"mend it, {guide}"


@lru_cache(maxsize=64)
def _field_names(model: type[BaseModel]) -> frozenset[str]:
    """The field names of a model and of all models inside it."""
    schema = model.model_json_schema()
    names = set(schema.get("properties", {}))
    for inner in schema.get("$defs", {}).values():
        names.update(inner.get("properties", {}))
    return frozenset(names)
