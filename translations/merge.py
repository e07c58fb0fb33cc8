"""Brings catalogues up to date with the templates, without losing a translator's work.

A text that did not change keeps its translation and its review state. A changed one keeps the old translation as a
fuzzy suggestion (never shown to readers) with the old Swedish beside it. What is no longer said is dropped; git has it.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from translations.entries import DOMAINS, Entry
from translations.locales import KNOWN
from translations.pofile import (
    UNREVIEWED,
    PoEntry,
    PoFile,
    catalog_text,
    one_writer,
    po_path,
    pot_path,
    read_po_file,
    write_text,
)

#: How alike an old and a new Swedish text must be for the old translation to be of any help.
LIKENESS = 0.65


def merge(file: PoFile, template: Iterable[Entry]) -> PoFile:
    """The catalogue with exactly the template's texts, in the template's order. Pure."""
    wanted = list(template)
    old = file.by_key()
    keys = {entry.key for entry in wanted}
    gone = {entry.msgid: entry for entry in file.entries if entry.msgstr and entry.key not in keys}
    return PoFile(tuple(_merged(entry, old.get(entry.key), gone) for entry in wanted), file.header)


def _merged(entry: Entry, old: PoEntry | None, gone: Mapping[str, PoEntry]) -> PoEntry:
    if old is not None and (old.msgstr or old.comments or not gone):
        return replace(old, notes=entry.notes)
    fresh = PoEntry(entry.msgid, "", entry.context, entry.notes)
    likest = difflib.get_close_matches(entry.msgid, gone, n=1, cutoff=LIKENESS) if gone else []
    if not likest:
        return fresh
    before = gone[likest[0]]
    shown = before.previous if before.fuzzy and before.previous is not None else before.msgid
    return replace(fresh, msgstr=before.msgstr, comments=before.comments, fuzzy=True, previous=shown, review=UNREVIEWED)


def catalogued(root: Path) -> list[str]:
    """The locales that have catalogues or must have them: offered ones, and those somebody has begun."""
    return [
        tag
        for tag, locale in KNOWN.items()
        if not locale.is_source and (locale.offered or any(po_path(root, tag, domain).is_file() for domain in DOMAINS))
    ]


def template_entries(root: Path, domain: str) -> list[Entry]:
    """The entries of a domain's .pot file."""
    return [entry.source for entry in read_po_file(pot_path(root, domain)).entries]


def merge_all(root: Path) -> list[Path]:
    """Merges every catalogue of every locale that has any; returns the files that changed.

    Raises ContentError with file and line for a catalogue that cannot be read; nothing is written over such a file.
    """
    changed: list[Path] = []
    with one_writer(root):
        for domain in DOMAINS:
            template = template_entries(root, domain)
            for tag in catalogued(root):
                path = po_path(root, tag, domain)
                if write_text(path, catalog_text(tag, merge(read_po_file(path), template))):
                    changed.append(path)
    return changed
