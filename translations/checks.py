"""Are the catalogues fit for readers? Every entry against its Swedish text, safety texts whole, templates up to date.

`check_catalogs(root)` looks at everything and gives all problems at once. Errors stop the build; warnings do not.
"""

from collections.abc import Iterator
from pathlib import Path

from content.errors import ContentError, Problem
from content.load import Content
from translations.entries import DOMAINS, Entry
from translations.extract import collect
from translations.locales import KNOWN
from translations.merge import catalogued, template_entries
from translations.parity import findings
from translations.pofile import REVIEW_STATES, PoEntry, po_path, pot_path, read_po_file, template_text

UPDATE = "run `make translations`"


def check_catalogs(root: Path, content: Content | None = None) -> list[Problem]:
    """Every problem of templates and catalogues under `root`, by file and line. Raises nothing for broken files."""
    return sorted([*check_templates(root, content), *check_translations(root)])


def check_templates(root: Path, content: Content | None = None) -> list[Problem]:
    """Do the templates hold exactly what the sources say today?"""
    try:
        found = collect(root, content)
    except ContentError as error:
        return error.problems
    problems = list(found.problems)
    for domain, entries in found.entries.items():
        path = pot_path(root, domain)
        if not path.is_file():
            problems.append(Problem(path, 1, "the template is missing", UPDATE))
        elif path.read_text(encoding="utf-8") != template_text(entries):
            problems.append(Problem(path, 1, "the template is older than the Swedish texts", UPDATE))
    return problems


def check_translations(root: Path) -> list[Problem]:
    """Every catalogue that exists or must exist, against the templates as they are on disk."""
    problems: list[Problem] = []
    for domain in DOMAINS:
        try:
            template = template_entries(root, domain)
        except ContentError as error:
            problems += error.problems
            continue
        for tag in catalogued(root):
            problems += _check_file(po_path(root, tag, domain), tag, template)
    return problems


def _check_file(path: Path, tag: str, template: list[Entry]) -> list[Problem]:
    try:
        file = read_po_file(path)
    except ContentError as error:
        return error.problems
    if template and not path.is_file():
        return [Problem(path, 1, f"{KNOWN[tag].english} has no catalogue here", UPDATE)]
    problems = [problem for entry in file.entries for problem in check_entry(path, tag, entry)]
    entries = file.by_key()
    if [entry.key for entry in template] != list(entries):
        problems.append(Problem(path, 1, "the catalogue is older than its template", UPDATE, "warning"))
    if KNOWN[tag].offered:
        problems += _safety(path, template, entries)
    return problems


def check_entry(path: Path, tag: str, entry: PoEntry) -> Iterator[Problem]:
    """What is wrong with one entry. Empty and fuzzy ones are not judged: no reader sees them."""
    if entry.review not in REVIEW_STATES:
        mend = f"write one of {', '.join(REVIEW_STATES)}"
        yield Problem(path, entry.line, f"`review: {entry.review}` is no review state", mend)
    if entry.usable:
        for what, mend in findings(KNOWN[tag], entry.msgid, entry.msgstr):
            yield Problem(path, entry.line, f"{what} (in “{shortened(entry.msgid)}”)", mend)


def _safety(path: Path, template: list[Entry], entries: dict[tuple[str | None, str], PoEntry]) -> Iterator[Problem]:
    for wanted in template:
        entry = entries.get(wanted.key)
        if not wanted.safety or (entry is not None and entry.usable):
            continue
        state = "only a fuzzy suggestion" if entry is not None and entry.msgstr else "no translation"
        what = f"a safety text has {state}: “{shortened(wanted.msgid)}”"
        mend = "translate it, or set offered: false in translations/locales.yaml"
        yield Problem(path, entry.line if entry else 1, what, mend)


def shortened(text: str, length: int = 60) -> str:
    """The beginning of a text, on one line, for messages."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
