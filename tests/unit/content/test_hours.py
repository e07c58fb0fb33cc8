"""Opening hours against a minute-by-minute count, and against days a person has looked up in the calendar."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.hours import HoursState, state_at
from content.models import Hours
from content.models.vocabulary import WEEKDAYS
from content.swedish_days import day_kind

STOCKHOLM = ZoneInfo("Europe/Stockholm")
UTC = dt.UTC
SEEN = {"sources": ["test"], "text_date": "2026-01-01", "confidence": "page-seen"}
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


def make(**fields: Any) -> Hours:
    return Hours.model_validate({"seen": SEEN, **fields})


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def weekly(days: str, opens: str, closes: str, **rules: str) -> Hours:
    return make(weekly=[{"days": days, "opens": opens, "closes": closes}], **rules)


NIGHTS = weekly("daily", "20:00", "2:00", holidays="open")
OFFICE = weekly("mon-fri", "8:00", "16:30", holidays="closed")
EVENINGS = weekly("daily", "18:00", "22:00", holidays="closed")


@pytest.mark.parametrize(
    ("hours", "at", "state"),
    [
        (
            weekly("mon-fri", "9:00", "16:00", holidays="closed"),
            "2027-06-25T10:00",
            "closed",
        ),  # midsommarafton, a Friday
        (weekly("mon-fri", "9:00", "16:00"), "2027-06-25T10:00", "unknown"),  # nobody said what holds on eves
        (weekly("mon-fri", "9:00", "16:00"), "2027-06-25T02:00", "closed"),  # at night nobody is there anyway
        (NIGHTS, "2027-06-25T01:59", "open"),
        (NIGHTS, "2027-06-25T02:00", "closed"),  # the slot of the evening before has ended
        (
            weekly("daily", "20:00", "2:00", holidays="closed"),
            "2027-06-25T01:00",
            "open",
        ),  # opened on an ordinary Thursday
        (
            weekly("daily", "20:00", "2:00", holidays="closed"),
            "2027-06-26T01:00",
            "closed",
        ),  # would have opened on the eve
        (OFFICE, "2027-12-24T09:00", "closed"),  # julafton, a Friday
        (weekly("mon-fri", "8:00", "16:30", holidays="closed", eves="open"), "2027-12-24T09:00", "open"),
        (EVENINGS, "2027-03-27T19:00", "closed"),  # påskafton
        (OFFICE, "2027-01-05T09:00", "unknown"),  # trettondagsafton: many close early
        (weekly("mon-fri", "8:00", "16:30", holidays="closed", short_days="open"), "2027-01-05T09:00", "open"),
        (
            weekly("sun", "12:00", "16:00", holidays="sunday"),
            "2027-05-06T13:00",
            "open",
        ),  # Kristi himmelsfärdsdag as a Sunday
        (OFFICE, "2027-05-07T09:00", "open"),  # the squeeze day is an ordinary Friday
        (make(always=True), "2027-12-25T03:00", "open"),
        (make(), "2027-12-25T03:00", "unknown"),
    ],
)
def test_days_looked_up_by_hand(hours: Hours, at: str, state: str) -> None:
    """If this fails, a person on midsummer's eve or Christmas Eve meets a closed door, or is kept from an open one."""
    assert state_at(hours, local(at)).state == state


def test_both_clock_change_nights_of_2027() -> None:
    """If this fails, a night line seems open an hour too long on the night when the clocks change."""
    spring = state_at(NIGHTS, local("2027-03-28T01:30"))
    assert (spring.state, spring.closes_in) == ("open", 30)
    assert (
        state_at(NIGHTS, dt.datetime(2027, 3, 28, 1, 0, tzinfo=UTC)).state == "closed"
    )  # the clock jumps from 02:00 to 03:00
    autumn = state_at(NIGHTS, dt.datetime(2027, 10, 30, 23, 30, tzinfo=UTC))
    assert (autumn.state, autumn.closes_in) == ("open", 30)
    assert state_at(NIGHTS, dt.datetime(2027, 10, 31, 0, 30, tzinfo=UTC)).state == "closed"  # 02:30, the first time
    assert state_at(NIGHTS, dt.datetime(2027, 10, 31, 1, 30, tzinfo=UTC)).state == "closed"  # 02:30, the second time
    whole_night = weekly("daily", "22:00", "6:00", holidays="open")
    assert state_at(whole_night, local("2027-10-30T22:00")).closes_in == 9 * 60
    assert state_at(whole_night, local("2027-03-27T22:00")).closes_in == 7 * 60


def test_says_when_it_closes_and_when_it_opens_next() -> None:
    """If this fails, "closes in 20 minutes" or "opens on Monday" is wrong and a call is made in vain."""
    closing = state_at(OFFICE, local("2027-04-16T16:10"))
    assert (closing.closes_in, closing.then) == (20, "closed")
    assert state_at(OFFICE, local("2027-04-16T16:30")).opens == local("2027-04-19T08:00")
    over_christmas = state_at(OFFICE, local("2027-12-23T18:00"))
    assert over_christmas.opens == local("2027-12-27T08:00")
    summer = make(
        weekly=[{"days": "mon-fri", "opens": "9:00", "closes": "16:00"}],
        holidays="closed",
        exceptions=[{"first": "2027-07-01", "last": "2027-07-16", "closed": True}],
    )
    assert state_at(summer, local("2027-07-05T10:00")).opens == local("2027-07-19T09:00")


