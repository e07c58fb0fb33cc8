"""Writes many translations at once: `python -m translations.fill <locale> <domain> file.json|file.tsv`.

For translators who work in a spreadsheet or a text file instead of Poedit. Each text is checked; one that fails is
refused with the reason, the others are written with `review: unreviewed`. The texts to translate are printed by
`python -m translations.untranslated`.
"""

import argparse
import difflib
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from content.errors import ContentError
from translations.checks import shortened
from translations.entries import DOMAINS, Entry, normal
from translations.locales import KNOWN, Locale
from translations.merge import merge, template_entries
from translations.parity import findings
from translations.pofile import (
    UNREVIEWED,
    PoEntry,
    PoFile,
    catalog_text,
    one_writer,
    po_path,
    read_po_file,
    write_text,
)

ROOT = Path(__file__).resolve().parents[1]
_TSV_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\"}


class FillError(ValueError):
    """The file handed in cannot be read as translations; the message says what is expected where."""


@dataclass(frozen=True, slots=True)
class Given:
    """One translation handed in, and the place in the file where it stands."""

    msgid: str
    msgstr: str
    context: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A translation that was not written, and why."""

    given: Given
    why: str

    def __str__(self) -> str:
        return f"{self.given.place}: “{shortened(self.given.msgid)}”: {self.why}"


@dataclass(frozen=True, slots=True)
class Filled:
    """What came out: the new catalogue, how many texts were written, what was refused, how many are still missing."""

    file: PoFile
    written: int
    refused: tuple[Refused, ...]
    missing: int


def read_given(path: Path) -> list[Given]:
    """Reads a .json file ({Swedish: translation}, or a list of objects) or a .tsv file (two columns).

    Raises FillError with the place for anything else.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FillError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    if path.suffix == ".json":
        return _given_json(path, text)
    if path.suffix == ".tsv":
        return [_given_row(path, number, row) for number, row in enumerate(text.splitlines(), 1) if row.strip()]
    raise FillError(f"{path}: the name must end in .json or .tsv")


def _given_json(path: Path, text: str) -> list[Given]:
    try:
        data: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise FillError(f"{path}:{error.lineno}: no valid JSON: {error.msg}") from error
    if isinstance(data, dict):
        data = [{"msgid": msgid, "msgstr": msgstr} for msgid, msgstr in data.items()]
    if not isinstance(data, list):
        raise FillError(f"{path}: expected {{Swedish: translation}} or a list of objects")
    found = []
    for number, item in enumerate(data, 1):
        place = f"{path}, text {number}"
        if not isinstance(item, dict) or not all(isinstance(item.get(name), str) for name in ("msgid", "msgstr")):
            raise FillError(f"{place}: expected the texts `msgid` and `msgstr`")
        found.append(Given(item["msgid"], item["msgstr"], item.get("context"), place))
    return found


def _given_row(path: Path, number: int, row: str) -> Given:
    cells = row.split("\t")
    if len(cells) != 2:
        raise FillError(f"{path}:{number}: {len(cells)} columns; expected Swedish, a tab, and the translation")
    msgid, msgstr = (_unescaped(cell) for cell in cells)
    return Given(msgid, msgstr, None, f"{path}:{number}")


def _unescaped(cell: str) -> str:
    out, position = "", 0
    while position < len(cell):
        pair = cell[position : position + 2]
        out += _TSV_ESCAPES.get(pair, cell[position])
        position += 2 if pair in _TSV_ESCAPES else 1
    return out


def filled(
    locale: Locale, template: Iterable[Entry], file: PoFile, given: Iterable[Given], *, overwrite: bool = False
) -> Filled:
    """The catalogue with the translations that pass, and the refusals. Empty translations are passed over. Pure."""
    entries = merge(file, template).by_key()
    refused: list[Refused] = []
    written = 0
    for item in given:
        if not item.msgstr.strip():
            continue
        result = _put(locale, entries, item, overwrite)
        if isinstance(result, str):
            refused.append(Refused(item, result))
        elif result is not entries[result.key]:
            entries[result.key] = result
            written += 1
    missing = sum(not entry.usable for entry in entries.values())
    return Filled(PoFile(tuple(entries.values()), file.header), written, tuple(refused), missing)


def _put(
    locale: Locale, entries: dict[tuple[str | None, str], PoEntry], item: Given, overwrite: bool
) -> PoEntry | str:
    """The entry as it should be (the same object if nothing changes), or why it cannot be."""
    msgid, msgstr = normal(item.msgid), item.msgstr.strip()
    keys = [key for key in entries if key[1] == msgid and item.context in (None, key[0])]
    if not keys:
        near = difflib.get_close_matches(msgid, [key[1] for key in entries], n=1, cutoff=0.8)
        hint = f"; did it change to “{shortened(near[0])}”?" if near else "; take the Swedish text as it is printed"
        return f"no such Swedish text today{hint}"
    if len(keys) > 1 and (None, msgid) not in keys:
        return f"this text has several meanings; add `context`: {', '.join(str(key[0]) for key in keys)}"
    entry = entries[(None, msgid) if (None, msgid) in keys else keys[0]]
    if entry.usable and entry.msgstr == msgstr:
        return entry
    if entry.usable and not overwrite:
        return "has a translation already; use --overwrite if yours is better"
    wrong = findings(locale, entry.msgid, msgstr)
    if wrong:
        return "; ".join(f"{what} -> {mend}" for what, mend in wrong)
    return replace(entry, msgstr=msgstr, fuzzy=False, previous=None, review=UNREVIEWED)


def fill_catalog(root: Path, tag: str, domain: str, given: Iterable[Given], *, overwrite: bool = False) -> Filled:
    """Fills the catalogue on disk. Raises ContentError if it, or the template, cannot be read."""
    with one_writer(root):
        path = po_path(root, tag, domain)
        template = template_entries(root, domain)
        result = filled(KNOWN[tag], template, read_po_file(path), given, overwrite=overwrite)
        write_text(path, catalog_text(tag, result.file))
    return result


def main(arguments: list[str] | None = None) -> int:
    """The command. 0 if everything was written, 1 if something was refused, 2 if the file cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m translations.fill", description=__doc__.split("\n")[0])
    parser.add_argument("locale", choices=[tag for tag, locale in KNOWN.items() if not locale.is_source])
    parser.add_argument("domain", choices=DOMAINS)
    parser.add_argument("file", type=Path, help="{Swedish: translation} as .json, or two columns as .tsv")
    parser.add_argument("--overwrite", action="store_true", help="also replace translations that are there already")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    try:
        given = read_given(chosen.file)
        result = fill_catalog(chosen.root, chosen.locale, chosen.domain, given, overwrite=chosen.overwrite)
    except (FillError, ContentError) as error:
        print(error, file=sys.stderr)
        return 2
    for refusal in result.refused:
        print(f"refused: {refusal}")
    print(f"{result.written} written, {len(result.refused)} refused, {result.missing} still missing")
    return 1 if result.refused else 0


if __name__ == "__main__":
    sys.exit(main())
