"""`/api/services`: the directory with its filters, and one service."""

# Annotations are evaluated here, not kept as text: the list of districts is known only when the routes are made.
import datetime as dt
from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import StringConstraints

from api.directory import Question, aware, find
from api.models import ServiceFull, ServiceList, problems
from api.params import Lang, known_lang
from api.problems import Refused
from api.service_view import full_view
from api.words import Words
from content.load import Content
from content.models.vocabulary import LANGUAGES, Audience, Kind
from translations.catalogs import Catalogs

_DAY = (
    r"20[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|20(?:[02468][048]|[13579][26])-02-29"
)
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
#: A moment of this century, with or without seconds and zone. A + of the zone may have become a space on its way through an address.
_MOMENT = rf"^(?:(?:{_DAY})T{_TIME}(?::[0-5][0-9](?:\.[0-9]{{1,6}})?)?(?:Z|[+ -]{_TIME})?)?$"

#: Every filter may be empty, as a form sends it, and then asks nothing. Limits stand inside the unions: not asked of "nothing".
_Empty = Literal[""]
KindQuery = Annotated[Kind | _Empty | None, Query(description="Kind of service.")]
AudienceQuery = Annotated[Audience | _Empty | None, Query(description="Who it is for; services for everyone are found too.")]
AnonymousQuery = Annotated[Literal["yes", "no", "unknown", "true", "false", "1", "0", ""] | None, Query(description="Whether one may be anonymous.")]
LanguageQuery = Annotated[
    Annotated[str, StringConstraints(max_length=20)] | None,
    Query(description="Language that is answered in.", examples=["ar"], json_schema_extra={"enum": ["", *sorted(LANGUAGES)]}),
]
TextQuery = Annotated[Annotated[str, StringConstraints(max_length=100)] | None, Query(description="Words to look for.")]
MomentQuery = Annotated[
    Annotated[str, StringConstraints(pattern=_MOMENT)] | None,
    Query(description="Only what is open at this moment; without a zone, Stockholm's.", examples=["2027-06-25T02:00"]),
]
_ANONYMOUS = {"true": "yes", "1": "yes", "false": "no", "0": "no"}


def services_router(content: Content, catalogs: Catalogs, clock: Callable[[], dt.datetime]) -> APIRouter:
    """The routes, over one directory."""
    router = APIRouter(prefix="/api/services", tags=["directory"])
    districts = {"enum": ["", *content.districts]}

    @router.get("", response_model=ServiceList, responses=problems(422), summary="Services that fit")
    def services(
        kind: KindQuery = None,
        audience: AudienceQuery = None,
        district: Annotated[
            Annotated[str, StringConstraints(max_length=80)] | None,
            Query(description="Id of a district; any name of one is understood.", examples=["farsta"], json_schema_extra=districts),
        ] = None,
        language: LanguageQuery = None,
        anonymous: AnonymousQuery = None,
        open_at: MomentQuery = None,
        q: TextQuery = None,
        lang: Lang = "sv",
    ) -> dict[str, object]:
        """All filters together; a filter left out or empty asks nothing. Emergency first, then what is open."""
        words = Words(known_lang(lang), content, catalogs)
        if language and language not in LANGUAGES:
            raise Refused("invalid", words.lang)
        at = aware(dt.datetime.fromisoformat(open_at.replace(" ", "+"))) if open_at else None
        question = Question(kind or None, audience or None, district or None, language or None, _ANONYMOUS.get(anonymous or "", anonymous) or None, at, q)
        try:
            found = find(question, words, clock())
        except KeyError:
            raise Refused("invalid", words.lang) from None
        return {"services": [full_view(service, at or clock(), words) for service in found], "count": len(found)}

    @router.get("/{service_id}", response_model=ServiceFull, responses=problems(404, 422), summary="One service")
    def service(service_id: str, lang: Lang = "sv") -> dict[str, object]:
        """Everything public of a service, also of one that has ended."""
        words = Words(known_lang(lang), content, catalogs)
        if service_id not in content.services:
            raise Refused("not-found", words.lang)
        return full_view(content.services[service_id], clock(), words)

    return router
