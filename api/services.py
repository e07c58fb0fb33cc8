"""`/api/services`: the directory with its filters, and one service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BeforeValidator

from api.directory import Question, aware, find
from api.models import Answered, ServiceFull, ServiceList, problems
from api.params import Lang, known_lang
from api.problems import Refused
from api.service_view import full_view
from api.words import Words
from content.load import Content
from content.models.vocabulary import LANGUAGES, Audience, Kind
from translations.catalogs import Catalogs


def _label(value: object) -> object:
    return {"true": "yes", "1": "yes", "false": "no", "0": "no"}.get(value.lower(), value) if isinstance(value, str) else value


def _empty(value: object) -> object:
    """A form sends empty fields for filters that are not set."""
    return None if value == "" else value


AnonymousQuery = Annotated[Answered | None, BeforeValidator(_label), BeforeValidator(_empty), Query(description="Whether one may be anonymous.")]
LanguageQuery = Annotated[str | None, BeforeValidator(_empty), Query(max_length=20, description="Language that is answered in.", examples=["ar"])]
DistrictQuery = Annotated[str | None, BeforeValidator(_empty), Query(max_length=80, description="Id of a district, or any name of one.", examples=["farsta"])]
TextQuery = Annotated[str | None, BeforeValidator(_empty), Query(max_length=100, description="Words to look for.")]
MomentQuery = Annotated[
    dt.datetime | None,
    BeforeValidator(_empty),
    Query(description="Only what is open at this moment; without a zone, Stockholm's.", examples=["2027-06-25T02:00"]),
]


def services_router(content: Content, catalogs: Catalogs, clock: Callable[[], dt.datetime]) -> APIRouter:
    """The routes, over one directory."""
    router = APIRouter(prefix="/api/services", tags=["directory"])

    @router.get("", response_model=ServiceList, responses=problems(422), summary="Services that fit")
    def services(
        kind: Annotated[Kind | None, BeforeValidator(_empty)] = None,
        audience: Annotated[Audience | None, BeforeValidator(_empty)] = None,
        district: DistrictQuery = None,
        language: LanguageQuery = None,
        anonymous: AnonymousQuery = None,
        open_at: MomentQuery = None,
        q: TextQuery = None,
        lang: Lang = "sv",
    ) -> dict[str, object]:
        """All filters together; a filter left out or empty asks nothing. Emergency first, then what is open."""
        words = Words(known_lang(lang), content, catalogs)
        if language is not None and language not in LANGUAGES:
            raise Refused("invalid", words.lang)
        moment = _moment(open_at, words.lang)
        question = Question(kind, audience, district, language, anonymous, moment, q)
        try:
            found = find(question, words, clock())
        except KeyError:
            raise Refused("invalid", words.lang) from None
        at = moment or clock()
        return {"services": [full_view(service, at, words) for service in found], "count": len(found)}

    @router.get("/{service_id}", response_model=ServiceFull, responses=problems(404, 422), summary="One service")
    def service(service_id: str, lang: Lang = "sv") -> dict[str, object]:
        """Everything public of a service, also of one that has ended."""
        words = Words(known_lang(lang), content, catalogs)
        if service_id not in content.services:
            raise Refused("not-found", words.lang)
        return full_view(content.services[service_id], clock(), words)

    return router


def _moment(given: dt.datetime | None, lang: str) -> dt.datetime | None:
    """The moment asked for, if it lies in years whose holidays are known."""
    if given is None:
        return None
    if not 2000 <= given.year <= 2100:
        raise Refused("invalid", lang)
    return aware(given)
