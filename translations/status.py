"""How far each language has come: numbers for editors, translators and the page about translations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from translations.entries import DOMAINS, Entry
from translations.locales import KNOWN
from translations.merge import catalogued, template_entries
from translations.pofile import PoEntry, po_path, read_po_file


@dataclass(frozen=True, slots=True)
class PartStatus:
    """One part (domain) of one language. `translated` are the texts readers see, by how far they have been read."""

    locale: str
    part: str
    total: int
    unreviewed: int
    second: int
    native: int
    fuzzy: int
    safety_missing: int

    @property
    def translated(self) -> int:
        """Texts that readers see in this language."""
        return self.unreviewed + self.second + self.native

    @property
    def missing(self) -> int:
        """Texts without any translation, not even a suggestion."""
        return self.total - self.translated - self.fuzzy

    @property
    def percent(self) -> int:
        """Share of translated texts, rounded down so that 100 means all."""
        return 100 * self.translated // self.total if self.total else 100


def part_status(locale: str, part: str, template: Iterable[Entry], entries: Iterable[PoEntry]) -> PartStatus:
    """Counts one catalogue against its template; entries that the template no longer has do not count. Pure."""
    wanted = {entry.key: entry for entry in template}
    present = [entry for entry in entries if entry.key in wanted]
    usable = [entry for entry in present if entry.usable]
    done = {entry.key for entry in usable}
    return PartStatus(
        locale=locale,
        part=part,
        total=len(wanted),
        unreviewed=sum(entry.review not in ("second", "native") for entry in usable),
        second=sum(entry.review == "second" for entry in usable),
        native=sum(entry.review == "native" for entry in usable),
        fuzzy=sum(entry.fuzzy and bool(entry.msgstr) for entry in present),
        safety_missing=sum(entry.safety and key not in done for key, entry in wanted.items()),
    )


def status(root: Path) -> list[PartStatus]:
    """Every part of every language that has catalogues. Raises ContentError for a file that cannot be read."""
    templates = {domain: template_entries(root, domain) for domain in DOMAINS}
    return [
        part_status(tag, domain, templates[domain], read_po_file(po_path(root, tag, domain)).entries)
        for tag in catalogued(root)
        for domain in DOMAINS
    ]


def table(parts: Iterable[PartStatus]) -> str:
    """The numbers as a table for a terminal."""
    heads = ("language", "part", "texts", "translated", "%", "second", "native", "fuzzy", "missing", "safety missing")
    rows = [heads, *(_row(part) for part in parts)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    return "\n".join("  ".join(_aligned(row, widths)) for row in rows)


def _aligned(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.ljust(width) if column < 2 else cell.rjust(width)


def _row(part: PartStatus) -> tuple[str, ...]:
    shown = (part.total, part.translated, part.percent, part.second, part.native)
    numbers = (*shown, part.fuzzy, part.missing, part.safety_missing)
    language = part.locale if KNOWN[part.locale].offered else f"{part.locale} (not offered)"
    return (language, part.part, *(str(number) for number in numbers))
