"""Dates, days and names of languages in the reader's language, by Babel (CLDR). Pure."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from babel import Locale as BabelLocale
from babel import UnknownLocaleError
from babel.dates import format_date

from content.models.hours import Hours, WeeklySpan
from content.models.vocabulary import WEEKDAYS
from translations.locales import KNOWN

#: CLDR knows these languages under another tag than ours.
CLDR_TAGS = {"prs": "fa_AF", "kmr": "ku", "aii": "syr", "fit": "fit"}


def said_date(value: str | dt.date, tag: str) -> str:
    """`2024-06-11` as people write it in that language; `2024-06` as month and year; `2024` and anything else as it is."""
    locale = KNOWN[tag].cldr()
    if isinstance(value, dt.date):
        return str(format_date(value, "long", locale=locale))
    pieces = value.split("-")
    if not all(piece.isdigit() for piece in pieces) or len(pieces) == 1:
        return value
    day = dt.date(int(pieces[0]), int(pieces[1]), int(pieces[2]) if len(pieces) > 2 else 1)
    return str(format_date(day, "long" if len(pieces) > 2 else "MMMM y", locale=locale))


@lru_cache(maxsize=2048)
def language_name(language: str, tag: str) -> str | None:
    """The name of a language in the language of the reader; None where CLDR has none."""
    try:
        locale = BabelLocale.parse(KNOWN[tag].babel)
    except (UnknownLocaleError, ValueError):
        return None
    found = locale.languages.get(CLDR_TAGS.get(language, language).replace("-", "_"))
    return str(found) if found else None


def day_names(tag: str) -> list[str]:
    """Short names of the days, Monday first."""
    days = KNOWN[tag].cldr().days["format"]["abbreviated"]
    return [str(days[number]) for number in range(7)]


def clock(minutes: int) -> str:
    """`09:00`; midnight at the end of a day is `24:00`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def weekly_lines(hours: Hours, tag: str) -> list[tuple[str, str]]:
    """The week as (days, times): days with the same times stand together, neighbours as a span."""
    by_day: dict[str, list[WeeklySpan]] = {day: [] for day in WEEKDAYS}
    for span in hours.weekly:
        for day in span.days:
            by_day[day].append(span)
    times = [", ".join(f"{clock(span.opens)}–{clock(span.closes)}" for span in sorted(by_day[day], key=_opens)) for day in WEEKDAYS]
    lines: dict[str, list[int]] = {}
    for number, text in enumerate(times):
        if text:
            lines.setdefault(text, []).append(number)
    names = day_names(tag)
    return [(_spans(numbers, names), text) for text, numbers in lines.items()]


def _opens(span: WeeklySpan) -> int:
    return span.opens


def _spans(numbers: list[int], names: list[str]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs)
