"""Notes how far texts have been read: `python -m translations.reviewed <locale> <domain> [--state second]`.

For reviewers. `--list` prints the texts that have not come that far yet, each with its translation, safety texts first.
Strike out what you did not read, mend what is wrong with `python -m translations.fill … --overwrite`, and hand the same
file back with `--only-file`. A text whose translation is no longer the one in the file is refused: nobody read that one.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from content.errors import ContentError
from translations.entries import DOMAINS, normal
from translations.fill import ROOT, FillError, Given, Refused, read_given
from translations.locales import KNOWN
from translations.merge import merge, template_entries
from translations.pofile import (
    REVIEW_STATES,
    UNREVIEWED,
    PoEntry,
    PoFile,
    catalog_text,
    one_writer,
    po_path,
    read_po_file,
    write_text,
)


@dataclass(frozen=True, slots=True)
class Marked:
    """What came out: the new catalogue, how many texts changed their state, and what was refused."""

    file: PoFile
    changed: int
    refused: tuple[Refused, ...]


def marked(file: PoFile, state: str, read: Iterable[Given] | None = None) -> Marked:
    """The catalogue with the review `state` at every text that readers see, or only at those in `read`. Pure.

    A text that has come further keeps its state; only `unreviewed` takes back what was noted before.
    """
    entries = file.by_key()
    refused: list[Refused] = []
    chosen = [key for key, entry in entries.items() if entry.usable]
    if read is not None:
        chosen = []
        for given in read:
            found = _found(entries, given)
            if isinstance(found, str):
                refused.append(Refused(given, found))
            else:
                chosen.append(found.key)
    changed = {key for key in chosen if _goes(entries[key].review, state)}
    kept = (replace(entry, review=state) if key in changed else entry for key, entry in entries.items())
    return Marked(PoFile(tuple(kept), file.header), len(changed), tuple(refused))


def _found(entries: dict[tuple[str | None, str], PoEntry], given: Given) -> PoEntry | str:
    """The entry that was read, or why it is not the one that readers see today."""
    same = [entry for key, entry in entries.items() if key[1] == normal(given.msgid)]
    found = [entry for entry in same if given.context in (None, entry.context)]
    if not found:
        return "no such Swedish text today; take the list from `--list`"
    if len(found) > 1:
        return f"this text has several meanings; add `context`: {', '.join(str(entry.context) for entry in found)}"
    if not found[0].usable:
        return "it has no translation that readers see"
    if found[0].msgstr != normal(given.msgstr):
        return "its translation is not the one in your file; read the present one (`--list`)"
    return found[0]


def _rank(state: str) -> int:
    return REVIEW_STATES.index(state) if state in REVIEW_STATES else -1


def _goes(present: str, state: str) -> bool:
    return present != state if state == UNREVIEWED else _rank(present) < _rank(state)


def open_texts(file: PoFile, state: str, *, about: str = "", safety: bool = False) -> list[PoEntry]:
    """Texts that readers see and that have not come as far as `state`, safety texts first. Pure."""
    found = [entry for entry in file.entries if entry.usable and _rank(entry.review) < _rank(state)]
    found = [entry for entry in found if not about or any(about in note for note in entry.notes)]
    return sorted((entry for entry in found if entry.source.safety or not safety), key=lambda one: not one.source.safety)


def as_json(entries: Iterable[PoEntry]) -> str:
    """The texts with their translations, as `--only-file` and `translations.fill` read them."""
    rows = [{"msgid": entry.msgid, "msgstr": entry.msgstr, "context": entry.context} for entry in entries]
    shown = [{name: value for name, value in row.items() if value is not None} for row in rows]
    return json.dumps(shown, ensure_ascii=False, indent=1)


def mark_catalog(root: Path, tag: str, domain: str, state: str, read: Iterable[Given] | None = None) -> Marked:
    """Marks the catalogue on disk. Raises ContentError if it, or the template, cannot be read."""
    with one_writer(root):
        path = po_path(root, tag, domain)
        result = marked(merge(read_po_file(path), template_entries(root, domain)), state, read)
        write_text(path, catalog_text(tag, result.file))
    return result


def main(arguments: list[str] | None = None) -> int:
    """The command. 0 if all was noted or printed, 1 if something was refused, 2 if a file cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m translations.reviewed", description=__doc__.split("\n")[0])
    parser.add_argument("locale", choices=[tag for tag, locale in KNOWN.items() if not locale.is_source])
    parser.add_argument("domain", choices=DOMAINS)
    parser.add_argument("--state", choices=REVIEW_STATES, default="second", help="how far they have been read")
    parser.add_argument("--only-file", type=Path, metavar="FILE", help="only these texts, .json or .tsv as from --list")
    parser.add_argument("--list", action="store_true", help="print what has not come that far; change nothing")
    parser.add_argument("--about", default="", metavar="WORD", help="with --list: only texts of this page or service")
    parser.add_argument("--safety", action="store_true", help="with --list: only safety texts")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.list:
            present = read_po_file(po_path(chosen.root, chosen.locale, chosen.domain))
            file = merge(present, template_entries(chosen.root, chosen.domain))
            print(as_json(open_texts(file, chosen.state, about=chosen.about, safety=chosen.safety)))
            return 0
        read = None if chosen.only_file is None else read_given(chosen.only_file)
        result = mark_catalog(chosen.root, chosen.locale, chosen.domain, chosen.state, read)
    except (FillError, ContentError) as error:
        print(error, file=sys.stderr)
        return 2
    for refusal in result.refused:
        print(f"refused: {refusal}")
    print(f"{result.changed} now {chosen.state}, {len(result.refused)} refused")
    return 1 if result.refused else 0


if __name__ == "__main__":
    sys.exit(main())
