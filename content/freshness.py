"""How old facts are: which numbers, hours and texts a person should check again, and what stops a release.

Rules: a fact over 12 months old counts as not verified. A guarded number that a person last tried over 90
days ago warns at build; over 180 days ago, or never tried, it stops a release. Guarded are the numbers of emergency
services and helplines, and of every service that an urgent topic offers. 112 and 114 14 are set by law and excepted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from content.errors import Problem
from content.load import Content
from content.models import Checked, Service
from content.models.base import earliest
from content.models.vocabulary import NUMBER_TYPES
from content.phone import digits

What = Literal["number", "address", "former number", "hours", "texts"]
Standing = Literal["checked", "seen", "old", "undated"]

VERIFIED_DAYS = 365
WARN_DAYS = 90
STOP_DAYS = 180
GUARDED_KINDS = frozenset({"emergency", "helpline"})
EXEMPT = frozenset({"112", "11414"})


@dataclass(frozen=True)
class Fact:
    """One fact of a service that grows old. `place` is where it stands in the file."""

    service: str
    name: str
    place: str
    what: What
    value: str
    checked: dt.date | None
    checked_by: str | None
    text_date: str

    def age_days(self, today: dt.date) -> int | None:
        """Days since a person checked it, or else since the date of the text it was seen in; None if that is
        undated."""
        since = self.checked or earliest(self.text_date)
        return None if since is None else max(0, (today - since).days)

    def standing(self, today: dt.date) -> Standing:
        """`checked` or `seen` within 12 months; else `old`, or `undated` if nobody knows how old it is."""
        age = self.age_days(today)
        if age is None:
            return "undated"
        if age > VERIFIED_DAYS:
            return "old"
        return "checked" if self.checked else "seen"


@dataclass(frozen=True)
class StaleRow:
    """One line of the editors' report: a fact, whether a release hangs on it, how old it is, and what is asked for."""

    fact: Fact
    guarded: bool
    age_days: int | None
    standing: Standing
    advice: str


def facts(service: Service) -> list[Fact]:
    """Every fact of a service that grows old, in the file's order."""
    return list(_facts(service))


def verified(service: Service, today: dt.date) -> bool:
    """Whether every number, address and hours of the service was checked by a person in the last 12 months. False
    shows a note to the reader."""
    shown = [fact for fact in facts(service) if fact.what != "texts"] or facts(service)
    return all(fact.standing(today) == "checked" or _exempt(fact) for fact in shown)


def guarded_services(content: Content) -> frozenset[str]:
    """Services in use whose numbers must have been tried live before a release: see the head of this file."""
    urgent = {offer for topic in content.topics.values() if topic.urgent for offer in topic.offers}
    return frozenset(
        service.id
        for service in content.services.values()
        if service.status != "ended" and (service.kind in GUARDED_KINDS or service.id in urgent)
    )


def stale_report(content: Content, today: dt.date) -> list[StaleRow]:
    """What editors should check again, the most pressing first: guarded numbers, then never checked, then oldest."""
    rows, guarded = [], guarded_services(content)
    for service in content.services.values():
        if service.status == "ended":
            continue
        for fact in facts(service):
            hangs = service.id in guarded and fact.what == "number" and not _exempt(fact)
            advice = _advice(fact, hangs, today)
            if advice is not None:
                rows.append(StaleRow(fact, hangs, fact.age_days(today), fact.standing(today), advice))
    return sorted(
        rows,
        key=lambda row: (not row.guarded, row.fact.checked is not None, -(row.age_days or 10**6), row.fact.service),
    )


def release_problems(content: Content, today: dt.date) -> list[Problem]:
    """What stops a release: emergency and helpline numbers nobody has tried live, or not for over 180 days."""
    return _guarded(content, today, STOP_DAYS)


def build_warnings(content: Content, today: dt.date) -> list[Problem]:
    """Emergency and helpline numbers last tried more than 90 days ago, as warnings. Never tried: see
    `release_problems`."""
    late = _guarded(content, today, WARN_DAYS)
    stops = {(problem.file, problem.line) for problem in release_problems(content, today)}
    return [Problem(p.file, p.line, p.what, p.mend, "warning") for p in late if (p.file, p.line) not in stops]


def unchecked_numbers(content: Content, today: dt.date) -> list[Fact]:
    """Every shown number that lacks a live check of the last 12 months; while there is one, pages carry the calm line
    about it."""
    return [
        fact
        for service in content.services.values()
        if service.status != "ended"
        for fact in facts(service)
        if fact.what == "number" and not _exempt(fact) and fact.standing(today) != "checked"
    ]


def _guarded(content: Content, today: dt.date, days: int) -> list[Problem]:
    problems = []
    for service in (content.services[key] for key in guarded_services(content)):
        for fact in facts(service):
            if fact.what != "number" or _exempt(fact):
                continue
            age = None if fact.checked is None else (today - fact.checked).days
            if age is not None and age <= days:
                continue
            said = "was never tried live" if age is None else f"was last tried {age} days ago, {days} is the most"
            file = content.files[("service", service.id)]
            problems.append(
                file.problem(
                    fact.place,
                    f"the number {fact.value} of {service.name} {said}",
                    f"call it, then `friyta directory verify {service.id}`",
                )
            )
    return sorted(problems)


def _advice(fact: Fact, guarded: bool, today: dt.date) -> str | None:
    if _exempt(fact):
        return None
    if guarded and (fact.checked is None or (today - fact.checked).days > STOP_DAYS):
        return "stops a release: call the number"
    if fact.checked is None:
        return (
            "never checked: compare with the owner's page, call the number"
            if fact.what != "texts"
            else "read it against the owner's page"
        )
    if guarded and (today - fact.checked).days > WARN_DAYS:
        return "call the number again"
    return "check again" if fact.standing(today) == "old" else None


def _exempt(fact: Fact) -> bool:
    return fact.what == "number" and digits(fact.value) in EXEMPT


def _facts(service: Service) -> Iterator[Fact]:
    for index, channel in enumerate(service.channels):
        place = f"channels.{index}"
        if channel.value is not None and channel.seen is not None:
            what: What = "number" if channel.type in NUMBER_TYPES else "address"
            yield _fact(service, f"{place}.value", what, channel.value, (channel.seen.text_date, channel.checked))
        if channel.former is not None:
            former = channel.former
            basis = (former.seen.text_date, former.checked)
            yield _fact(service, f"{place}.former.value", "former number", former.value, basis)
        if channel.hours is not None:
            yield _fact(service, f"{place}.hours", "hours", "", (channel.hours.seen.text_date, channel.hours.checked))
    yield _fact(service, "text_date", "texts", "", (service.text_date, service.checked))


def _fact(service: Service, place: str, what: What, value: str, basis: tuple[str, Checked | None]) -> Fact:
    text_date, checked = basis
    date, by = (checked.date, checked.by) if checked is not None else (None, None)
    return Fact(service.id, service.name, place, what, value, date, by, text_date)
