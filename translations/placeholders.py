"""What a translator must keep as it stands: `{name}` placeholders, `%(name)s`, and `{{ … }}` references of the pages.

Pure functions on strings. The site reads references with `parse_reference` too, so that both sides agree what one is.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

#: The closed list of references and their arguments: an id stays, words are translated, `words?` may be left out.
REFERENCES: Mapping[str, tuple[str, ...]] = {
    "service": ("id",),
    "phone": ("id",),
    "page": ("id", "words?"),
    "chat": ("words",),
    "districts": (),
    "performance": (),
    "report": (),
    "traces": (),
    "src": ("id",),
}

EXAMPLE = '{{ phone("kvinnofridslinjen") }}'

REFERENCE = re.compile(r"\{\{(?P<inside>.*?)\}\}", re.DOTALL)
_CALL = re.compile(r"\s*(?P<name>[a-z_]+)\s*\((?P<arguments>.*)\)\s*", re.DOTALL)
_ARGUMENT = re.compile(r'\s*"(?P<value>(?:[^"\\]|\\.)*)"\s*(?P<end>,|$)', re.DOTALL)

#: `{emergency}`, `{service:kvinnofridslinjen}`; not `{{ … }}` and not an attribute list such as `{ .button }`.
PLACEHOLDER = re.compile(r"(?<!\{)\{(?P<name>[A-Za-z_][\w]*(?::[\w.-]+)?)\}(?!\})")
PERCENT = re.compile(r"%\((?P<name>\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]")

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


class BadReference(ValueError):
    """A `{{ … }}` that cannot be read; the message says what is expected."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One `{{ name("id", "words") }}`: `fixed` are the ids that stay, `words` what the translator writes (or None)."""

    name: str
    fixed: tuple[str, ...]
    words: str | None

    @property
    def kept(self) -> str:
        """What must be the same in every language, in a form fit for an error message."""
        inside = [f'"{value}"' for value in self.fixed] + (['"…"'] if self.words is not None else [])
        return "{{ " + f"{self.name}({', '.join(inside)})" + " }}"


def parse_reference(inside: str) -> Reference:
    """Reads what stands between `{{` and `}}`. Raises BadReference with a sentence on what is wrong."""
    call = _CALL.fullmatch(inside)
    if call is None:
        raise BadReference(f"`{inside.strip()}` is no reference; write for example {EXAMPLE}")
    name = call["name"]
    if name not in REFERENCES:
        raise BadReference(f"there is no reference {name}(); known are {', '.join(REFERENCES)}")
    values, kinds = _arguments(call["arguments"], name), REFERENCES[name]
    least = sum(not kind.endswith("?") for kind in kinds)
    if not least <= len(values) <= len(kinds):
        raise BadReference(f"{name}() takes {' and '.join(kinds) or 'nothing'}, not {len(values)} texts")
    fixed = tuple(value for value, kind in zip(values, kinds, strict=False) if kind == "id")
    words = next((value for value, kind in zip(values, kinds, strict=False) if kind.startswith("words")), None)
    return Reference(name, fixed, words)


def _arguments(text: str, name: str) -> list[str]:
    values: list[str] = []
    position = 0
    while text[position:].strip():
        found = _ARGUMENT.match(text, position)
        if found is None:
            raise BadReference(f'the texts in {name}() stand in straight quotation marks, like {name}("…")')
        values.append(re.sub(r"\\(.)", r"\1", found["value"]))
        position = found.end()
        if not found["end"]:
            break
    return values


def references(text: str) -> list[Reference]:
    """Every reference of a text, in order. Raises BadReference for one that cannot be read or is not closed."""
    rest = REFERENCE.sub("", text)
    if "{{" in rest or "}}" in rest:
        raise BadReference("a {{ or }} has no partner")
    return [parse_reference(found["inside"]) for found in REFERENCE.finditer(text)]


def replace_references(text: str, replacement: Callable[[Reference], str]) -> str:
    """The text with each readable reference replaced; one that cannot be read is left as it stands."""

    def put(found: re.Match[str]) -> str:
        try:
            return replacement(parse_reference(found["inside"]))
        except BadReference:
            return found[0]

    return REFERENCE.sub(put, text)


def names(text: str) -> list[str]:
    """The names of all `{placeholders}` of a text, in order, with repetitions."""
    return [found["name"] for found in PLACEHOLDER.finditer(REFERENCE.sub("", text))]


def percent_names(text: str) -> list[str]:
    """The whole `%(name)s` placeholders of a text, in order, with repetitions."""
    return [found[0] for found in PERCENT.finditer(text)]


def fill(text: str, values: Mapping[str, object], *, isolate: bool = False) -> str:
    """Puts values into `{placeholders}`; nothing but plain names is looked at, so a text cannot reach into objects.

    With `isolate` (texts written from right to left) a value of more than digits is wrapped in Unicode isolates:
    without them "020-50 50 50" is shown with its groups in reverse order. Raises KeyError for a missing value.
    """

    def put(found: re.Match[str]) -> str:
        value = str(values[found["name"]])
        return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" if isolate and not value.isdecimal() else value

    return PLACEHOLDER.sub(put, text)
