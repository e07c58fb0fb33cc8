"""Service cards and the list of districts: what of the directory is shown, and the templates that show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup
from site_context import STATE_NUMBERS, PageState, Site
from site_performance import show
from site_report import LEFT, read_report
from site_words import said_date, weekly_lines

from content.models import Channel, District, Hours, Service
from content.models.base import earliest
from content.phone import digits, national, sms_uri, uri

LABELS = ("free", "on_bill", "in_call_log", "anonymous", "reports_children", "register_first", "face_visible", "interpreter")


@dataclass(frozen=True)
class When:
    """A date as it is shown, and as a machine reads it (None: the text bore no date)."""

    said: str
    machine: str | None


@dataclass(frozen=True)
class Way:
    """One way to reach a service: a number, a chat, a place."""

    type: str
    href: str | None
    shown: str
    channel: Channel
    former: str | None
    week: list[tuple[str, str]]
    seen: When | None
    checked: When | None


class Cards:
    """Renders cards with the theme's templates, and tells the page what was shown in it."""

    def __init__(self, site: Site, environment: Environment) -> None:
        self.site = site
        self.environment = environment

    def service(self, service: Service, state: PageState, level: int) -> Markup:
        """The card of a service. Numbers that nobody has tried yet are noted in `state`."""
        ways = [self._way(channel) for channel in service.channels if channel.type != "web"]
        if any(unchecked(channel) for channel in service.channels):
            state.unchecked_numbers = True
        others = [other for name in service.see if (other := self.site.content.services.get(name)) is not None]
        substitutes = [] if any(way.href for way in ways) else [other for other in others if other.phone is not None][:1]
        if any(unchecked(other.phone) for other in substitutes if other.phone is not None):
            state.unchecked_numbers = True
        self._note_language(service, state)
        labels, unknown = _labels(service)
        spoken = [way for way in ways if way.type != "visit"]
        timed = _timed(spoken)
        return self._render(
            "partials/service.html", service=service, ways=ways, timed=timed, level=level, labels=labels, unknown=unknown,
            substitutes=substitutes, seen=_newest(ways) or self._when(service.text_date), nth=state.services, period=self._period(service),
        )  # fmt: skip

    def districts(self, state: PageState, level: int) -> Markup:
        """The list of districts, each with its team (RVT) and centre (RVC)."""
        rows = [_Row(district, self._of(district.rvt), self._of(district.rvc.service)) for district in self.site.content.districts.values()]
        for row in rows:
            if any(unchecked(service.phone) for service in (row.rvt, row.rvc) if service is not None and service.phone is not None):
                state.unchecked_numbers = True
        return self._render("partials/districts.html", level=level, rows=rows)

    def performance(self) -> Markup:
        """What was measured last."""
        return show(self.environment, self.site.locale.tag, lambda msgid: self.site.say("ui", msgid))
    def report(self, part: str) -> Markup:
        """The living safety report (`report`), or of it what a browser keeps of a visit (`traces`)."""
        return self._render(f"partials/{part}.html", report=read_report(), left=LEFT, when=self._when)

    def _render(self, template: str, **values: object) -> Markup:
        html = self.environment.get_template(template).render(number=self.site.number, service_url=self.site.service_url, **values)
        return Markup(html)  # our own template, which escapes what it is given

    def _note_language(self, service: Service, state: PageState) -> None:
        """A card in Swedish, or one that nobody has reviewed, counts for the page's notes as a paragraph does."""
        texts = [self.site.text("services", text) for text in (service.summary, service.description)]
        state.fallbacks += sum(text.locale != self.site.locale.tag for text in texts)
        state.unreviewed += sum(not text.approved for text in texts)

    def _of(self, service_id: str | None) -> Service | None:
        return self.site.content.services.get(service_id) if service_id is not None else None

    def _way(self, channel: Channel) -> Way:
        tag = self.site.locale.tag
        former = channel.former.value if channel.former is not None else None
        week = weekly_lines(channel.hours, tag) if isinstance(channel.hours, Hours) else []
        seen = self._when(channel.seen.text_date) if channel.seen is not None else None
        checked = self._when(channel.checked.date.isoformat()) if channel.checked is not None else None
        value = channel.value or ""
        if channel.type in ("phone", "text_phone"):
            return Way(channel.type, uri(value), national(value), channel, former and national(former), week, seen, checked)
        if channel.type == "sms":
            return Way(channel.type, sms_uri(value), national(value), channel, former, week, seen, checked)
        href = value if channel.type in ("chat", "video") else None
        return Way(channel.type, href, value, channel, former, week, seen, checked)

    def _when(self, text_date: str) -> When:
        first = earliest(text_date)
        if first is None:
            return When("", None)
        return When(said_date(text_date, self.site.locale.tag), text_date)

    def _period(self, service: Service) -> tuple[str, str] | None:
        if service.period is None:
            return None
        dates = [service.period.from_, service.period.to]
        first, last = (said_date(date, self.site.locale.tag) if date else "" for date in dates)
        return first, last


@dataclass(frozen=True)
class _Row:
    """A district in the list."""

    district: District
    rvt: Service | None
    rvc: Service | None

    @property
    def names(self) -> str:
        """Every name that leads here, for the field that filters on the device."""
        return "|".join(dict.fromkeys([*self.district.names(), *self.district.shared]))


def stale_services(services: Iterator[Service], today: dt.date, days: int = 365) -> list[str]:
    """The ids of services whose newest date lies further back than `days`: the build says so, the pages show the dates."""
    found = []
    for service in services:
        dates = [earliest(service.text_date)] + [channel.checked.date for channel in service.channels if channel.checked is not None]
        known = [date for date in dates if date is not None]
        if not known or (today - max(known)).days > days:
            found.append(service.id)
    return found


def _labels(service: Service) -> tuple[list[tuple[str, str]], list[str]]:
    """What is known of the first channel that has labels, as (label, yes/no), and which labels nobody knows."""
    channel = next((channel for channel in service.channels if channel.labels is not None), None)
    if channel is None or channel.labels is None:
        return [], []
    values = {name: str(getattr(channel.labels, name)) for name in LABELS}
    known = [(name, value) for name, value in values.items() if value != "unknown"]
    return known, [name for name, value in values.items() if value == "unknown"]


def _timed(ways: list[Way]) -> list[Way]:
    """The ways whose hours are said: one if all have the same (or none has any), else each that has some."""
    known = [way for way in ways if way.channel.hours is not None]
    said = {repr(_times(way.channel.hours)) for way in known if way.channel.hours is not None}
    return known if len(said) > 1 else (known or ways)[:1]


def _times(hours: Hours) -> object:
    return hours.model_dump(exclude={"seen", "checked"})


def _newest(ways: list[Way]) -> When | None:
    dated = [way.seen for way in ways if way.seen is not None and way.seen.machine is not None]
    return max(dated, key=lambda when: when.machine or "", default=None)


def unchecked(channel: Channel) -> bool:
    """Whether a number is shown that nobody has tried yet (112 and 114 14 are the state's own)."""
    if channel.checked is not None or channel.value is None or channel.type not in ("phone", "sms", "text_phone"):
        return False
    return bool(digits(channel.value)) and national(channel.value) not in STATE_NUMBERS
