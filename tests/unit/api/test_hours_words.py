"""Opening hours in words: three states, and never a guess."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from api.hours_words import opening, weekly_lines
from api.words import Words
from content.load import Content
from content.models import Hours
from translations.catalogs import Catalogs
from translations.locales import KNOWN

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SEEN = {"sources": ["page"], "text_date": "2026", "confidence": "page-seen"}
OFFICE = Hours.model_validate({"weekly": [{"days": "mon-fri", "opens": "9:00", "closes": "17:00"}], "holidays": "closed", "seen": SEEN})
NIGHT = Hours.model_validate({"weekly": [{"days": "daily", "opens": "20:00", "closes": "2:00"}], "holidays": "unknown", "seen": SEEN})


@pytest.fixture
def swedish(content: Content, catalogs: Catalogs) -> Words:
    """Swedish words."""
    return Words("sv", content, catalogs)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of November 2026; the 24th is a Tuesday."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("hours", "moment", "open_now", "now"),
    [
        (OFFICE, at(24, 16, 40), True, "Stänger om 20 minuter."),
        (OFFICE, at(24, 12), True, "Stänger klockan 17:00."),
        (OFFICE, at(24, 8, 30), False, "Öppnar om 30 minuter."),
        (OFFICE, at(24, 6), False, "Öppnar klockan 09:00."),
        (OFFICE, at(24, 18), False, "Öppnar onsdag klockan 09:00."),
        (OFFICE, at(28, 12), False, "Öppnar måndag klockan 09:00."),
        (NIGHT, at(25, 1, 30), True, "Stänger om 30 minuter."),
        (NIGHT, at(24, 21), True, "Stänger klockan 02:00."),
        (None, at(24, 12), None, ""),
    ],
)
def test_the_next_change_is_told(hours: Hours | None, moment: dt.datetime, open_now: bool | None, now: str, swedish: Words) -> None:
    """If this fails somebody stands before a closed door, or does not call a line that is open."""
    found = opening(hours, moment, swedish)
    assert (found.open_now, found.now) == (open_now, now)


def test_what_nobody_has_said_is_not_guessed(swedish: Words) -> None:
    """If this fails a holiday with unknown hours is shown as open or closed."""
    midsummer_eve = dt.datetime(2027, 6, 25, 21, 0, tzinfo=STOCKHOLM)
    found = opening(NIGHT, midsummer_eve, swedish)
    assert found.open_now is None
    assert found.now.startswith("Vi vet inte")
    assert opening(None, midsummer_eve, swedish).week.startswith("Vi vet inte")


def test_the_week_is_short(swedish: Words) -> None:
    """If this fails seven lines stand where one is enough."""
    assert weekly_lines(OFFICE, swedish) == [("mån–fre", "09:00–17:00")]


@pytest.mark.parametrize("tag", list(KNOWN))
def test_every_language_has_words_for_it(tag: str, content: Content, catalogs: Catalogs) -> None:
    """If this fails a whole language gets an error instead of opening hours."""
    words = Words(tag, content, catalogs)
    for moment in (at(24, 16, 40), at(24, 18), at(28, 12)):
        assert opening(OFFICE, moment, words).words
