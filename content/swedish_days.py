"""Which Swedish days are not ordinary: public holidays, the eves kept like them, and the days on which many close
early.

Public holidays: lag (1989:253) om allmänna helgdagar, by the library `holidays`.
Eves: midsommarafton, julafton and nyårsafton are put on a par with Sundays by lag (1930:173) om beräkning av
lagstadgad tid, 2 §, and by semesterlag (1977:480), 3 a §. Påskafton has no such law but is kept the same way by
custom; it is always a Saturday. Short days: no law. Trettondagsafton, skärtorsdag, valborgsmässoafton and
allhelgonaafton (the Friday before All Saints' Day) are days on which public offices and many others close at noon by
custom or collective agreement.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Literal

from holidays.countries.sweden import Sweden

DayKind = Literal["ordinary", "holiday", "eve", "short"]


def day_kind(day: dt.date) -> DayKind:
    """What the day is in Sweden. A holiday that is also an eve is a holiday; an eve that is also a short day is an
    eve."""
    return _year(day.year).get(day, "ordinary")


def holiday_name(day: dt.date) -> str | None:
    """The Swedish name of a public holiday, else None."""
    name = _public(day.year).get(day)
    return str(name) if name is not None else None


def easter_sunday(year: int) -> dt.date:
    """Easter Sunday, as the holiday library knows it."""
    return next(day for day, name in _public(year).items() if "Påskdagen" in name)


@lru_cache(maxsize=256)
def _public(year: int) -> dict[dt.date, str]:
    # include_sundays=False: Sundays are ordinary days of the week here, with hours of their own in `weekly`.
    return dict(Sweden(years=year, language="sv", include_sundays=False))


@lru_cache(maxsize=256)
def _year(year: int) -> dict[dt.date, DayKind]:
    one_day = dt.timedelta(days=1)
    easter = easter_sunday(year)
    kinds: dict[dt.date, DayKind] = {
        dt.date(year, 1, 5): "short",  # trettondagsafton
        easter - 3 * one_day: "short",  # skärtorsdag
        dt.date(year, 4, 30): "short",  # valborgsmässoafton
        _friday_before(year, "Alla helgons dag"): "short",  # allhelgonaafton
        easter - one_day: "eve",  # påskafton
        _friday_before(year, "Midsommardagen"): "eve",  # midsommarafton
        dt.date(year, 12, 24): "eve",  # julafton
        dt.date(year, 12, 31): "eve",  # nyårsafton
    }
    # The library can also list the three eves of the law (as de facto holidays); here they stay eves.
    kinds.update({day: "holiday" for day in _public(year) if kinds.get(day) != "eve"})
    return kinds


def _friday_before(year: int, saturday: str) -> dt.date:
    found = next(day for day, name in _public(year).items() if saturday in name)
    return found - dt.timedelta(days=1)
