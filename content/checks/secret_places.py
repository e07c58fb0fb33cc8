"""No address of a place that must stay secret: a shelter's street in the wrong hands can cost a life."""

from __future__ import annotations

import re

from content.errors import Problem
from content.load import Content
from content.models import Service
from content.models.vocabulary import WIDE_AREAS

_STREET_END = r"(?:gatan|gata|vägen|gränd|gränden|torget|torg|allén|stigen|backen|leden|esplanaden|kajen|plan)"
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a street", re.compile(rf"\b[A-ZÅÄÖ][\wåäöé]*{_STREET_END}\b|\b\w+{_STREET_END}\s+\d+\s*[A-Z]?\b", re.UNICODE)),
    ("a street", re.compile(rf"\b[A-ZÅÄÖ][\wåäöé]+s?\s+{_STREET_END}\s+\d+")),
    ("a postcode", re.compile(r"(?<![\d-])(?:SE-)?[1-9]\d{2}\s\d{2}(?!\s?\d)|\bpostnummer\b", re.IGNORECASE)),
    ("a coordinate", re.compile(r"\b[5-6]\d[.,]\d{3,}\b|\b1\d[.,]\d{4,}\b|°")),
    ("a map", re.compile(r"\bkarta[n]?\b|\bmaps?\.|openstreetmap|google\.\w+/maps|\bgeo:", re.IGNORECASE)),
    (
        "a travel hint",
        re.compile(
            r"tunnelban|pendeltåg|spårvagn|\bbuss(?:en|ar|linje|hållplats)?\b|hållplats|\bhitta hit\b|parkering",
            re.IGNORECASE,
        ),
    ),
    ("a picture", re.compile(r"\.(?:jpe?g|png|webp|gif|svg)\b", re.IGNORECASE)),
)


def place_sign(text: str) -> str | None:
    """What in the text could lead to a place (`a street`, `a postcode` …), or None. For built files as well as for
    sources."""
    return next((sign for sign, pattern in _SIGNS if pattern.search(text)), None)


def check(content: Content) -> list[Problem]:
    """Every field of confidential services; and shelters must not give an address at all."""
    problems: list[Problem] = []
    for service in content.services.values():
        if service.confidential:
            problems += _confidential(content, service)
        elif service.kind == "shelter-referral":
            problems += _addresses(
                content,
                service,
                "a shelter must never show an address",
                "take the address away and write confidential: true",
            )
    return problems


def _confidential(content: Content, service: Service) -> list[Problem]:
    source = content.files[("service", service.id)]
    problems = _addresses(content, service, "the service is confidential but has an address", "write value: null")
    texts = {
        **service.public_texts(),
        "name": service.name,
        "organization": service.organization,
        "url": service.url or "",
    }
    texts |= {f"alternate_names.{index}": name for index, name in enumerate(service.alternate_names)}
    texts |= {f"verify.{index}": line for index, line in enumerate(service.verify)}
    for place, text in texts.items():
        sign = place_sign(text)
        if sign is not None:
            problems.append(
                source.problem(
                    place, f"the service is confidential but this holds {sign}", "take it away, from all texts"
                )
            )
    for index, area in enumerate(service.areas):
        if area not in WIDE_AREAS:
            problems.append(
                source.problem(
                    f"areas.{index}",
                    f"the service is confidential but its area says {area}",
                    f"write one of {', '.join(sorted(WIDE_AREAS))}",
                )
            )
    return problems


def _addresses(content: Content, service: Service, what: str, mend: str) -> list[Problem]:
    source = content.files[("service", service.id)]
    return [
        source.problem(f"channels.{index}.value", what, mend)
        for index, channel in enumerate(service.channels)
        if channel.type == "visit" and channel.value
    ]
