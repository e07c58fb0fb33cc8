"""The lists of the directory: every service once by need, and the same services by each choice a reader may make. No wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import get_args

from site_directory_needs import GROUPS, Needs
from site_directory_view import ServiceView

from content.load import Content
from content.models import District, Service
from content.models.vocabulary import WIDE_AREAS, Audience, ChannelType

#: The ways of contact one may ask for; a web page is no contact.
CHANNELS: tuple[str, ...] = tuple(one for one in get_args(ChannelType) if one != "web")
AUDIENCE: tuple[str, ...] = tuple(one for one in get_args(Audience) if one != "everyone")
#: Stands last among the languages: an interpreter can be had.
INTERPRETER = "tolk"
#: The pages with one kind of choice each, in the order in which they are offered.
FACETS = ("behov", "vem", "sprak", "stadsdel", "kontakt", "anonym", "oppet")


@dataclass(frozen=True)
class Entry:
    """A service in the list. `filter`: what the choices ask for, as words: t-topic w-audience l-language d-area c-channel a-anonymous."""

    service: Service
    filter: str
    hours: str
    old: bool
    after: str
    number: str | None

    @property
    def id(self) -> str:
        """The service's id."""
        return self.service.id


@dataclass(frozen=True)
class Group:
    """A heading of the list with its services."""

    id: str
    entries: list[Entry]


@dataclass(frozen=True)
class Choices:
    """What the form offers: only what some service answers to."""

    topics: list[tuple[str, list[str]]]
    audience: list[str]
    languages: list[str]
    districts: list[District]
    channels: list[str]


@dataclass(frozen=True)
class Value:
    """One value of a choice with its services."""

    id: str
    services: list[Service]


def languages_of(service: Service) -> list[str]:
    """The languages a service answers in, and `tolk` where an interpreter can be had."""
    tolk = any(channel.labels is not None and channel.labels.interpreter == "yes" for channel in service.channels)
    return [*service.languages, *([INTERPRETER] if tolk else [])]


def groups_of(found: Needs, views: dict[str, ServiceView]) -> list[Group]:
    """The whole list, each service once."""
    by_service: dict[str, list[str]] = {}
    for topic, names in found.topics.items():
        for name in names:
            by_service.setdefault(name, []).append(topic)
    return [Group(group, [_entry(views[service.id], by_service.get(service.id, [])) for service in members]) for group, members in found.main.items()]


def _entry(view: ServiceView, topics: list[str]) -> Entry:
    service = view.service
    asked: Iterable[tuple[str, Iterable[str]]] = (
        ("t", topics),
        ("w", service.audience),
        ("l", languages_of(service)),
        ("d", ["alla"] if WIDE_AREAS & set(service.areas) else service.areas),
        ("c", dict.fromkeys(channel.way.type for channel in view.channels)),
        ("a", [service.anonymous]),
    )
    words = " ".join(f"{kind}-{value}" for kind, values in asked for value in values)
    number = next((way.channel.value for way in view.numbers if way.type == "phone"), None)
    return Entry(service, words, view.hours, view.age.old, view.age.after, number or next((way.channel.value for way in view.numbers), None))


def choices_of(content: Content, found: Needs) -> Choices:
    """What the form offers."""
    services = found.listed
    return Choices(
        topics=[(group, here) for group, topics in GROUPS.items() if (here := [topic for topic in topics if found.topics.get(topic)])],
        audience=[one for one in AUDIENCE if any(one in service.audience for service in services)],
        languages=_languages(services),
        districts=sorted(content.districts.values(), key=lambda district: district.name),
        channels=[one for one in CHANNELS if any(channel.type == one for service in services for channel in service.channels)],
    )


def facet_values(facet: str, content: Content, found: Needs, views: dict[str, ServiceView]) -> list[Value]:
    """The values of one choice with the services for each."""
    services = found.listed
    choices = choices_of(content, found)

    def by(values: Iterable[str], fits: Callable[[Service, str], bool]) -> list[Value]:
        made = [Value(value, [service for service in services if fits(service, value)]) for value in values]
        return [value for value in made if value.services]

    if facet == "behov":
        return [Value(topic, [content.services[name] for name in found.topics[topic]]) for _, topics in choices.topics for topic in topics]
    if facet == "vem":
        return by(["everyone", *choices.audience], lambda service, value: value in service.audience)
    if facet == "sprak":
        return by(choices.languages, lambda service, value: value in languages_of(service))
    if facet == "stadsdel":
        near = {district.id: {district.rvt, district.rvc.service, district.administration} for district in choices.districts}
        return by(near, lambda service, value: value in service.areas or service.id in near[value])
    if facet == "kontakt":
        return by(choices.channels, lambda service, value: any(channel.way.type == value for channel in views[service.id].channels))
    if facet == "anonym":
        return by(("yes", "unknown", "no"), lambda service, value: service.anonymous == value)
    return by(("always", "known", "unknown"), lambda service, value: _open(views[service.id]) == value)


def _open(view: ServiceView) -> str:
    return {"": "unknown", "always": "always"}.get(view.hours, "known")


def _languages(services: Iterable[Service]) -> list[str]:
    found = dict.fromkeys(tag for service in services for tag in languages_of(service))
    return [*sorted(tag for tag in found if tag != INTERPRETER), *([INTERPRETER] if INTERPRETER in found else [])]
