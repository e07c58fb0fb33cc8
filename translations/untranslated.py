"""Prints what is still to translate, as JSON: `python -m translations.untranslated <locale> <domain>`.

The output is `{Swedish: ""}`, ready to be filled in and handed to `python -m translations.fill`. With `--notes` each
text comes with what a translator should know about it, and with the old translation where only the Swedish changed.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from content.errors import ContentError
from translations.entries import DOMAINS
from translations.fill import ROOT
from translations.locales import KNOWN
from translations.merge import merge, template_entries
from translations.pofile import PoEntry, po_path, read_po_file


def untranslated(root: Path, tag: str, domain: str, *, about: str = "", safety: bool = False) -> list[PoEntry]:
    """Entries without a translation that readers may see, safety texts first.

    `about` keeps those whose notes hold the given word (a page, a topic); `safety` keeps safety texts only.
    Raises ContentError for a catalogue or template that cannot be read.
    """
    entries = merge(read_po_file(po_path(root, tag, domain)), template_entries(root, domain)).entries
    open_entries = [entry for entry in entries if not entry.usable and _matches(entry, about)]
    if safety:
        open_entries = [entry for entry in open_entries if entry.source.safety]
    return sorted(open_entries, key=lambda entry: not entry.source.safety)


def _matches(entry: PoEntry, about: str) -> bool:
    return not about or any(about in note for note in entry.notes)


def as_json(entries: list[PoEntry], *, notes: bool = False) -> str:
    """The entries as the JSON that `fill` reads. A text with two meanings needs its context, and so the long form."""
    if not notes and all(entry.context is None for entry in entries):
        return json.dumps({entry.msgid: "" for entry in entries}, ensure_ascii=False, indent=1)
    return json.dumps([_with_notes(entry) for entry in entries], ensure_ascii=False, indent=1)


def _with_notes(entry: PoEntry) -> dict[str, Any]:
    shown: dict[str, Any] = {"msgid": entry.msgid, "msgstr": "", "notes": list(entry.notes)}
    if entry.context is not None:
        shown["context"] = entry.context
    if entry.msgstr:
        shown["before"] = {"msgid": entry.previous, "msgstr": entry.msgstr}
    return shown


def main(arguments: list[str] | None = None) -> int:
    """The command. 0 even when nothing is missing (an empty object is printed), 2 if a file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m translations.untranslated", description=__doc__.split("\n")[0])
    parser.add_argument("locale", choices=[tag for tag, locale in KNOWN.items() if not locale.is_source])
    parser.add_argument("domain", choices=DOMAINS)
    parser.add_argument("--notes", action="store_true", help="with notes for the translator and earlier translations")
    parser.add_argument("--about", default="", metavar="WORD", help="only texts of this page, topic or service")
    parser.add_argument("--safety", action="store_true", help="only safety texts")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    try:
        found = untranslated(chosen.root, chosen.locale, chosen.domain, about=chosen.about, safety=chosen.safety)
    except ContentError as error:
        print(error, file=sys.stderr)
        return 2
    print(as_json(found, notes=chosen.notes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
