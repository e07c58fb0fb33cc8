"""`/hsds/…`: the directory for other systems, as Open Referral HSDS 3.0 describes its interface, and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.responses import Response

from api import hsds_records as records
from api.models import problems
from api.problems import Refused
from content.load import Content

VERSION = "3.0"
_PROFILE = """HSDS 3.0 as friyta serves it

Services, organisations and services at locations, read-only, in Swedish. Ids are stable.
Left out on purpose: postal and visiting addresses, coordinates, photos and travel hints of confidential
services (shelters); any number that has not been seen on a page of its owner. A number that nobody of the
city has tried yet is marked by `alert`; `assured_date` is the day a person tried it. Without `schedules` the
hours are not known: that does not mean closed. Swedish public holidays are not in `schedules`; /api/services
answers for a given moment.
Not offered: taxonomies, contacts, funding, filters by place.
"""


class HsdsRoot(BaseModel):
    """What this interface is."""

    version: str
    profile: str
    openapi_url: str


class HsdsPage(BaseModel):
    """One page of a listing."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[dict[str, Any]]


Page = Annotated[int, Query(ge=1, le=100_000, description="Number of the page.")]
PerPage = Annotated[int, Query(ge=1, le=500, description="Records a page.")]


def hsds_router(content: Content, site_url: str) -> APIRouter:
    """The routes, over one directory."""
    router = APIRouter(prefix="/hsds", tags=["hsds"])
    base = site_url.rstrip("/")
    by_id = {records.hsds_id("service", key): service for key, service in content.services.items()}

    @router.get("/", response_model=HsdsRoot, summary="About this interface")
    def root() -> dict[str, str]:
        """Version and profile."""
        return {"version": VERSION, "profile": f"{base}/hsds/profile", "openapi_url": f"{base}/openapi.json"}

    @router.get("/profile", summary="What is left out, and why", responses={200: {"content": {"text/plain": {}}}}, response_class=Response)
    def profile() -> Response:
        """The profile in words."""
        return Response(_PROFILE, media_type="text/plain; charset=utf-8")

    @router.get("/services", response_model=HsdsPage, responses=problems(422), summary="Services")
    def services(page: Page = 1, per_page: PerPage = 50, full: bool = False) -> dict[str, Any]:
        """All services; with `full` everything that hangs on them."""
        if full:
            return _page([records.full_service(content.services[key], content) for key in sorted(content.services)], page, per_page)
        return _page(records.services(content), page, per_page)

    @router.get("/services/{id}", responses=problems(404), summary="One service")
    def service(id: str) -> dict[str, Any]:
        """One service with everything that hangs on it."""
        if id not in by_id:
            raise Refused("not-found")
        return records.full_service(by_id[id], content)

    @router.get("/organizations", response_model=HsdsPage, responses=problems(422), summary="Organisations")
    def organizations(page: Page = 1, per_page: PerPage = 50) -> dict[str, Any]:
        """Everybody who runs a service."""
        return _page(records.organizations(content), page, per_page)

    @router.get("/service_at_locations", response_model=HsdsPage, responses=problems(422), summary="Services at locations")
    def service_at_locations(page: Page = 1, per_page: PerPage = 50) -> dict[str, Any]:
        """Where services are found. A confidential service has no place here."""
        return _page(records.all_at_locations(content), page, per_page)

    @router.get("/services.csv", summary="All services as CSV", responses={200: {"content": {"text/csv": {}}}}, response_class=Response)
    def services_csv() -> Response:
        """The columns of HSDS' services.csv, always in the same order."""
        return Response(_csv(records.services(content)), media_type="text/csv; charset=utf-8")

    return router


def _page(found: Sequence[records.Record], page: int, per_page: int) -> dict[str, Any]:
    total = max(1, -(-len(found) // per_page))
    contents = found[(page - 1) * per_page : page * per_page]
    return {
        "total_items": len(found),
        "total_pages": total,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= total,
        "empty": not contents,
        "contents": list(contents),
    }


def _csv(found: Sequence[records.Record]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, records.COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()
