"""Changing a Swedish text never shows readers a translation of what it said before, and never throws work away."""

from collections.abc import Callable
from pathlib import Path

from translations.entries import Entry
from translations.merge import merge, merge_all
from translations.pofile import PoEntry, PoFile, po_path, read_po_file

OLD = PoEntry("Ring så får du hjälp av någon.", "Call and somebody helps you.", review="native", comments=("checked",))


def test_an_unchanged_text_keeps_everything() -> None:
    """Reviewed translations would count as unread after every run."""
    template = [Entry("Ny"), Entry(OLD.msgid, ("a new note",))]
    merged = merge(PoFile((OLD,)), template)
    kept = merged.entries[1]
    assert (kept.msgstr, kept.review) == (OLD.msgstr, "native")
    assert (kept.comments, kept.notes) == (("checked",), ("a new note",))


def test_a_changed_text_becomes_a_suggestion_nobody_is_shown() -> None:
    """Readers would get the old advice under the new Swedish text."""
    entry = merge(PoFile((OLD,)), [Entry("Ring i dag så får du hjälp av någon.")]).entries[0]
    assert (entry.usable, entry.msgstr, entry.previous, entry.review) == (False, OLD.msgstr, OLD.msgid, "unreviewed")


def test_a_text_changed_twice_still_shows_what_the_translator_knew() -> None:
    """The suggestion would be compared with a Swedish text it never translated."""
    once = merge(PoFile((OLD,)), [Entry("Ring i dag så får du hjälp av någon.")])
    twice = merge(once, [Entry("Ring redan i dag så får du hjälp av någon.")]).entries[0]
    assert (twice.previous, twice.usable) == (OLD.msgid, False)


def test_what_is_no_longer_said_is_dropped() -> None:
    """Translators would work on texts nobody reads."""
    assert merge(PoFile((OLD,)), [Entry("Något helt annat")]).entries == (PoEntry("Något helt annat"),)


def test_merging_twice_changes_nothing(repository: Callable[..., Path], not_offered: str) -> None:
    """`make translations` would leave changed files behind each time."""
    root = repository(en=[OLD, PoEntry("Hej. Vad vill du ha hjälp med?", "Hi. What do you need?")])
    assert po_path(root, "ar", "chat") in merge_all(root), "an offered language gets its catalogue"
    assert not po_path(root, not_offered, "chat").exists(), "one that nobody has begun does not"
    assert merge_all(root) == []
    assert read_po_file(po_path(root, "en", "chat")).entries[1].msgstr == "Hi. What do you need?"
