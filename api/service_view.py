"""A service as a reader sees it: what it is, how to reach it now, what that costs and reveals. Never an address of a confidential place."""

from __future__ import annotations

import datetime as dt
from typing import Any

from api.hours_words import opening
from api.words import EMERGENCY, Words
from content.models import Channel, Labels, Service
from content.phone import national, sms_uri, uri

#: The state's own numbers, shown without the line that numbers await a check.
STATES_OWN = frozenset({EMERGENCY, "polisen-114-14"})
_NUMBERS = ("phone", "sms", "text_phone")


def short_view(service: Service, at: dt.datetime, words: Words) -> dict[str, Any]:
    """The service as the chat offers it: the contract's fields, what it is for, its labels and its former number."""
    phone, sms, chat = service.phone, _first(service, "sms"), _first(service, "chat")
    main = main_channel(service)
    hours = opening(main.hours if main else None, at, words)
    summary = words.said("services", service.summary)
    view: dict[str, Any] = {
        "id": service.id,
        "name": service.name,
        "summary": summary.plain(),
        "summary_lang": summary.locale,
        "phone": national(phone.value) if phone and phone.value else None,
        "phone_uri": uri(phone.value) if phone and phone.value else None,
        "sms": national(sms.value) if sms and sms.value else None,
        "chat_url": chat.value if chat else None,
        "url": service.url,
        # The list opens the service in place: what stands after # is never sent, so the server does not learn which one was read.
        "page": f"/{words.lang}/hjalp-och-stod/#{service.id}",
        "hours": hours.words,
        "open_now": hours.open_now,
        "languages": service.languages,
        "checked": _checked(main),
        "former": national(phone.former.value) if phone and phone.former else None,
        "labels": labels(main.labels if main else None),
        "way_in": None,
    }
    if not (view["phone"] or view["sms"] or view["chat_url"]):
        view["way_in"] = words.said("services", service.way_in).plain() if service.way_in else words.phrase("service.no_number").plain()
    return view


def full_view(service: Service, at: dt.datetime, words: Words) -> dict[str, Any]:
    """The service with everything that is public of it, each channel by itself."""

    def said(text: str | None) -> str | None:
        return words.said("services", text).plain() if text else None

    return {
        **short_view(service, at, words),
        "kind": service.kind,
        "organization": service.organization,
        "alternate_names": service.alternate_names,
        "status": service.status,
        "description": said(service.description),
        "eligibility": said(service.eligibility),
        "way_in": said(service.way_in),
        "cost": said(service.cost),
        "note": said(service.note),
        "accessibility": [said(line) for line in service.accessibility],
        "audience": list(service.audience),
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "areas": service.areas,
        "anonymous": service.anonymous,
        "confidential": service.confidential,
        "text_date": service.text_date,
        "channels": [_channel(channel, at, words) for channel in service.channels if shown(service, channel)],
    }


def shown(service: Service, channel: Channel) -> bool:
    """Whether a channel may be told: never the visiting address of a confidential service."""
    return not (service.confidential and channel.type == "visit")


def main_channel(service: Service) -> Channel | None:
    """The channel whose hours and labels stand for the service: the phone, else the first that is no web page."""
    spoken = [channel for channel in service.channels if channel.type != "web" and shown(service, channel)]
    return service.phone or (spoken[0] if spoken else None)


def labels(found: Labels | None) -> dict[str, str]:
    """What using a channel costs and reveals; `unknown` stands for what nobody has said."""
    return {name: getattr(found, name) if found else "unknown" for name in Labels.model_fields}


def unchecked(service: Service) -> bool:
    """Whether a number is shown that nobody has tried yet."""
    if service.id in STATES_OWN:
        return False
    return any(channel.type in _NUMBERS and channel.value and channel.checked is None for channel in service.channels)


def _channel(channel: Channel, at: dt.datetime, words: Words) -> dict[str, Any]:
    value, address = channel.value, None
    if value is not None and channel.type in _NUMBERS:
        value, address = national(value), sms_uri(value) if channel.type == "sms" else uri(value)
    elif channel.type in ("chat", "video", "web"):
        address = value
    hours = opening(channel.hours, at, words)
    return {
        "type": channel.type,
        "name": words.said("services", channel.name).plain() if channel.name else None,
        "value": value,
        "uri": address,
        "note": words.said("services", channel.note).plain() if channel.note else None,
        "hours": hours.words,
        "open_now": hours.open_now,
        "languages": channel.languages,
        "labels": labels(channel.labels),
        "former": national(channel.former.value) if channel.former and channel.type in _NUMBERS else None,
        "seen": channel.seen.text_date if channel.seen else None,
        "checked": _checked(channel),
    }


def _checked(channel: Channel | None) -> str | None:
    return channel.checked.date.isoformat() if channel and channel.checked else None


def _first(service: Service, *types: str) -> Channel | None:
    return next((channel for channel in service.channels if channel.type in types), None)
