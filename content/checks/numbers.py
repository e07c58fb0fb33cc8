"""Phone numbers and dates of the service files: callable, seen somewhere, not those of another municipality, not in
the future."""

from __future__ import annotations

import datetime as dt

from content.errors import Problem
from content.load import Content
from content.models import Channel, Checked, Service
from content.models.base import earliest
from content.models.vocabulary import NUMBER_TYPES
from content.phone import digits, fault, foreign_on_call
from content.source import Source


def check(content: Content) -> list[Problem]:
    """Values that cannot be used, and one number in two services."""
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    for service in content.services.values():
        source = content.files[("service", service.id)]
        for index, channel in enumerate(service.channels):
            problems += _values(channel, f"channels.{index}", source)
            if channel.type == "phone" and channel.value:
                problems += _one_owner(service, channel.value, owners, source, f"channels.{index}.value")
    return problems + _former_as_service(content, owners)


def check_foreign(content: Content) -> list[Problem]:
    """On-call numbers of other municipalities, in any file and any writing."""
    problems = []
    for path, text in content.texts.items():
        for position, whose in foreign_on_call(text):
            line = text.count("\n", 0, position) + 1
            problems.append(
                Problem(path, line, f"this number belongs to {whose}", "take it away; see the head of content/phone.py")
            )
    return problems


def check_dates(content: Content, today: dt.date) -> list[Problem]:
    """Checks and texts dated after today: a slip of the keyboard that would make a fact look fresh for years."""
    problems = []
    for service in content.services.values():
        source = content.files[("service", service.id)]
        dates: dict[str, dt.date | None] = {
            "text_date": earliest(service.text_date),
            "checked.date": _day(service.checked),
        }
        for index, channel in enumerate(service.channels):
            place = f"channels.{index}"
            dates[f"{place}.checked.date"] = _day(channel.checked)
            for part, fact in (("former", channel.former), ("hours", channel.hours)):
                if fact is not None:
                    dates[f"{place}.{part}.checked.date"] = _day(fact.checked)
                    dates[f"{place}.{part}.seen.text_date"] = earliest(fact.seen.text_date)
            if channel.seen is not None:
                dates[f"{place}.seen.text_date"] = earliest(channel.seen.text_date)
        problems += [
            source.problem(place, f"the date {day} has not come yet", "write the day it was seen or checked")
            for place, day in dates.items()
            if day is not None and day > today
        ]
    return problems


def _values(channel: Channel, place: str, source: Source) -> list[Problem]:
    problems = []
    values = {
        f"{place}.value": channel.value,
        f"{place}.former.value": channel.former.value if channel.former else None,
    }
    for where, value in values.items():
        if value is None:
            continue
        if channel.type in NUMBER_TYPES:
            why = fault(value)
            if why is not None:
                problems.append(
                    source.problem(
                        where, f"the number {value} cannot be called: {why}", "compare it with where it was seen"
                    )
                )
        elif channel.type in ("chat", "video", "web") and not value.startswith(("https://", "http://")):
            problems.append(
                source.problem(where, f"`{value}` is no web address", "write the whole address with https://")
            )
    return problems


def _one_owner(service: Service, value: str, owners: dict[str, str], source: Source, place: str) -> list[Problem]:
    owner = owners.setdefault(digits(value), service.id)
    if owner == service.id:
        return []
    return [
        source.problem(
            place,
            f"the number {value} is also the number of {owner}",
            "make them one service, or take it from one",
            "warning",
        )
    ]


def _former_as_service(content: Content, owners: dict[str, str]) -> list[Problem]:
    problems = []
    for service in content.services.values():
        for channel in service.channels:
            owner = owners.get(digits(channel.former.value)) if channel.former else None
            if owner is not None and owner != service.id:
                file = content.files[("service", owner)]
                problems.append(
                    file.problem(
                        (),
                        f"the number is the former number of {service.id}, so this is no service of its own",
                        f"delete this file; {service.id} shows both numbers",
                    )
                )
    return problems


def _day(checked: Checked | None) -> dt.date | None:
    return None if checked is None else checked.date
