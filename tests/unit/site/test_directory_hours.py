"""The open spans a page carries say the same as content.hours, minute by minute; and what is old is said on the right day."""

from __future__ import annotations

import datetime as dt

import pytest
from site_context import ROOT
from site_directory_age import service_age
from site_directory_hours import ALWAYS, Window, build_day, encoded, window_of

from content.hours import STOCKHOLM, state_at
from content.load import load_content
from content.models import Hours

SEEN = {"sources": ["https://example.org/"], "text_date": "2026-01-01", "confidence": "page-seen"}


def hours(**fields: object) -> Hours:
    return Hours.model_validate({"seen": SEEN, **fields})


LINES = {
    "office": hours(weekly=[{"days": "mon-fri", "opens": "9:00", "closes": "15:00"}]),
    "closed on holidays": hours(weekly=[{"days": "mon-fri", "opens": "9:00", "closes": "15:00"}], holidays="closed"),
    "past midnight": hours(weekly=[{"days": "daily", "opens": "20:00", "closes": "2:00"}], holidays="open"),
    "as sunday": hours(
        weekly=[{"days": "mon-sat", "opens": "9:00", "closes": "21:00"}, {"days": ["sun"], "opens": "12:00", "closes": "16:00"}], holidays="sunday"
    ),
    "closed for summer": hours(always=True, exceptions=[{"first": "2027-07-01", "last": "2027-07-31", "closed": True}]),
    "twice a day": hours(weekly=[{"days": "mon-thu", "opens": "9:00", "closes": "12:00"}, {"days": "mon-thu", "opens": "13:00", "closes": "16:00"}]),
}


def read(code: str, now: dt.datetime) -> str:
    """What the browser makes of the spans; tests/browser/test_directory_hours.py holds the script itself against content.hours."""
    if code in ("", ALWAYS):
        return "open" if code else "unknown"
    first, last, sure, unsure = code.split(".")
    minute = now.timestamp() / 60
    if not int(first, 36) <= minute < int(last, 36):
        return "unknown"

    def within(text: str) -> bool:
        at, numbers = int(first, 36), [int(one, 36) for one in text.split("-")] if text else []
        for gap, length in zip(numbers[::2], numbers[1::2], strict=True):
            if at + gap <= minute < at + gap + length:
                return True
            at += gap + length
        return False

    return "open" if within(sure) else "unknown" if within(unsure) else "closed"


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("month", [dt.date(2026, 12, 1), dt.date(2027, 3, 1), dt.date(2027, 6, 1), dt.date(2027, 10, 1)])
def test_spans_say_what_the_hours_say(name: str, month: dt.date) -> None:
    """On Christmas Eve, midsummer's eve or the night when clocks change a person is sent to a line that does not answer, or not sent to one
    that does."""
    window = window_of(month)
    code = encoded(LINES[name], window)
    moment, end = dt.datetime.combine(window.first, dt.time(), STOCKHOLM), dt.datetime.combine(window.end, dt.time(), STOCKHOLM)
    wrong = []
    while moment.timestamp() < end.timestamp():
        utc = moment.astimezone(dt.UTC)
        if read(code, utc) != state_at(LINES[name], utc).state:
            wrong.append(utc.astimezone(STOCKHOLM).isoformat())
        moment = utc + dt.timedelta(minutes=37)
    assert not wrong


@pytest.mark.parametrize(
    ("name", "at", "state"),
    [
        ("office", "2027-06-25T10:00", "unknown"),  # midsummer's eve, a Friday, and nobody has said what holds
        ("closed on holidays", "2027-06-25T10:00", "closed"),
        ("past midnight", "2027-06-25T01:59", "open"),  # the slot of the evening before
        ("past midnight", "2027-06-25T02:00", "closed"),
        ("past midnight", "2027-03-28T01:30", "open"),  # clocks jump from 02:00 to 03:00: the slot ends then
        ("past midnight", "2027-03-28T03:00", "closed"),
        ("past midnight", "2027-10-31T01:30", "open"),  # the hour after 02:00 comes twice
        ("as sunday", "2026-12-25T11:00", "closed"),  # Christmas Day is kept as a Sunday
        ("as sunday", "2026-12-25T13:00", "open"),
        ("closed for summer", "2027-07-15T12:00", "closed"),
    ],
)
def test_nights_of_the_year_checked_by_hand(name: str, at: str, state: str) -> None:
    """The hours are wrong on just the nights when other doors are closed."""
    moment = dt.datetime.fromisoformat(at).replace(tzinfo=STOCKHOLM)
    window = window_of(moment.date())
    assert read(encoded(LINES[name], window), moment) == state


def test_nothing_is_said_outside_the_window() -> None:
    """A site that nobody has built for a year says "closed" or "open" by guess."""
    window = Window(dt.date(2026, 11, 1), dt.date(2027, 3, 1))
    code = encoded(LINES["office"], window)
    for day in (dt.date(2026, 10, 30), dt.date(2027, 3, 1), dt.date(2028, 3, 1)):
        assert read(code, dt.datetime.combine(day, dt.time(10), STOCKHOLM)) == "unknown"


def test_window_and_ages_are_the_same_all_month() -> None:
    """Two builds of the same texts differ, and nobody can verify what is served; or an age is understated at the end of the month."""
    first, last = window_of(dt.date(2026, 12, 1)), window_of(dt.date(2026, 12, 31))
    assert first == last == Window(dt.date(2026, 12, 1), dt.date(2027, 4, 1))
    assert first.aged == dt.date(2026, 12, 31)
    assert build_day({"SOURCE_DATE_EPOCH": "1796083200"}) == dt.date(2026, 12, 1)


def test_twelve_months_to_the_day() -> None:
    """A number that was tried two years ago is shown as if it were new, or one tried last week as if it were not."""
    content = load_content(ROOT)
    line = content.services["kvinnofridslinjen"]
    seen = dt.date(2026, 9, 23)
    assert not service_age(line, seen + dt.timedelta(days=365)).old
    assert service_age(line, seen + dt.timedelta(days=366)).old
    assert service_age(line, seen).turns == seen + dt.timedelta(days=366)
    assert not service_age(content.services["nodnummer-112"], dt.date(2040, 1, 1)).old, "112 is set by law"
    assert service_age(content.services["stadsdel-bromma"].model_copy(update={"text_date": "undated", "channels": []}), seen).old
