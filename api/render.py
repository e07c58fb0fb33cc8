"""Puts a language-neutral turn into a reader's words: texts, labels, services, pages. Pure: the moment and the language come in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from api.service_view import short_view, unchecked
from api.words import EMERGENCY, Paragraph, Words, emergency_value
from chatbot.turn import Turn
from content.addresses import address_of
from content.models import Service
from content.phone import national
from translations.locales import KNOWN, LOCALES

#: What can always be tapped, should nothing else be left.
ALWAYS = ("human", "menu")


@dataclass(frozen=True)
class Offer:
    """A choice with its label. `locale` is the label's language."""

    value: str
    label: str
    locale: str


@dataclass(frozen=True)
class Link:
    """A page with its title."""

    title: str
    url: str
    locale: str


@dataclass(frozen=True)
class Reply:
    """A turn in words. JSON and form are both made from this."""

    lang: str
    topic: str
    urgent: bool
    paragraphs: tuple[Paragraph, ...]
    choices: tuple[Offer, ...]
    services: tuple[dict[str, Any], ...]
    pages: tuple[Link, ...]
    suggestions: tuple[str, ...]
    notice: Paragraph | None
    detected: str | None


class Nonsense(Exception):
    """The turn names things that do not exist or says nothing; the message names the field, never its value."""


def render(turn: Turn, words: Words, at: dt.datetime) -> Reply:
    """Give the reply for a turn. Raises Nonsense for a turn that cannot be said."""
    if turn.topic not in words.content.topics or not turn.say:
        raise Nonsense("topic" if turn.say else "say")
    try:
        paragraphs = [paragraph for key in turn.say for paragraph in _texts(key, words)]
    except (KeyError, AttributeError, TypeError, ValueError):
        raise Nonsense("say") from None
    detected = turn.detected if turn.detected in LOCALES and turn.detected != words.lang else None
    services = [words.content.services[name] for name in turn.services if name in words.content.services]
    if turn.urgent:
        paragraphs = _emergency_first(paragraphs, words)
        services = [words.content.services[EMERGENCY], *(service for service in services if service.id != EMERGENCY)]
    viewed = _open_first(services, at, words)
    return Reply(
        lang=words.lang,
        topic=turn.topic,
        urgent=turn.urgent,
        paragraphs=tuple(paragraphs),
        choices=_offers(turn.choices, detected, words),
        services=tuple(viewed),
        pages=tuple(_pages(turn, words)),
        suggestions=tuple(topic for topic in turn.suggestions if topic in words.content.topics),
        notice=words.phrase("numbers.unchecked") if any(unchecked(service) for service in services) else None,
        detected=detected,
    )


def _texts(key: str, words: Words) -> list[Paragraph]:
    kind, _, rest = key.partition(":")
    if kind == "phrase":
        return [words.phrase(rest)]
    if kind == "district":
        return district_texts(rest, words)
    if kind != "answer":
        raise KeyError(kind)
    topic, _, part = rest.partition(":")
    if part == "short":
        return words.answer(topic, "messages")[:1]
    texts = words.answer(topic, part or "messages")
    return texts or words.answer(topic, "messages")


def district_texts(district_id: str, words: Words) -> list[Paragraph]:
    """Which team and centre serve a district; where no source names the centre, the words say so."""
    district = words.content.districts[district_id]
    centre = district.rvc.service or "rvc"
    found = words.phrase("district.found", district=district.name, rvt=words.name(district.rvt), rvc=words.name(centre))
    return [found] if district.rvc.confirmed else [found, words.phrase("district.rvc_unconfirmed")]


def _emergency_first(paragraphs: list[Paragraph], words: Words) -> list[Paragraph]:
    """In danger the first words name the emergency number, whichever turn of the conversation this is."""
    number = re.escape(national(emergency_value(words.content.services)))
    named = re.search(rf"(?<!\d){number}(?!\d)", paragraphs[0].plain())
    return paragraphs if named else [words.phrase("emergency.still"), *paragraphs]


def _open_first(services: list[Service], at: dt.datetime, words: Words) -> list[dict[str, Any]]:
    """Keeps the order of what helps best; among services of the same kind those that answer now come before the closed ones."""
    viewed = [(service.kind, short_view(service, at, words)) for service in services]
    ordered = list(viewed)
    for kind in {kind for kind, _ in viewed}:
        places = [place for place, (other, view) in enumerate(viewed) if other == kind and view["id"] != EMERGENCY]
        equals = sorted((viewed[place] for place in places), key=lambda entry: entry[1]["open_now"] is False)
        for place, entry in zip(places, equals, strict=True):
            ordered[place] = entry
    return [view for _, view in ordered]


def _offers(values: Iterable[str], detected: str | None, words: Words) -> tuple[Offer, ...]:
    wanted = [f"lang:{detected}"] if detected else []
    found = [offer for value in dict.fromkeys([*wanted, *values]) if (offer := offer_of(value, words)) is not None]
    if not found:
        found = [offer for value in ALWAYS if (offer := offer_of(value, words)) is not None]
    return tuple(found)


def offer_of(value: str, words: Words) -> Offer | None:
    """A choice with its label; None for one that has no words or is no choice to tap."""
    kind, _, rest = value.partition(":")
    if kind == "district" and rest in words.content.districts:
        return Offer(value, words.content.districts[rest].name, "sv")
    if kind == "lang":
        if rest not in LOCALES:
            return None
        # The label is for somebody who may not read the page's language: it stands in the language it leads to.
        there = Words(rest, words.content, words.catalogs).phrase("choice.lang", language=KNOWN[rest].name)
        return Offer(value, there.plain(), there.locale)
    key = f"menu.group.{rest}" if kind == "menu" and rest else f"choice.{value}"
    if key not in words.content.phrases or kind == "page":
        return None
    said = words.phrase(key)
    return Offer(value, said.plain(), said.locale)


def _pages(turn: Turn, words: Words) -> list[Link]:
    keys = [*turn.pages, *(value.removeprefix("page:") for value in turn.choices if value.startswith("page:"))]
    return [page_link(key, words) for key in dict.fromkeys(keys) if key in words.content.pages]


def page_link(key: str, words: Words) -> Link:
    """A page of the site by its key. Raises KeyError for one that does not exist."""
    title = words.catalogs.text(words.lang, "pages", words.content.pages[key].title)
    return Link(title.value, page_url(words.lang, key), title.locale)


def page_url(lang: str, key: str) -> str:
    """Where site/ puts a page: `/sv/` for the start page, `/sv/hjalp/akut/` for others."""
    return f"/{lang}/" if key == "start" else f"/{lang}/{address_of(key)}/"
