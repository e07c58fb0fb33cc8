"""The directory in the words of Open Referral HSDS 3.0. Pure: content in, plain records out. Texts are Swedish, the source language.

Left out on purpose: addresses, coordinates and travel hints of every confidential service, and any number nobody has seen. Ids are UUIDv5
of our own ids, so that they stay the same from release to release and in every copy.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from babel import Locale

from api.service_view import shown, unchecked
from content.load import Content
from content.models import Channel, Hours, Service
from content.models.vocabulary import NUMBER_TYPES, WEEKDAYS
from content.phone import e164

NAMESPACE = uuid.UUID("5d0f3a52-6c1f-5a4e-9a77-3b1c2d8e4f60")
Record = dict[str, Any]
_STATUS = {"active": "active", "unknown": "active", "period": "inactive", "ended": "defunct"}
_REMOTE = ("phone", "sms", "text_phone", "chat", "video", "web")
_DAYS = dict(zip(WEEKDAYS, ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))
#: HSDS lets a phone say what it is in these words.
_PHONE_TYPES = {"phone": "voice", "sms": "sms", "text_phone": "textphone"}
#: The columns of the CSV, those of HSDS' services.csv that we have.
COLUMNS = (
    "id", "organization_id", "name", "alternate_name", "description", "url", "status", "interpretation_services", "application_process",
    "fees_description", "eligibility_description", "minimum_age", "maximum_age", "assured_date", "alert",
)  # fmt: skip


def hsds_id(kind: str, *names: str) -> str:
    """The stable id of a thing: its kind, and what tells it from others of its kind."""
    return str(uuid.uuid5(NAMESPACE, "/".join((kind, *names))))


def organizations(content: Content) -> list[Record]:
    """Every organisation that runs a service, by name."""
    names = sorted({service.organization for service in content.services.values()})
    return [_organization(name) for name in names]


def services(content: Content) -> list[Record]:
    """Every service with its one-to-one fields, by our own id."""
    return [service_record(content.services[key], content) for key in sorted(content.services)]


def service_record(service: Service, content: Content) -> Record:
    """One service without what hangs on it, with the name of its organisation."""
    labels = next((channel.labels for channel in service.channels if channel.labels), None)
    return _without_gaps({
        "id": hsds_id("service", service.id),
        "organization_id": hsds_id("organization", service.organization),
        "name": service.name,
        "alternate_name": "; ".join(service.alternate_names) or None,
        "description": f"{service.summary} {service.description}".strip(),
        "url": service.url,
        "status": _STATUS[service.status],
        "interpretation_services": {"yes": "Tolk går att få.", "no": "Ingen tolk."}.get(labels.interpreter) if labels else None,
        "application_process": service.way_in,
        "fees_description": service.cost,
        "eligibility_description": service.eligibility,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "assured_date": service.checked.date.isoformat() if service.checked else None,
        "alert": content.phrases["service.unverified"] if unchecked(service) else None,
        "organization": _organization(service.organization),
    })  # fmt: skip


def full_service(service: Service, content: Content) -> Record:
    """One service with phones, hours, languages, areas and locations."""
    return {
        **service_record(service, content),
        "phones": [_phone(service, channel) for channel in service.channels if channel.type in NUMBER_TYPES and channel.value],
        "schedules": [schedule for channel in service.channels for schedule in _schedules(service, channel)],
        "service_areas": [_area(service, area, content) for area in service.areas],
        "languages": [_language(tag, "service", service.id) for tag in service.languages],
        "service_at_locations": [_without(record, "service") for record in at_locations(service, content)],
    }


def all_at_locations(content: Content) -> list[Record]:
    """Every service at each place where it is found, by our own ids."""
    return [record for key in sorted(content.services) for record in at_locations(content.services[key], content)]


def at_locations(service: Service, content: Content) -> list[Record]:
    """Where a service is found: by phone and web, and at an address only where that is public and the service is not confidential."""
    places = [_remote(service)] if any(channel.type in _REMOTE for channel in service.channels) or service.url else []
    places += [_physical(service, channel) for channel in service.channels if channel.type == "visit" and channel.value and shown(service, channel)]
    return [
        {
            "id": hsds_id("service_at_location", service.id, place["id"]),
            "service_id": hsds_id("service", service.id),
            "location_id": place["id"],
            "location": place,
            "service": service_record(service, content),
        }
        for place in places
    ]


def _organization(name: str) -> Record:
    return {"id": hsds_id("organization", name), "name": name, "description": name}


def _remote(service: Service) -> Record:
    return _without_gaps({"id": hsds_id("location", service.id, "remote"), "location_type": "virtual", "name": service.name, "url": service.url})


def _physical(service: Service, channel: Channel) -> Record:
    place = hsds_id("location", service.id, str(channel.value))
    return _without_gaps({"id": place, "location_type": "physical", "name": channel.name or service.name, "description": channel.value})


def _phone(service: Service, channel: Channel) -> Record:
    value = str(channel.value)
    return _without_gaps({
        "id": hsds_id("phone", service.id, channel.type, value),
        "service_id": hsds_id("service", service.id),
        "number": e164(value),
        "type": _PHONE_TYPES[channel.type],
        "description": channel.note or channel.name,
        "languages": [_language(tag, "phone", service.id, channel.type, value) for tag in channel.languages],
    })  # fmt: skip


def _schedules(service: Service, channel: Channel) -> Iterable[Record]:
    hours = channel.hours
    if hours is None or not shown(service, channel):
        return
    place = (service.id, channel.type, str(channel.value))
    if hours.state == "unknown":
        return
    for number, (days, opens, closes) in enumerate(_spans(hours)):
        yield _without_gaps({
            "id": hsds_id("schedule", *place, str(number)),
            "service_id": hsds_id("service", service.id),
            "freq": "WEEKLY",
            "wkst": "MO",
            "byday": ",".join(days),
            "opens_at": opens,
            "closes_at": closes,
            "attending_type": channel.type,
            "description": channel.name,
            "notes": hours.note,
        })  # fmt: skip


def _spans(hours: Hours) -> Iterable[tuple[list[str], str, str]]:
    if hours.always:
        yield list(_DAYS.values()), "00:00", "24:00"
    for span in hours.weekly:
        yield [_DAYS[day] for day in span.days], _clock(span.opens), _clock(span.closes)


def _area(service: Service, area: str, content: Content) -> Record:
    district = content.districts.get(area)
    wide = {
        "sverige": ("Sverige", "country"),
        "stockholms-lan": ("Stockholms län", "region"),
        "stockholms-stad": ("Stockholms stad", "municipality"),
    }
    name, extent = wide.get(area, (district.name if district else area, "district"))
    return {
        "id": hsds_id("service_area", service.id, area),
        "service_id": hsds_id("service", service.id),
        "name": name,
        "extent_type": extent,
    }


def _language(tag: str, *owner: str) -> Record:
    name = Locale.parse("sv").languages.get(tag.replace("-", "_"), tag)
    return {"id": hsds_id("language", *owner, tag), "name": str(name), "code": tag}


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _without_gaps(record: Record) -> Record:
    """HSDS knows no null: what is not known is not there."""
    return {name: value for name, value in record.items() if value is not None}


def _without(record: Record, name: str) -> Record:
    return {key: value for key, value in record.items() if key != name}
