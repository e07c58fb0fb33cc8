"""How old what a reader relies on is: verified, seen within a year, or not verified. Pure; the rule is content.freshness's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from content.freshness import EXEMPT, VERIFIED_DAYS, Fact, facts
from content.models import Service
from content.models.base import earliest
from content.phone import digits


@dataclass(frozen=True)
class Age:
    """`old`: more than twelve months at build, or undated. `turns`: the day on which it becomes so (None: it is, or never will be)."""

    old: bool
    turns: dt.date | None

    @property
    def after(self) -> str:
        """For the page: the browser shows the note from this day on. Empty if there is nothing to wait for."""
        return self.turns.isoformat() if self.turns is not None and not self.old else ""


def turns_old(text_date: str, checked: dt.date | None) -> dt.date | None:
    """The first day on which a fact counts as not verified; None if nobody knows how old it is."""
    since = checked or earliest(text_date)
    return None if since is None else since + dt.timedelta(days=VERIFIED_DAYS + 1)


def age_of(found: Sequence[Fact], day: dt.date) -> Age:
    """The age of facts that are used together: that of the oldest. None at all never grows old."""
    if not found:
        return Age(False, None)
    days = [turns_old(fact.text_date, fact.checked) for fact in found]
    known = [one for one in days if one is not None]
    if len(known) < len(days):
        return Age(True, None)
    return Age(day >= min(known), min(known))


def service_age(service: Service, day: dt.date) -> Age:
    """The age of the ways to reach a service; of its texts if it has none. 112 and 114 14 are set by law and do not grow old."""
    every = facts(service)
    ways = [fact for fact in every if fact.what in ("number", "address")]
    aging = [fact for fact in ways if not (fact.what == "number" and digits(fact.value) in EXEMPT)]
    return age_of(aging if ways else [fact for fact in every if fact.what == "texts"], day)
