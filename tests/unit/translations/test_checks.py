"""A language is not let out with a hole where a life may hang on the text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from translations.checks import check_translations
from translations.locales import LOCALES, SOURCE
from translations.merge import merge_all
from translations.pofile import PoEntry, po_path, write_text

CALL = "Ring {emergency} nu om du kan."


def errors(root: Path, tag: str) -> list[str]:
    """What stops the build in a language."""
    return [p.what for p in check_translations(root) if p.level == "error" and f"/{tag}/" in str(p.file)]


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (PoEntry(CALL), "a safety text has no translation"),
        (PoEntry(CALL, "Call {emergency} now.", fuzzy=True), "a safety text has only a fuzzy suggestion"),
        (PoEntry(CALL, "Call now."), "placeholder missing: {emergency}"),
    ],
)
def test_an_incomplete_safety_text_stops_the_build(repository: Callable[..., Path], entry: PoEntry, what: str) -> None:
    """Somebody in danger would read Swedish, old advice, or a sentence without the number."""
    root = repository(en=[entry])
    merge_all(root)
    assert any(found.startswith(what) for found in errors(root, "en"))


def test_other_texts_may_be_missing(repository: Callable[..., Path]) -> None:
    """No language could be offered before its last sentence is translated."""
    root = repository(en=[PoEntry(CALL, "Call {emergency} now if you can.")])
    merge_all(root)
    assert errors(root, "en") == []


def test_a_language_not_offered_may_lack_safety_texts_but_not_lie(repository: Callable[..., Path], not_offered: str) -> None:
    """Nobody could begin a new language, or a wrong number would wait in it to be published."""
    root = repository(fi=[PoEntry("Jag vill prata med någon", "Haluan puhua, soita 0800 123 456")])
    merge_all(root)
    assert [found.split(":")[0] for found in errors(root, not_offered)] == ["a phone number is typed"]


def test_a_catalogue_that_cannot_be_read_or_is_missing_is_named(repository: Callable[..., Path]) -> None:
    """One broken file would hide the mistakes of all others."""
    root = repository()
    write_text(po_path(root, "en", "chat"), 'msgid "half\n')
    problems = check_translations(root)
    assert {problem.file for problem in problems} == {po_path(root, tag, "chat") for tag in LOCALES if tag != SOURCE}
