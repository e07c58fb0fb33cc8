"""Dates, weeks, names of languages and the folding of words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from content.models import Hours


def hours(*weekly: dict[str, str]) -> Hours:
    return Hours.model_validate({"weekly": list(weekly), "seen": {"sources": ["x"], "text_date": "2024", "confidence": "seed"}})


def test_week_is_said_shortly_and_completely() -> None:
    """Somebody stands before a closed door on Friday afternoon."""
    from site_words import weekly_lines

    week = hours({"days": "mon-thu", "opens": "9:00", "closes": "16:00"}, {"days": "fri", "opens": "9:00", "closes": "15:00"}, {"days": "sun", "opens": "20:00", "closes": "2:00"})  # fmt: skip  # noqa: E501
    assert weekly_lines(week, "sv") == [("mån–tors", "09:00–16:00"), ("fre", "09:00–15:00"), ("sön", "20:00–02:00")]


def test_two_spans_a_day_stand_in_order() -> None:
    """The lunch break is lost."""
    from site_words import weekly_lines

    week = hours({"days": "tue", "opens": "13:00", "closes": "16:00"}, {"days": "tue", "opens": "9:00", "closes": "12:00"})
    assert weekly_lines(week, "en") == [("Tue", "09:00–12:00, 13:00–16:00")]


@pytest.mark.parametrize(("value", "said"), [("2024-06-11", "11 juni 2024"), ("2024-06", "juni 2024"), ("2024", "2024"), ("undated", "undated")])
def test_dates_say_no_more_than_is_known(value: str, said: str) -> None:
    """"2024" must not become the first of January."""
    from site_words import said_date

    assert said_date(value, "sv") == said
    assert said_date(dt.date(2024, 6, 11), "sv") == "11 juni 2024"


def test_every_locale_can_say_a_date_and_a_language() -> None:
    """A language that Babel knows less of stops the build."""
    from site_words import day_names, language_name, said_date

    from translations.locales import KNOWN

    for tag in KNOWN:
        assert said_date("2024-06-11", tag) and len(day_names(tag)) == 7
        language_name("ar", tag), language_name("swl", tag)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Stödlinjen", "stodlinjen"), ("أمان", "امان"), ("مُساعَدة", "مساعده"), ("کمک", "كمك"), ("İstanbul", "istanbul"), ("Ångest", "angest"), ("dzieło", "dzielo")],
)
def test_words_written_in_different_ways_are_found(one: str, other: str) -> None:
    """Somebody without Swedish or Arabic keys on the phone finds nothing."""
    from site_search import fold

    assert fold(one) == fold(other)


def test_index_shows_no_word_of_scripts_and_each_word_once() -> None:
    """The first search takes too long on a slow line."""
    from site_search import entry

    found = entry("/sv/x/", "Prata", "med någon", ["Steg"], "<p>Prata prata tryggt <b>tryggt</b> <script>var x</script></p>")
    assert found == {"url": "/sv/x/", "title": "Prata", "lead": "med någon", "heads": "Steg", "words": "tryggt"}


def test_security_file_says_when_it_runs_out(root: object) -> None:
    """Whoever finds a hole reads an address that nobody tends."""
    from site_context import SiteError
    from site_root import security

    settings = {"security": {"contact_page": "om/tillganglighet", "expires": dt.date(2027, 1, 1)}}
    text, warning = security("https://x.example/", ["sv"], settings, dt.date(2026, 6, 1))
    assert "Contact: https://x.example/sv/om/tillganglighet/" in text and "Expires: 2027-01-01T00:00:00Z" in text and warning is None
    assert security("https://x.example/", ["sv"], settings, dt.date(2026, 12, 20))[1] is not None
    with pytest.raises(SiteError, match="ran out"):
        security("https://x.example/", ["sv"], settings, dt.date(2027, 1, 2))


def test_plain_text_of_the_emergency_page_holds_numbers_and_no_markup(built: Path) -> None:
    """The one page that must come through everywhere comes as a heap of signs."""
    for tag in ("sv", "ar"):
        text = (built / tag / "hjalp" / "akut.txt").read_text(encoding="utf-8")
        assert "112" in text and "<" not in text and len(text.encode()) < 14_000
        assert max(len(line) for line in text.splitlines()) <= 80
