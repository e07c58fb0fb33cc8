"""`/api/districts`: the districts, each with its team (RVT) and, where a source names it, its centre (RVC)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from fastapi import APIRouter

from api.models import DistrictList, DistrictOut, problems
from api.params import Lang, known_lang
from api.problems import Refused
from api.service_view import short_view
from api.words import Words
from content.load import Content
from content.models import District
from translations.catalogs import Catalogs


def districts_router(content: Content, catalogs: Catalogs, clock: Callable[[], dt.datetime]) -> APIRouter:
    """The routes, over one directory."""
    router = APIRouter(prefix="/api/districts", tags=["directory"])

    @router.get("", response_model=DistrictList, responses=problems(422), summary="All districts")
    def districts(lang: Lang = "sv") -> dict[str, object]:
        """All districts. The lookup by name runs on the reader's device, so that nobody learns where somebody lives."""
        words, at = Words(known_lang(lang), content, catalogs), clock()
        return {"districts": [_view(one, words, at) for one in content.districts.values()], "count": len(content.districts)}

    @router.get("/{district_id}", response_model=DistrictOut, responses=problems(404, 422), summary="One district")
    def district(district_id: str, lang: Lang = "sv") -> dict[str, object]:
        """One district by its id."""
        words = Words(known_lang(lang), content, catalogs)
        if district_id not in content.districts:
            raise Refused("not-found", words.lang)
        return _view(content.districts[district_id], words, clock())

    return router


def _view(district: District, words: Words, at: dt.datetime) -> dict[str, object]:
    def service(name: str | None) -> dict[str, object] | None:
        found = words.content.services.get(name) if name else None
        return short_view(found, at, words) if found else None

    return {
        "id": district.id,
        "name": district.name,
        "earlier": district.earlier,
        "neighbourhoods": district.neighbourhoods,
        "rvt": service(district.rvt),
        "rvc": service(district.rvc.service),
        "rvc_confirmed": district.rvc.confirmed,
        "note": None if district.rvc.confirmed else words.phrase("district.rvc_unconfirmed").plain(),
        "text_date": district.text_date,
    }
