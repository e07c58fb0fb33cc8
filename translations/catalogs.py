"""Translated texts for whoever renders: `Catalogs.load(root)` once, then `text()` and `gettext()` touch no file.

Catalogues are gettext .po files. Reading them is slow, so what was read is kept under .build/mo/, keyed by the hash of
the .po file's bytes; nothing there is ever needed, and deleting it costs a second.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from translations.entries import DOMAINS, normal
from translations.locales import KNOWN, SOURCE
from translations.placeholders import fill
from translations.pofile import REVIEW_STATES, UNREVIEWED, po_path, read_po_file

#: What `Text.reviewed` says of a text that is Swedish, the language it was written in.
SOURCE_TEXT = "source"
CACHE_FORMAT = "1"

#: msgid (with its context in front, as gettext's own files have it) -> (translation, review state)
Table = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text for a reader: `locale` is the language it really is in; `reviewed`: unreviewed, second, native, source."""

    value: str
    locale: str
    reviewed: str

    def __str__(self) -> str:
        return self.value

    @property
    def approved(self) -> bool:
        """Whether a person who grew up with the language stands behind the words; until then the reader is told so."""
        return self.reviewed in ("native", "source")


@dataclass(frozen=True)
class Catalogs:
    """All catalogues of all locales. Never changed after loading; may be pickled and sent to other processes."""

    _tables: Mapping[tuple[str, str], Table] = field(repr=False)

    @classmethod
    def load(cls, root: Path, *, locales: tuple[str, ...] | None = None) -> Self:
        """Reads every catalogue of the repository at `root` (or only those of `locales`).

        A locale without a catalogue has no entries, and its texts come in Swedish.
        Raises ContentError with file and line if a catalogue cannot be read at all.
        """
        tables: dict[tuple[str, str], Table] = {}
        for tag in KNOWN if locales is None else locales:
            for domain in DOMAINS:
                path = po_path(root, tag, domain)
                if tag != SOURCE and path.is_file():
                    tables[tag, domain] = _table(path, root / ".build" / "mo")
        return cls(tables)

    def text(self, locale: str, domain: str, msgid: str, context: str | None = None) -> Text:
        """The translation of one Swedish text, or the Swedish text itself where none is ready to use.

        Raises ValueError for a locale or domain that does not exist, which is a mistake in code and not in a catalogue.
        """
        if locale not in KNOWN:
            raise ValueError(f"no locale {locale!r} in translations/locales.yaml")
        if domain not in DOMAINS:
            raise ValueError(f"no domain {domain!r}; domains are {', '.join(DOMAINS)}")
        found = self._tables.get((locale, domain), {}).get(_key(normal(msgid), context))
        return Text(msgid, SOURCE, SOURCE_TEXT) if found is None else Text(found[0], locale, found[1])

    def gettext(
        self, locale: str, domain: str, msgid: str, /, context: str | None = None, **placeholders: object
    ) -> str:
        """Like `text()`, as a plain string with `{placeholders}` filled. Raises KeyError for one without a value."""
        text = self.text(locale, domain, msgid, context)
        if not placeholders:
            return text.value
        return fill(text.value, placeholders, isolate=KNOWN[text.locale].direction == "rtl")


def _key(msgid: str, context: str | None) -> str:
    return msgid if context is None else f"{context}\x04{msgid}"


def _table(path: Path, cache: Path) -> Table:
    data = path.read_bytes()
    kept = cache / f"{hashlib.sha256(CACHE_FORMAT.encode() + data).hexdigest()}.json"
    try:
        return {key: (value, review) for key, (value, review) in json.loads(kept.read_bytes()).items()}
    except (OSError, ValueError):
        pass
    table = {
        _key(entry.msgid, entry.context): (entry.msgstr, entry.review if entry.review in REVIEW_STATES else UNREVIEWED)
        for entry in read_po_file(path).entries
        if entry.usable
    }
    _keep(kept, table)
    return table


def _keep(path: Path, table: Table) -> None:
    """Writes the cache whole or not at all; a folder that cannot be written costs time at the next start, no more."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
            json.dump(table, file, ensure_ascii=False)
        os.replace(file.name, path)
    except OSError:
        return
