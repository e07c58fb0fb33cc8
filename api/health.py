"""`/health/…`: for the machines that watch and balance. Says nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from api.models import Live, Ready


def health_router(engine_loaded: Callable[[], bool], site_built: Callable[[], bool]) -> APIRouter:
    """The routes."""
    router = APIRouter(prefix="/health", tags=["health"])

    @router.get("/live", response_model=Live, summary="The process answers")
    def live() -> dict[str, str]:
        """Always 200 while the process answers."""
        return {"status": "ok"}

    @router.get("/ready", response_model=Ready, responses={503: {"model": Ready, "description": "Something is missing"}}, summary="All is loaded")
    def ready() -> Response:
        """200 when the engine is loaded and the site built, else 503 with what is missing."""
        engine, site = engine_loaded(), site_built()
        status = "ok" if engine and site else "not ready"
        return JSONResponse({"status": status, "engine": engine, "site": site}, 200 if engine and site else 503)

    return router
