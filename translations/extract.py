"""From the Swedish sources to the templates translations/<domain>.pot.

`collect()` only looks; `extract_all()` also writes. Same sources, same bytes: no dates, no line numbers, reading order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from content.errors import Problem
from content.load import Content, load_content
from translations.code_strings import interface_entries
from translations.entries import Entry, united
from translations.pofile import one_writer, pot_path, template_text, write_text
from translations.sources import (
    answers_entries,
    page_problems,
    pages_entries,
    phrases_entries,
    services_entries,
)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All texts to translate by domain, what is wrong with the sources, and which templates changed when written."""

    entries: dict[str, list[Entry]]
    problems: tuple[Problem, ...] = ()
    changed: tuple[Path, ...] = ()


def collect(root: Path, content: Content | None = None) -> Extraction:
    """The texts of the repository at `root`. Loads the content unless given; raises ContentError if it is broken."""
    content = load_content(root) if content is None else content
    interface, problems = interface_entries(root)
    for key, page in content.pages.items():
        problems += page_problems(root / "content" / "pages" / f"{key}.md", page)
    entries: dict[str, Iterable[Entry]] = {
        "pages": pages_entries(content.pages),
        "services": services_entries(content.services),
        "chat": chain(
            phrases_entries(content.phrases, content.phrase_notes), answers_entries(content.topics, content.answers)
        ),
        "ui": interface,
    }
    return Extraction({domain: united(list(found)) for domain, found in entries.items()}, tuple(problems))


def extract_all(root: Path, content: Content | None = None) -> Extraction:
    """Writes translations/<domain>.pot for every domain. Raises ContentError if the content is broken."""
    found = collect(root, content)
    with one_writer(root):
        changed = [
            pot_path(root, domain)
            for domain, entries in found.entries.items()
            if write_text(pot_path(root, domain), template_text(entries))
        ]
    return Extraction(found.entries, found.problems, tuple(changed))
