"""Which services answer which need, and the order in which they are shown. Pure, from content/topics.yaml and `see` of the services."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from site_directory_age import service_age

from content.load import Content
from content.models import Service

#: The groups of the menu, as content/answers/_phrases.yaml names them (`menu.group.…`), each with its topics.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "danger": ("emergency_now", "suicidal", "rape_recent", "child_self"),
    "talk": ("fri_yta", "what_is_violence", "digital_violence", "health_care", "human", "language_help"),
    "shelter_home": ("shelter", "leave_plan", "housing_later", "protected_identity"),
    "law_money": ("police_report", "legal_process", "economic_violence", "immigration_status"),
    "family": ("children_affected", "worried_other"),
    "me": ("honour", "young_relationship", "disability_access", "older_person", "men_victim", "lgbtqi", "trafficking_sex", "addiction"),
    "change": ("perpetrator",),
    "practical": ("find_service", "how_it_works", "cost"),
    "work": ("professional", "programme"),
}  # fmt: skip
#: Where a service stands that no topic leads to, by its kind.
_BY_KIND = {"professional-resource": "work", "programme": "work", "legal": "law_money", "housing": "shelter_home", "youth": "me"}
_OTHERWISE = "practical"
#: How the bot leads to a service, the straightest way first.
WAYS = ("offers", "district", "page", "see")
_CARD = re.compile(r"\{\{\s*(?:service|phone)\(\"([^\"]+)\"")


@dataclass(frozen=True)
class Needs:
    """`topics`: for each topic the ids it leads to. `main`: for each group the services that stand in it. `listed`: every service in order."""

    topics: dict[str, list[str]]
    main: dict[str, list[Service]]
    listed: list[Service]


def needs(content: Content, day: dt.date) -> Needs:
    """The directory by need. What ended is in no list; what is not verified comes after what is."""
    offered = {service.id: service for service in content.services.values() if service.status != "ended"}
    found = reach(content)
    topics = {
        topic: [name for name, ways in found.items() if topic in ways and name in offered]
        for group in GROUPS.values()
        for topic in group
        if topic in content.topics
    }
    order = ranks(list(offered.values()), day)
    for topic, names in topics.items():
        names.sort(key=lambda name: (order[name][:3], WAYS.index(found[name][topic]), _place(content, topic, name)))
    main: dict[str, list[Service]] = {group: [] for group in GROUPS}
    for service in offered.values():
        main[_group(content, service, found[service.id])].append(service)
    groups = {group: sorted(members, key=lambda service: order[service.id]) for group, members in main.items() if members}
    return Needs(topics, groups, sorted(offered.values(), key=lambda service: order[service.id]))


def reach(content: Content) -> dict[str, dict[str, str]]:
    """For each service the topics by which the bot leads to it, and how: `offers` it itself, offers it to who names a `district` (a centre,
    RVC, in the place of all of them), has it on a `page` it names, or offers a service that names it (`see`). Asked in this order, the later
    ways only for services that no topic offers."""
    topics = [content.topics[topic] for group in GROUPS.values() for topic in group if topic in content.topics]
    ways: dict[str, dict[str, str]] = {name: {} for name in content.services}
    for topic in topics:
        for name in topic.offers:
            if name in ways:
                ways[name][topic.id] = "offers"
    orphans = {name for name, found in ways.items() if not found}
    centres = {district.rvc.service for district in content.districts.values()}
    shown = {key: set(_CARD.findall(page.body)) for key, page in content.pages.items()}
    for topic in topics:
        for name in orphans:
            if name in centres and "rvc" in topic.offers:
                ways[name][topic.id] = "district"
            elif any(name in shown.get(key, ()) for key in topic.pages):
                ways[name][topic.id] = "page"
            elif any(name in content.services[offer].see for offer in topic.offers if offer in content.services):
                ways[name][topic.id] = "see"
    return ways


def ranks(services: list[Service], day: dt.date) -> dict[str, tuple[bool, bool, bool, str]]:
    """How services of one list are ordered: emergency first, verified before not verified, those that surely exist, then by name."""
    return {
        service.id: (service.kind != "emergency", service_age(service, day).old, service.status in ("unknown", "period"), service.name.lower())
        for service in services
    }


def _place(content: Content, topic: str, name: str) -> int:
    offers = content.topics[topic].offers
    return offers.index(name) if name in offers else len(offers)


def _group(content: Content, service: Service, ways: Mapping[str, str]) -> str:
    """The group to which it matters most: where topics offer it most often and earliest. "So it works" takes what no other group claims."""
    if not ways:
        return _BY_KIND.get(service.kind, _OTHERWISE)
    if service.kind in ("professional-resource", "programme") and "offers" not in ways.values():
        return "work"
    weights = {
        group: sum(1 / (1 + _place(content, topic, service.id)) for topic in members if topic in ways) * (0.1 if group == _OTHERWISE else 1)
        for group, members in GROUPS.items()
    }
    return max(weights, key=lambda group: weights[group])
