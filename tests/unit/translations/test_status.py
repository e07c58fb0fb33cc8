"""The numbers on the page about translations are true."""

from translations.entries import Entry
from translations.pofile import PoEntry
from translations.sources import SAFETY
from translations.status import part_status, table

TEMPLATE = [Entry("a"), Entry("b"), Entry("c", (SAFETY,)), Entry("d"), Entry("e")]
ENTRIES = [
    PoEntry("a", "A", review="native"),
    PoEntry("b", "B", review="second"),
    PoEntry("c", "C", fuzzy=True),
    PoEntry("d", "D"),
    PoEntry("no longer said", "X", review="native"),
]


def test_only_what_readers_see_counts_as_translated() -> None:
    """A language would be offered on the strength of suggestions and of texts that are gone."""
    part = part_status("en", "chat", TEMPLATE, ENTRIES)
    assert (part.total, part.translated, part.unreviewed, part.second, part.native) == (5, 3, 1, 1, 1)
    assert (part.fuzzy, part.missing, part.safety_missing, part.percent) == (1, 1, 1, 60)


def test_nearly_all_is_not_all() -> None:
    """100 % would be shown while a sentence is missing."""
    template = [Entry(str(number)) for number in range(1000)]
    part = part_status("en", "chat", template, [PoEntry(entry.msgid, "x") for entry in template[1:]])
    assert part.percent == 99


def test_the_table_names_languages_that_are_not_offered(not_offered: str) -> None:
    """Editors would think that readers can already choose them."""
    shown = table([part_status(not_offered, "chat", TEMPLATE, [])])
    assert "fi (not offered)" in shown and "safety missing" in shown.splitlines()[0]
