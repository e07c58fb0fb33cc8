"""What the directory's templates see of a service: its ways with hours and labels, its age, where it leads on, what it rests on. No wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from urllib.parse import unquote, urlsplit

from jinja2 import Environment
from site_cards import LABELS, Cards, Way, When, unchecked
from site_context import DIRECTORY as KEY
from site_context import Site, page_url
from site_directory_age import Age, age_of, service_age
from site_directory_hours import Window, encoded

from content.checks.secret_places import place_sign
from content.freshness import facts
from content.models import Channel, Service
from translations.locales import SOURCE

#: Names below KEY that are no service.
RESERVED = frozenset({"urval"})
#: The documents that a service's file names by their file name. Titles of documents are not translated.
SEEDS = {
    "000": "Stockholms stad: svar på interpellation, 8 december 2021 (KS 2021/1512)",
    "001": "Stockholms stad: socialnämndens kvalitetsgranskning, 2 december 2019 (3.4.1-496/2019)",
    "002": "Stockholms stad: svar på skrivelse, september 2022 (1.3.1-297/2022)",
    "003": "Stockholms stad: utvecklingsmedel för 2018, 17 april 2018",
    "004": "Stadsrevisionen i Stockholm: rapport 1/2024, 11 juni 2024",
}


@dataclass(frozen=True)
class ChannelView:
    """A way to reach the service. `labels`: all eight with yes, no or unknown. `hours`: the open spans for the browser ("" not known)."""

    way: Way
    hours: str
    labels: list[tuple[str, str]]
    age: Age
    unchecked: bool


@dataclass(frozen=True)
class Source:
    """What a fact rests on; `url` is None for a document without an address of its own. `title` is None for what other bodies hold."""

    title: str | None
    url: str | None


@dataclass(frozen=True)
class ServiceView:
    """A service as its page shows it."""

    service: Service
    url: str
    card_url: str
    channels: list[ChannelView]
    hours: str
    age: Age
    text_seen: When
    text_checked: When | None
    text_age: Age
    period: tuple[str, str] | None
    see: list[Service]
    parts: list[Service]
    substitutes: list[Service]
    sources: list[Source]
    fallbacks: int
    unreviewed: int
    unchecked_numbers: bool

    @property
    def id(self) -> str:
        """The service's id."""
        return self.service.id

    @property
    def free(self) -> str:
        """What the labels say of the price: yes if every way is free, no if one is not, else unknown."""
        said = {value for view in self.channels for name, value in view.labels if name == "free"}
        return "no" if "no" in said else "yes" if said == {"yes"} else "unknown"

    @property
    def numbers(self) -> list[Way]:
        """Every number that can be dialled or written to."""
        return [view.way for view in self.channels if view.way.type in ("phone", "sms", "text_phone") and view.way.href]


def service_key(service_id: str) -> str:
    """The key of a service's page, for addresses."""
    return f"{KEY}/{service_id}"


class Views(Cards):
    """Makes views of services in one language, on top of what the cards of the pages show."""

    def __init__(self, site: Site, environment: Environment, window: Window) -> None:
        super().__init__(site, environment)
        self.window = window
        self._parts: dict[str, list[Service]] = {}
        for service in site.content.services.values():
            if service.part_of is not None:
                self._parts.setdefault(service.part_of, []).append(service)

    def view(self, service: Service) -> ServiceView:
        """Everything a page may show. The visiting address of a confidential service is never among it."""
        services = self.site.content.services
        channels = [self._channel(service, index, channel) for index, channel in enumerate(service.channels) if shown(service, channel)]
        see = [services[name] for name in service.see if name in services]
        whole = [services[service.part_of]] if service.part_of in services else []
        parts = self._parts.get(service.id, [])
        reachable = any(view.way.href for view in channels)
        substitutes = [] if reachable else [other for other in see if other.phone is not None][:1]
        texts = [self.site.text("services", text) for text in service.public_texts().values()]
        checked = self._when(service.checked.date.isoformat()) if service.checked is not None else None
        first = next((view.hours for view in channels if view.way.type == "phone"), None)
        return ServiceView(
            service=service,
            url=self.site.service_url(service.id),
            card_url=self.site.url(f"{service_key(service.id)}/kort"),
            channels=channels,
            hours=first if first is not None else next((view.hours for view in channels if view.way.type != "web"), ""),
            age=service_age(service, self.window.aged),
            text_seen=self._when(service.text_date),
            text_checked=checked,
            text_age=age_of([fact for fact in facts(service) if fact.what == "texts"], self.window.aged),
            period=self._period(service),
            see=list({other.id: other for other in [*see, *whole] if other.id != service.id}.values()),
            parts=parts,
            substitutes=substitutes,
            sources=_sources(service),
            fallbacks=sum(text.locale != self.site.locale.tag for text in texts),
            unreviewed=sum(not text.approved for text in texts),
            unchecked_numbers=any(unchecked(channel) for channel in service.channels) or any(unchecked(cast(Channel, other.phone)) for other in substitutes),
        )

    def _channel(self, service: Service, index: int, channel: Channel) -> ChannelView:
        found = [fact for fact in facts(service) if fact.place in (f"channels.{index}.value", f"channels.{index}.hours")]
        labels = [(name, str(getattr(channel.labels, name))) for name in LABELS] if channel.labels is not None else []
        return ChannelView(
            way=self._way(channel),
            hours=encoded(channel.hours, self.window),
            labels=labels,
            age=age_of([fact for fact in found if fact.what == "number" or fact.what == "address"], self.window.aged),
            unchecked=unchecked(channel),
        )


def shown(service: Service, channel: Channel) -> bool:
    """Whether a channel may be told: never a visit to a confidential service."""
    return not (service.confidential and channel.type == "visit")


def page_of(site: Site, view: ServiceView) -> dict[str, object]:
    """What the shared templates ask of a page: its notes, its Swedish fellow."""
    return {
        "is_source": site.locale.is_source,
        "fallbacks": view.fallbacks,
        "reviewed": not view.unreviewed,
        "unchecked_numbers": view.unchecked_numbers,
        "source_url": page_url(SOURCE, service_key(view.id)),
        "home": site.url("start"),
    }


def _sources(service: Service) -> list[Source]:
    """The sources once each. For a confidential service those that could lead to its place are left out."""
    named = [name for channel in service.channels if shown(service, channel) and channel.seen for name in channel.seen.sources]
    found = {_source(name): None for name in [*named, *service.sources] if not (service.confidential and place_sign(unquote(name)))}
    return list(found)


def _source(name: str) -> Source:
    if name.startswith(("https://", "http://")):
        pieces = urlsplit(name)
        path = unquote(pieces.path).rstrip("/")
        return Source(f"{pieces.netloc.removeprefix('www.')}{path if len(path) < 60 else path[:57] + '…'}", name)
    if name.startswith("third-party-file:"):
        return Source(None, None)
    return Source(SEEDS.get(name.split("_", 1)[0], name), None)
