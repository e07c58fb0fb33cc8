"""Readers get the translation where one is ready, and the Swedish text where not; never an error, never a guess."""

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from translations.catalogs import Catalogs, Text
from translations.pofile import PoEntry

CALL = "Ring {emergency} nu om du kan."
HELLO = "Hej. Vad vill du ha hjälp med?"
TALK = "Jag vill prata med någon"


def test_each_text_falls_back_by_itself_and_says_so(repository: Callable[..., Path]) -> None:
    """A half translated answer would be lost as a whole, or Swedish would be spoken with an English voice."""
    root = repository(en=[PoEntry(CALL, "Call {emergency} now.", review="native"), PoEntry(HELLO, "Hi?", fuzzy=True)])
    catalogs = Catalogs.load(root)
    assert catalogs.text("en", "chat", CALL) == Text("Call {emergency} now.", "en", "native")
    assert catalogs.text("en", "chat", HELLO) == Text(HELLO, "sv", "source"), "a fuzzy entry must not be used"
    assert catalogs.text("en", "chat", TALK) == Text(TALK, "sv", "source")
    assert catalogs.text("sv", "chat", CALL) == Text(CALL, "sv", "source")
    assert catalogs.text("uk", "chat", CALL).locale == "sv"


def test_context_parts_two_meanings(repository: Callable[..., Path]) -> None:
    """"Fri" as free of charge would be shown where "free to go" is meant."""
    root = repository(en=[PoEntry("Fri", "Free of charge", context="cost"), PoEntry("Fri", "Free")])
    catalogs = Catalogs.load(root)
    assert catalogs.text("en", "chat", "Fri", "cost").value == "Free of charge"
    assert catalogs.gettext("en", "chat", "Fri") == "Free"


def test_placeholders_are_filled_in_either_language(repository: Callable[..., Path]) -> None:
    """A reader would see {emergency} instead of a number to call."""
    catalogs = Catalogs.load(repository(ar=[PoEntry(CALL, "اتصل بالرقم {emergency} الآن.")]))
    assert catalogs.gettext("ar", "chat", CALL, emergency="112") == "اتصل بالرقم 112 الآن."
    assert catalogs.gettext("en", "chat", CALL, emergency="112") == "Ring 112 nu om du kan."


def test_a_mistyped_locale_or_domain_is_an_error_in_code(repository: Callable[..., Path]) -> None:
    """A whole part of the portal would silently stay Swedish."""
    catalogs = Catalogs.load(repository())
    with pytest.raises(ValueError, match="locale 'se'"):
        catalogs.text("se", "chat", HELLO)
    with pytest.raises(ValueError, match="domain 'chats'"):
        catalogs.text("en", "chats", HELLO)


def test_catalogues_travel_to_other_processes(repository: Callable[..., Path]) -> None:
    """The site could not be built for several languages side by side."""
    catalogs = Catalogs.load(repository(en=[PoEntry(TALK, "I want to talk")]))
    assert pickle.loads(pickle.dumps(catalogs)) == catalogs


def test_a_changed_catalogue_is_never_answered_from_the_cache(repository: Callable[..., Path]) -> None:
    """A corrected translation would not reach readers."""
    before = Catalogs.load(repository(en=[PoEntry(TALK, "I want to tlak")]))
    assert list((repository() / ".build" / "mo").iterdir())
    after = Catalogs.load(repository(en=[PoEntry(TALK, "I want to talk")]))
    assert [c.gettext("en", "chat", TALK) for c in (before, after)] == ["I want to tlak", "I want to talk"]
    assert Catalogs.load(repository()) == after


def test_a_damaged_or_forbidden_cache_costs_time_only(repository: Callable[..., Path]) -> None:
    """The portal would not start after a power cut."""
    root = repository(en=[PoEntry(TALK, "I want to talk")])
    Catalogs.load(root)
    for kept in (root / ".build" / "mo").iterdir():
        kept.write_bytes(b"{half")
    assert Catalogs.load(root).gettext("en", "chat", TALK) == "I want to talk"
    for kept in (root / ".build" / "mo").iterdir():
        kept.unlink()
    (root / ".build" / "mo").rmdir()
    (root / ".build" / "mo").write_text("a file where the folder should be")
    assert Catalogs.load(root).gettext("en", "chat", TALK) == "I want to talk"
