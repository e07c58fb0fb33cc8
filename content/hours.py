"""Is a channel open at a moment? Open, closed or not known - and until when. Pure.

Times are wall-clock times in Europe/Stockholm, whatever the zone of the server or the reader. On the night when
clocks jump forward a time that does not exist means the moment of the jump. On the night when an hour comes twice,
opening and closing mean the first time the clock shows them: in doubt a closing is named early rather than late.

An `unknown` day (a holiday nobody has stated hours for) is unknown only while the ordinary hours of that weekday or
the Sunday hours would be open; at other times it is closed like any other day. A slot belongs to the day on which it
opens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from content.models.hours import DAY_MINUTES, DayRule, Hours, HoursException, Span
from content.models.vocabulary import WEEKDAYS
from content.swedish_days import day_kind

State = Literal["open", "closed", "unknown"]

STOCKHOLM = ZoneInfo("Europe/Stockholm")
HORIZON_DAYS = 21  # how far ahead the next change is looked for: past Christmas with all its days
NEAR_DAYS = 3
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class HoursState:
    """The state at `at`. `closes`: end of the open time, None if it never ends within the horizon or is not open.
    `then`: what follows it. `opens`: the next time that is surely open, for a closed or unknown state; None if none
    is known."""

    state: State
    closes: dt.datetime | None
    opens: dt.datetime | None
    at: dt.datetime
    then: State | None = None

    @property
    def closes_in(self) -> int | None:
        """Whole minutes until it closes, rounded down so that nobody comes late."""
        return None if self.closes is None else int(_seconds(self.at, self.closes) // 60)

    @property
    def opens_in(self) -> int | None:
        """Whole minutes until it opens, rounded up so that nobody comes early."""
        return None if self.opens is None else -int(-_seconds(self.at, self.opens) // 60)


@dataclass(frozen=True)
class _Stretch:
    start: dt.datetime
    end: dt.datetime
    sure: bool


def state_at(hours: Hours | None, at: dt.datetime) -> HoursState:
    """The state of `hours` at the moment `at`, which must know its zone. No hours at all: unknown.

    `closes` and `opens` come back in Europe/Stockholm. Raises ValueError if `at` has no zone.
    """
    if at.tzinfo is None:
        raise ValueError("the moment has no time zone; give an aware datetime")
    moment = at.astimezone(dt.UTC)
    if hours is None or hours.state == "unknown":
        return HoursState("unknown", None, None, at)
    if hours.always and not hours.exceptions:
        return HoursState("open", None, None, at)
    near = _state(hours, moment, at, NEAR_DAYS)
    # Most questions are settled by the days around the moment; only a long closed or open time needs a look further
    # ahead.
    return near if near.closes or near.opens else _state(hours, moment, at, HORIZON_DAYS)


def _state(hours: Hours, moment: dt.datetime, at: dt.datetime, days: int) -> HoursState:
    stretches = _stretches(hours, moment, days)
    sure = _merge(stretch for stretch in stretches if stretch.sure)
    unsure = _merge(stretch for stretch in stretches if not stretch.sure)
    now = next((stretch for stretch in sure if stretch.start <= moment < stretch.end), None)
    if now is not None:
        if now.end > moment + (days - 1) * _ONE_DAY:
            return HoursState("open", None, None, at)
        return HoursState("open", _local(now.end), None, at, "unknown" if _within(unsure, now.end) else "closed")
    opens = next((_local(stretch.start) for stretch in sure if stretch.start > moment), None)
    return HoursState("unknown" if _within(unsure, moment) else "closed", None, opens, at)


def open_between(hours: Hours, day: dt.date) -> tuple[list[tuple[dt.datetime, dt.datetime]], bool]:
    """The slots that open on a day, in local time, and whether they are certain. `always` gives the whole day."""
    spans, sure = _day(hours, day)
    return [(_local(start), _local(end)) for start, end in (_moments(day, span) for span in spans)], sure


@lru_cache(maxsize=65536)
def minute_of(day: dt.date, minutes: int) -> dt.datetime:
    """The moment (UTC) at which Stockholm's clock first shows, or has jumped past, `minutes` after midnight of
    `day`."""
    day += dt.timedelta(days=minutes // DAY_MINUTES)
    naive = dt.datetime.combine(day, dt.time(minutes % DAY_MINUTES // 60, minutes % 60))
    moment = naive.replace(tzinfo=STOCKHOLM, fold=0).astimezone(dt.UTC)
    shown = moment.astimezone(STOCKHOLM).replace(tzinfo=None)
    if shown == naive:
        return moment
    # The clock never shows this time: it jumps over it. The jump is at the full hour below, in the offset before it.
    return moment - dt.timedelta(minutes=naive.minute)


def _stretches(hours: Hours, moment: dt.datetime, days: int) -> list[_Stretch]:
    first = moment.astimezone(STOCKHOLM).date() - _ONE_DAY
    found: list[_Stretch] = []
    for offset in range(days + 2):
        day = first + offset * _ONE_DAY
        spans, sure = _day(hours, day)
        found += [_Stretch(start, end, sure) for start, end in (_moments(day, span) for span in spans) if start < end]
    return found


def _moments(day: dt.date, span: Span) -> tuple[dt.datetime, dt.datetime]:
    return minute_of(day, span.opens), minute_of(day, span.opens + span.length)


_WHOLE_DAY = Span(opens=0, closes=DAY_MINUTES)


def _day(hours: Hours, day: dt.date) -> tuple[list[Span], bool]:
    """The spans that open on a day, and whether they are certain (False: perhaps open in them, surely closed
    outside)."""
    exception = _exception(hours.exceptions, day)
    if exception is not None:
        return list(exception.slots), True
    if hours.always:
        return [_WHOLE_DAY], True
    rule = _rule(hours, day)
    usual, sunday = _weekday(hours, day.weekday()), _weekday(hours, 6)
    if rule == "open":
        return usual, True
    if rule == "closed":
        return [], True
    if rule == "sunday":
        return sunday, True
    return usual + sunday, False


def _rule(hours: Hours, day: dt.date) -> DayRule:
    kind = day_kind(day)
    if kind == "ordinary":
        return "open"
    if kind == "holiday":
        return hours.holidays
    if kind == "eve":
        return hours.eves or hours.holidays
    # Short days follow nothing but what is said of them: closing at noon is custom, not rule.
    return hours.short_days or ("open" if hours.holidays == "open" else "unknown")


def _exception(exceptions: Iterable[HoursException], day: dt.date) -> HoursException | None:
    return next((found for found in exceptions if found.first <= day <= found.last), None)


def _weekday(hours: Hours, weekday: int) -> list[Span]:
    return [span for span in hours.weekly if WEEKDAYS[weekday] in span.days]


def _merge(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Joins stretches that touch or overlap, in order of time."""
    joined: list[_Stretch] = []
    for stretch in sorted(stretches, key=lambda each: each.start):
        if joined and stretch.start <= joined[-1].end:
            joined[-1] = _Stretch(joined[-1].start, max(joined[-1].end, stretch.end), stretch.sure)
        else:
            joined.append(stretch)
    return joined


def _within(stretches: list[_Stretch], moment: dt.datetime) -> bool:
    return any(stretch.start <= moment < stretch.end for stretch in stretches)


def _seconds(start: dt.datetime, end: dt.datetime) -> float:
    # Two times of one zone subtract by the wall clock in Python, which is an hour wrong on the nights when clocks
    # change.
    return (end.astimezone(dt.UTC) - start.astimezone(dt.UTC)).total_seconds()


def _local(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(STOCKHOLM)
