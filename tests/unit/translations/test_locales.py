"""The list of languages is complete, and a mistake in it is named."""

from urllib.parse import urlsplit

import pytest

from translations.locales import FILE, KNOWN, LOCALES, LocalesError, read_locales

CONTRACT = ["sv", "en", "fi", "ar", "fa", "ckb", "so", "ti", "tr", "es", "pl", "uk"]


def test_every_language_of_the_contract_is_known_and_sv_en_ar_are_offered() -> None:
    """A link to a language would lead nowhere."""
    assert sorted(KNOWN) == sorted(CONTRACT)
    assert {"sv", "en", "ar"} <= set(LOCALES)
    assert all(locale.offered for locale in LOCALES.values())


def test_directions_are_right() -> None:
    """Arabic, Persian and Sorani would be shown from the wrong side."""
    assert {tag for tag, locale in KNOWN.items() if locale.direction == "rtl"} == {"ar", "fa", "ckb"}


def test_every_exit_leads_to_a_page_in_that_language_without_telling_words() -> None:
    """The quick exit would show a page in a language the reader does not use, or one that gives the visit away."""
    for tag, locale in KNOWN.items():
        address = urlsplit(locale.exit)
        assert (address.scheme, address.query) == ("https", "")
        assert (address.hostname or "").split(".")[0] == tag


@pytest.mark.parametrize("tag", CONTRACT)
def test_babel_gives_every_language_something(tag: str) -> None:
    """A page in Sorani, Somali or Tigrinya would fail instead of showing its dates."""
    assert KNOWN[tag].cldr().days["format"]["wide"]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("direction: rtl", "direction: left", "ar: direction"),
        ("    exit: https://ar.wikipedia.org/\n", "", "ar: missing ['exit']"),
        ("exit: https://en.", "exit: http://en.", "en: exit"),
        ("source: sv", "source: xx", "xx"),
        ("locales:", "locales: [", "not readable YAML"),
    ],
)
def test_a_mistake_names_the_language_and_the_field(old: str, new: str, named: str) -> None:
    """Whoever adds a language would search in the dark."""
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(LocalesError) as error:
        read_locales(text.replace(old, new, 1))
    assert named in str(error.value)


def test_a_new_language_is_only_data() -> None:
    """Adding a language would need a programmer."""
    text = FILE.read_text(encoding="utf-8")
    entry = text[text.index("  fi:\n") : text.index("  fa:\n")].replace("  fi:", "  et:").replace("Suomi", "Eesti")
    source, locales = read_locales(text + entry)
    assert source == "sv" and locales["et"].name == "Eesti"
