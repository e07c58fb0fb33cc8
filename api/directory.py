"""Which services fit a question, and in which order. Pure: the moment comes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from api.service_view import main_channel, unchecked
from api.words import Words
from content.districts import find_district, fold
from content.hours import STOCKHOLM, state_at
from content.models import Service
from content.models.vocabulary import WIDE_AREAS


@dataclass(frozen=True)
class Question:
    """What is looked for; None leaves a filter out."""

    kind: str | None = None
    audience: str | None = None
    district: str | None = None
    language: str | None = None
    anonymous: str | None = None
    open_at: dt.datetime | None = None
    q: str | None = None


def find(question: Question, words: Words, at: dt.datetime) -> list[Service]:
    """The services that fit, those for whom it is meant first, then those that answer at the moment, checked before unchecked.

    What has ended is not offered. Raises KeyError for a district that does not exist.
    """
    moment = question.open_at or at
    services = [service for service in words.content.services.values() if service.status != "ended"]
    area = _area(question.district, words) if question.district else None
    fitting = [service for service in services if _fits(service, question, area, moment, words)]
    return sorted(fitting, key=lambda service: _order(service, question, moment))


def _order(service: Service, question: Question, moment: dt.datetime) -> tuple[bool, bool, int, bool]:
    meant = question.audience is None or question.audience in service.audience
    return (service.kind != "emergency", not meant, {"open": 0, "unknown": 1, "closed": 2}[_state(service, moment)], unchecked(service))


def _fits(service: Service, question: Question, area: str | None, moment: dt.datetime, words: Words) -> bool:
    return (
        (question.kind is None or service.kind == question.kind)
        and (question.audience is None or bool({question.audience, "everyone"} & set(service.audience)))
        and (area is None or bool({area, *WIDE_AREAS} & set(service.areas)))
        and (question.language is None or question.language in service.languages)
        and (question.anonymous is None or service.anonymous == question.anonymous)
        and (question.open_at is None or _state(service, moment) == "open")
        and (question.q is None or _told(service, question.q, words))
    )


def _area(district: str, words: Words) -> str:
    if district in words.content.districts:
        return district
    found = find_district(district, words.content.districts)
    if found is None:
        raise KeyError(district)
    return found.id


def _state(service: Service, moment: dt.datetime) -> str:
    channel = main_channel(service)
    return state_at(channel.hours if channel else None, moment).state


def _told(service: Service, q: str, words: Words) -> bool:
    """Whether every word of the question stands in the service's names or texts, in Swedish or the reader's language."""
    told = fold(" ".join(_texts(service, words)))
    return all(part in told for part in (fold(word) for word in q.split()) if part)


def _texts(service: Service, words: Words) -> Iterable[str]:
    yield from (service.id, service.name, service.organization, *service.alternate_names)
    for text in (service.summary, service.description, service.eligibility):
        if text:
            yield text
            yield words.catalogs.text(words.lang, "services", text).value


def aware(moment: dt.datetime) -> dt.datetime:
    """A moment without a zone is Stockholm's."""
    return moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)
