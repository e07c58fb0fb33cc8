"""What is written to a catalogue is read back the same, and the files are quiet in a diff."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.errors import ContentError
from translations.entries import Entry
from translations.pofile import PoEntry, PoFile, catalog_text, read_po_file, template_text

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1).filter(str.strip)
LINES = st.lists(st.from_regex(r"[a-zåäö]{1,9}( [a-zåäö]{1,200}){0,9}", fullmatch=True), max_size=2).map(tuple)
ENTRY = st.builds(
    PoEntry, TEXT, TEXT, st.none() | TEXT, LINES, LINES, st.booleans(), st.none(), st.sampled_from(["second", "native"])
)


@given(st.lists(ENTRY, unique_by=lambda entry: entry.key, max_size=5))
def test_every_entry_survives_writing(tmp_path_factory: pytest.TempPathFactory, entries: list[PoEntry]) -> None:
    """A translator's work, or the mark that somebody has read it, would be lost on the next run."""
    path = tmp_path_factory.mktemp("po") / "chat.po"
    path.write_text(catalog_text("en", PoFile(tuple(entries), ("Translated by A. and B.",))), encoding="utf-8")
    read = read_po_file(path)
    assert [(e.key, e.msgstr, e.notes, e.comments, e.fuzzy, e.review) for e in read.entries] == [
        (e.key, e.msgstr, e.notes, e.comments, e.fuzzy, e.review) for e in entries
    ]
    assert read.header == ("Translated by A. and B.",)
    assert catalog_text("en", read) == path.read_text(encoding="utf-8")


def test_a_template_has_no_dates_locations_or_wrapping() -> None:
    """Every extraction would change every line, and nobody would see what really changed."""
    text = template_text([Entry("ord " * 60 + "slut", ("en anmärkning " * 20 + "slut",))])
    assert "Date" not in text and "#:" not in text
    assert f'msgid "{"ord " * 60}slut"\n' in text
    assert f"#. {'en anmärkning ' * 20}slut\n" in text


def test_the_old_swedish_stands_beside_a_fuzzy_suggestion(tmp_path: Path) -> None:
    """The translator would not see what changed in the Swedish text."""
    path = tmp_path / "chat.po"
    entry = PoEntry("Ny text", "Old text", fuzzy=True, previous='Gammal "text"\nmed två rader')
    path.write_text(catalog_text("en", PoFile((entry,))), encoding="utf-8")
    assert read_po_file(path).entries[0].previous == entry.previous


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid ""\nmsgstr ""\n\nmsgid "Hej"\nmsgstr "Hello"\n\nmsgstrr "x"\n', 7),
        ('msgid ""\nmsgstr ""\n\nmsgid "sida"\nmsgid_plural "sidor"\nmsgstr[0] "page"\nmsgstr[1] "pages"\n', 4),
        ('msgid ""\nmsgstr ""\n\n<<<<<<< HEAD\nmsgid "Hej"\nmsgstr "Hello"\n', 4),
    ],
)
def test_a_broken_file_names_the_line(tmp_path: Path, text: str, line: int) -> None:
    """A translator without a programmer at hand could not find the mistake."""
    path = tmp_path / "chat.po"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        read_po_file(path)
    assert (error.value.problems[0].file, error.value.problems[0].line) == (path, line)
