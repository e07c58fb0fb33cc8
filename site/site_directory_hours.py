"""When a channel is open in the months around a build, in a form that a page can carry: the reader's own clock then says what holds now.

The spans come from content.hours, so holidays, eves, slots past midnight and the nights when clocks change are right, and nothing of that
is computed a second time in the browser. Outside the window the browser says that it is not known. Pure, but for `build_day`.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from content.hours import STOCKHOLM, minute_of, open_between
from content.models import Hours

#: The window begins with the month of the build and ends with the third month after it. Two builds within a month are the same to the byte.
MONTHS = 4
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
ALWAYS = "always"
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """The days a page knows the hours of: `first` is in it, `end` is not."""

    first: dt.date
    end: dt.date

    @property
    def mark(self) -> str:
        """Two builds with the same mark show the same hours and ages."""
        return self.first.isoformat()

    @property
    def aged(self) -> dt.date:
        """The day for which ages are computed at build: the last of the first month, so that age is never understated."""
        return _month(self.first, 1) - _ONE_DAY


def build_day(environment: Mapping[str, str] | None = None) -> dt.date:
    """Today in Stockholm, or the day of SOURCE_DATE_EPOCH where somebody builds an old state again."""
    epoch = (os.environ if environment is None else environment).get("SOURCE_DATE_EPOCH", "")
    moment = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch.isdigit() else dt.datetime.now(dt.UTC)
    return moment.astimezone(STOCKHOLM).date()


def window_of(day: dt.date) -> Window:
    """The window of a build on `day`."""
    first = day.replace(day=1)
    return Window(first, _month(first, MONTHS))


def encoded(hours: Hours | None, window: Window) -> str:
    """`""` if nobody knows, `always`, else `begin.end.sure.unsure`: minutes since 1970 of the window in base 36, then the spans as gap-length
    pairs of minutes, each gap counted from the end of the span before (the first from the window's begin)."""
    if hours is None or hours.state == "unknown":
        return ""
    if hours.always and not hours.exceptions:
        return ALWAYS
    begin, end = _minutes(minute_of(window.first, 0)), _minutes(minute_of(window.end, 0))
    sure: list[tuple[int, int]] = []
    unsure: list[tuple[int, int]] = []
    day = window.first - _ONE_DAY  # its slot past midnight reaches into the window
    while day < window.end:
        spans, certain = open_between(hours, day)
        (sure if certain else unsure).extend((_minutes(opens), _minutes(closes)) for opens, closes in spans)
        day += _ONE_DAY
    return ".".join([_base36(begin), _base36(end), _pairs(sure, begin, end), _pairs(unsure, begin, end)])


def _pairs(spans: Iterable[tuple[int, int]], begin: int, end: int) -> str:
    joined: list[tuple[int, int]] = []
    inside = [(max(opens, begin), min(closes, end)) for opens, closes in sorted(spans)]
    for opens, closes in [(opens, closes) for opens, closes in inside if opens < closes]:
        if joined and opens <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], closes)
        else:
            joined.append((opens, closes))
    said, last = [], begin
    for opens, closes in joined:
        said += [_base36(opens - last), _base36(closes - opens)]
        last = closes
    return "-".join(said)


def _minutes(moment: dt.datetime) -> int:
    return int(moment.timestamp()) // 60


def _month(first: dt.date, later: int) -> dt.date:
    count = first.month - 1 + later
    return dt.date(first.year + count // 12, count % 12 + 1, 1)


def _base36(number: int) -> str:
    said = ""
    while number or not said:
        number, digit = divmod(number, 36)
        said = DIGITS[digit] + said
    return said
