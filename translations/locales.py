"""The languages of the portal, read from locales.yaml beside this file.

`LOCALES` holds the offered ones (what readers can choose), `KNOWN` also those whose catalogues are still being made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlsplit

import yaml
from babel import Locale as BabelLocale
from babel import UnknownLocaleError

FILE = Path(__file__).with_name("locales.yaml")

Direction = Literal["ltr", "rtl"]
SCRIPTS = ("Latn", "Arab", "Cyrl", "Ethi")
FIELDS = ("name", "english", "direction", "script", "babel", "plural_forms", "exit", "offered")


class LocalesError(ValueError):
    """locales.yaml cannot be used; the message names the language, the field and what to write."""


@dataclass(frozen=True, slots=True)
class Locale:
    """One language: how it is named and written, where its quick exit leads, whether readers are offered it."""

    tag: str
    name: str
    english: str
    direction: Direction
    script: str
    babel: str
    plural_forms: str
    exit: str
    offered: bool

    @property
    def is_source(self) -> bool:
        """True for Swedish, which has no catalogue."""
        return self.tag == SOURCE

    def cldr(self) -> BabelLocale:
        """Babel's locale for dates and lists; English where the installed Babel does not know the language.

        CLDR gives ckb, so and ti less than the others, and older Babel versions lack some of them altogether.
        """
        try:
            return BabelLocale.parse(self.babel)
        except (UnknownLocaleError, ValueError):
            return BabelLocale.parse("en_GB")


def read_locales(text: str, name: str = "locales.yaml") -> tuple[str, dict[str, Locale]]:
    """The source tag and every locale of a locales file's text, in its order.

    Raises LocalesError naming the entry and the field when something is missing or has a value that cannot be.
    """
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise LocalesError(f"{name}: not readable YAML, {' '.join(str(error).split())}") from error
    if not isinstance(data, dict) or not isinstance(data.get("locales"), dict):
        raise LocalesError(f"{name}: expected the keys `source` and `locales`; see the comments at its top.")
    locales = {str(tag): _locale(str(tag), fields, name) for tag, fields in data["locales"].items()}
    source = str(data.get("source"))
    if source not in locales:
        raise LocalesError(f"{name}: `source: {source}` is not among the locales; write one of {', '.join(locales)}.")
    return source, locales


def _locale(tag: str, fields: Any, name: str) -> Locale:
    where = f"{name}: {tag}"
    if not isinstance(fields, dict):
        raise LocalesError(f"{where}: expected fields ({', '.join(FIELDS)}).")
    missing = [field for field in FIELDS if field not in fields]
    unknown = [str(field) for field in fields if field not in FIELDS]
    if missing or unknown:
        what = f"missing {missing or 'nothing'}, unknown {unknown or 'nothing'}"
        raise LocalesError(f"{where}: {what}; the fields are {', '.join(FIELDS)}.")
    if fields["direction"] not in ("ltr", "rtl"):
        raise LocalesError(f"{where}: direction is {fields['direction']!r}; write ltr or rtl.")
    if fields["script"] not in SCRIPTS:
        raise LocalesError(f"{where}: script is {fields['script']!r}; write one of {', '.join(SCRIPTS)}.")
    if urlsplit(str(fields["exit"])).scheme != "https":
        raise LocalesError(f"{where}: exit must be a full https address, not {fields['exit']!r}.")
    if not isinstance(fields["offered"], bool):
        raise LocalesError(f"{where}: offered is {fields['offered']!r}; write true or false.")
    return Locale(tag=tag, **fields)


SOURCE, _every = read_locales(FILE.read_text(encoding="utf-8"))

#: Every language with an entry, offered or not, by tag.
KNOWN: Mapping[str, Locale] = MappingProxyType(_every)

#: The languages readers can choose, by tag, in the order of the menu; Swedish first.
LOCALES: Mapping[str, Locale] = MappingProxyType({tag: locale for tag, locale in _every.items() if locale.offered})
