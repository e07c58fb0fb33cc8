"""Opening hours in words: is it open now, until when, and the week. Dates, days and spans of time come from CLDR by Babel. Pure.

Three states and no guess: where nobody has said when a service answers, the words say that we do not know.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel.core import UnknownLocaleError
from babel.dates import format_timedelta, get_day_names

from api.words import Words
from content.hours import STOCKHOLM, HoursState, state_at
from content.models import Hours, WeeklySpan
from content.models.vocabulary import WEEKDAYS

#: Below so many minutes a change is told as a span of time, above as a time of day.
SOON = 60


@dataclass(frozen=True)
class Opening:
    """open_now: None where it is not known. now: what changes next. week: when it is open in general."""

    open_now: bool | None
    now: str
    week: str

    @property
    def words(self) -> str:
        """Both, as one short text."""
        return " ".join(part for part in (self.now, self.week) if part)


def opening(hours: Hours | None, at: dt.datetime, words: Words) -> Opening:
    """Say the hours of a channel at a moment that knows its zone."""
    state = state_at(hours, at)
    if hours is None or hours.state == "unknown":
        note = words.said("services", hours.note).plain() if hours is not None and hours.note else ""
        return Opening(None, "", note or words.gettext("Vi vet inte när det är öppet."))
    return Opening({"open": True, "closed": False, "unknown": None}[state.state], _next(state, words), _week(hours, words))


def _next(state: HoursState, words: Words) -> str:
    if state.state == "open":
        return _change(state.closes, state.closes_in, state.at, words, closing=True)
    opens = _change(state.opens, state.opens_in, state.at, words, closing=False)
    if state.state == "unknown":
        return " ".join(filter(None, (words.gettext("Vi vet inte om det är öppet just nu."), opens)))
    return opens


def _change(moment: dt.datetime | None, minutes: int | None, at: dt.datetime, words: Words, *, closing: bool) -> str:
    if moment is None or minutes is None:
        return ""
    span = _span(minutes, words) if minutes <= SOON else None
    if span is not None:
        return words.gettext("Stänger om {time}.", time=span) if closing else words.gettext("Öppnar om {time}.", time=span)
    clock, days = f"{moment:%H:%M}", (moment.date() - at.astimezone(STOCKHOLM).date()).days
    if days == 0 or (days == 1 and closing):
        return words.gettext("Stänger klockan {time}.", time=clock) if closing else words.gettext("Öppnar klockan {time}.", time=clock)
    day = day_names(words, "wide")[moment.weekday()]
    if days > 6:
        return ""
    return words.gettext("Stänger {day} klockan {time}.", day=day, time=clock) if closing else words.gettext("Öppnar {day} klockan {time}.", day=day, time=clock)


def _span(minutes: int, words: Words) -> str | None:
    """`20 minuter`; None where CLDR has no words for it in the language."""
    try:
        return format_timedelta(dt.timedelta(minutes=minutes), granularity="minute", threshold=2, locale=words.locale.babel) or None
    except (UnknownLocaleError, ValueError, KeyError):
        return None


def day_names(words: Words, width: str) -> list[str]:
    """The names of the days, Monday first."""
    names = get_day_names(width, locale=words.locale.cldr())
    return [str(names[number]) for number in range(7)]


def _week(hours: Hours, words: Words) -> str:
    if hours.always:
        return words.gettext("Dygnet runt, alla dagar")
    lines = [f"{days} {times}" for days, times in weekly_lines(hours, words)]
    if hours.holidays == "closed":
        lines.append(words.gettext("Stängt på helgdagar"))
    elif hours.holidays == "unknown":
        lines.append(words.gettext("Vi vet inte vad som gäller på helgdagar."))
    if hours.note:
        lines.append(words.said("services", hours.note).plain())
    return "; ".join(line.rstrip(".") for line in lines) + "."


def weekly_lines(hours: Hours, words: Words) -> list[tuple[str, str]]:
    """The week as (days, times); days with the same times stand together, neighbours as a span."""
    by_day: dict[str, list[WeeklySpan]] = {day: [] for day in WEEKDAYS}
    for span in hours.weekly:
        for day in span.days:
            by_day[day].append(span)
    lines: dict[str, list[int]] = {}
    for number, day in enumerate(WEEKDAYS):
        times = ", ".join(f"{_clock(span.opens)}–{_clock(span.closes)}" for span in sorted(by_day[day], key=lambda span: span.opens))
        if times:
            lines.setdefault(times, []).append(number)
    names = day_names(words, "abbreviated")
    return [(_day_spans(numbers, names), times) for times, numbers in lines.items()]


def _day_spans(numbers: list[int], names: list[str]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
