"""Opening hours as they are written in a service file."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from content.models.base import Checked, Model, Seen, Text
from content.models.vocabulary import WEEKDAYS, Weekday

_TIME = re.compile(r"(\d{1,2}):(\d{2})\Z")
DAY_MINUTES = 24 * 60


def _minutes(value: object) -> object:
    """`9:00`, `09:00` or `24:00` -> minutes after midnight."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    match = _TIME.match(str(value).strip())
    if match is None or int(match[2]) > 59 or int(match[1]) * 60 + int(match[2]) > DAY_MINUTES:
        raise ValueError(f"`{value}` is no time of day; write 9:00 or 24:00")
    return int(match[1]) * 60 + int(match[2])


def _days(value: object) -> object:
    """`mon-fri`, `daily`, `sat` or a list -> the list of days."""
    if not isinstance(value, str):
        return value
    word = value.strip()
    if word == "daily":
        return list(WEEKDAYS)
    first, dash, last = word.partition("-")
    if dash and first in WEEKDAYS and last in WEEKDAYS:
        start, length = WEEKDAYS.index(first), (WEEKDAYS.index(last) - WEEKDAYS.index(first)) % 7
        return [WEEKDAYS[(start + step) % 7] for step in range(length + 1)]
    return [word]


Minutes = Annotated[int, BeforeValidator(_minutes), Field(ge=0, le=DAY_MINUTES)]
Days = Annotated[list[Weekday], BeforeValidator(_days), Field(min_length=1)]
DayRule = Literal["open", "closed", "unknown", "sunday"]


class Span(Model):
    """One opening span of a day, minutes after midnight. Closing at or before opening means the next morning."""

    opens: Annotated[Minutes, Field(lt=DAY_MINUTES)]
    closes: Minutes

    @model_validator(mode="after")
    def _not_empty(self) -> Span:
        if self.opens == self.closes:
            raise ValueError("opens and closes are the same; for the whole day write opens: 0:00, closes: 24:00")
        if self.closes == 0:
            raise ValueError("closes: 0:00 is unclear; for midnight write 24:00")
        return self

    @property
    def length(self) -> int:
        """Minutes on an ordinary day."""
        return (self.closes - self.opens) % DAY_MINUTES or DAY_MINUTES


class WeeklySpan(Span):
    """A span that comes back on the named days of each week."""

    days: Days


class HoursException(Model):
    """Dates with their own hours: either closed, or the given slots. First and last day included."""

    first: dt.date
    last: dt.date
    closed: bool = False
    slots: list[Span] = Field(default_factory=list)
    note: Text | None = None

    @model_validator(mode="after")
    def _one_meaning(self) -> HoursException:
        if self.last < self.first:
            raise ValueError("`last` comes before `first`")
        if self.closed == bool(self.slots):
            raise ValueError("write either closed: true or slots, not both and not neither")
        return self


class Hours(Model):
    """When a channel answers. Without `always` and `weekly` the hours are not known; `note` may still say what was
    read.

    `holidays` covers public holidays, and the eves unless `eves` says otherwise. `short_days` are days on which many
    close early.
    """

    state: Literal["known", "unknown"]
    always: bool = False
    weekly: list[WeeklySpan] = Field(default_factory=list)
    holidays: DayRule = "unknown"
    eves: DayRule | None = None
    short_days: DayRule | None = None
    exceptions: list[HoursException] = Field(default_factory=list)
    note: Text | None = None
    seen: Seen
    checked: Checked | None = None

    @model_validator(mode="before")
    @classmethod
    def _say_state(cls, data: object) -> object:
        if isinstance(data, dict) and "state" not in data:
            return {**data, "state": "known" if data.get("always") is True or data.get("weekly") else "unknown"}
        return data

    @model_validator(mode="after")
    def _one_meaning(self) -> Hours:
        if self.always and self.weekly:
            raise ValueError("write either always: true or weekly, not both")
        if (self.state == "known") != (self.always or bool(self.weekly)):
            raise ValueError("`state` and the hours contradict each other; leave `state` out")
        return self