def test_slots_that_meet_at_midnight_are_one() -> None:
    """If this fails, a line open all night says that it closes at midnight."""
    hours = make(
        weekly=[
            {"days": "daily", "opens": "18:00", "closes": "24:00"},
            {"days": "daily", "opens": "0:00", "closes": "6:00"},
        ],
        holidays="open",
    )
    assert state_at(hours, local("2027-04-16T23:00")).closes == local("2027-04-17T06:00")
    around_the_clock = weekly("daily", "0:00", "24:00", holidays="open")
    assert state_at(around_the_clock, local("2027-04-16T23:00")) == HoursState(
        "open", None, None, local("2027-04-16T23:00")
    )


def test_reader_abroad_gets_the_same_answer() -> None:
    """If this fails, somebody whose phone is set to another country's time is told the wrong state."""
    tehran = local("2027-04-16T09:00").astimezone(ZoneInfo("Asia/Tehran"))
    assert state_at(OFFICE, tehran).state == "open"
    with pytest.raises(ValueError, match="time zone"):
        state_at(OFFICE, dt.datetime(2027, 4, 16, 9, 0))


def day_spans(hours: Hours, day: dt.date) -> tuple[list[tuple[int, int]], bool]:
    """The rules of docs/editing-services.md said again, for the count below."""
    if hours.always:
        return [(0, 1440)], True
    by_day = {name: [(s.opens, s.closes) for s in hours.weekly if name in s.days] for name in WEEKDAYS}
    own, sunday = by_day[WEEKDAYS[day.weekday()]], by_day["sun"]
    short = hours.short_days or ("open" if hours.holidays == "open" else "unknown")
    rule = {"ordinary": "open", "holiday": hours.holidays, "eve": hours.eves or hours.holidays, "short": short}[
        day_kind(day)
    ]
    return {"open": (own, True), "closed": ([], True), "sunday": (sunday, True), "unknown": (own + sunday, False)}[rule]


@lru_cache(maxsize=8)
def clock(first: dt.date, days: int) -> tuple[list[dt.datetime], dict[dt.datetime, int]]:
    """Every minute, and for each wall time the first minute that shows it or has passed it."""
    start = dt.datetime.combine(first - 2 * DAY, dt.time(), tzinfo=UTC)
    minutes = [start + index * MINUTE for index in range((days + 5) * 1440)]
    walls = [minute.astimezone(STOCKHOLM).replace(tzinfo=None) for minute in minutes]
    first_past: dict[dt.datetime, int] = {}
    highest = walls[0]
    first_past[highest] = 0
    for index, wall in enumerate(walls):
        while highest < wall:
            highest += MINUTE
            first_past[highest] = index
    return minutes, first_past


def minute_table(hours: Hours, first: dt.date, days: int) -> dict[dt.datetime, str]:
    """The state of every minute: a slot starts at the first minute at or past its opening, and ends likewise."""
    minutes, first_past = clock(first, days)
    table = ["closed"] * len(minutes)
    for certain in (False, True):
        for offset in range(-1, days + 1):
            day = first + offset * DAY
            spans, sure = day_spans(hours, day)
            for opens, closes in spans if sure == certain else []:
                midnight = dt.datetime.combine(day, dt.time())
                ends = midnight + (closes if closes > opens else closes + 1440) * MINUTE
                for index in range(first_past[midnight + opens * MINUTE], first_past[ends]):
                    table[index] = "open" if certain else "unknown"
    return dict(zip(minutes, table, strict=True))


def compare(hours: Hours, first: dt.date, days: int, step: int) -> None:
    table = minute_table(hours, first, days)
    begin = dt.datetime.combine(first, dt.time(), tzinfo=UTC)
    end = begin + days * DAY
    for offset in range(0, days * 1440, step):
        moment = begin + offset * MINUTE
        found = state_at(hours, moment)
        assert found.state == table[moment], moment
        if found.closes is not None and found.closes.astimezone(UTC) < end:
            closes = found.closes.astimezone(UTC)
            assert table[closes] == found.then and table[closes - MINUTE] == "open", moment
        if found.opens is not None and found.opens.astimezone(UTC) < end:
            opens = found.opens.astimezone(UTC)
            assert table[opens] == "open" and table[opens - MINUTE] != "open", moment


rules = st.sampled_from(["open", "closed", "unknown", "sunday"])
spans = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda pair: pair[0] != pair[1])


@st.composite
def any_hours(draw: st.DrawFn) -> Hours:
    slots = draw(
        st.lists(
            st.tuples(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True), spans),
            min_size=1,
            max_size=4,
        )
    )
    return make(
        weekly=[{"days": days, "opens": opens, "closes": closes} for days, (opens, closes) in slots],
        holidays=draw(rules),
        eves=draw(st.none() | rules),
        short_days=draw(st.none() | rules),
    )


STARTS = [dt.date(2027, 3, 24), dt.date(2027, 10, 28), dt.date(2027, 6, 23), dt.date(2027, 12, 22), dt.date(2028, 1, 3)]


@settings(max_examples=40, deadline=None)
@given(hours=any_hours(), first=st.sampled_from(STARTS), step=st.sampled_from([7, 11, 30]))
def test_agrees_with_a_count_of_every_minute(hours: Hours, first: dt.date, step: int) -> None:
    """If this fails, a service is shown open while closed, or the reverse, in the hard weeks of the year."""
    compare(hours, first, 7, step)


@pytest.mark.slow
@pytest.mark.parametrize("hours", [NIGHTS, OFFICE, EVENINGS, weekly("fri-sun", "21:30", "2:30")])
def test_agrees_with_a_count_of_five_years(hours: Hours) -> None:
    """If this fails, a service is wrong on some day between 2026 and 2030."""
    compare(hours, dt.date(2026, 1, 1), 5 * 365 + 1, 15)
