"""Puts the door together. Importing this opens, reads and starts nothing; `create_app` gets everything it needs handed in."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.chat import chat_router
from api.chat_form import form_router
from api.counts import Counts, Terms
from api.districts import districts_router
from api.engine_thread import Answers, EngineThread
from api.errors import Errors
from api.faults import report
from api.guards import Failures, SecurityHeaders
from api.health import health_router
from api.hsds import hsds_router
from api.html import Html
from api.limits import ChatGuard, Gate
from api.models import ProblemOut
from api.pace import Pace
from api.problems import Refused
from api.seal import Sealer
from api.services import services_router
from api.settings import KEY_BYTES, Settings, read_keys
from api.sources import SourceLimit, Sources
from api.static import Static
from api.talk import Talk
from api.topics import topics_router
from api.words import require
from content.hours import STOCKHOLM
from content.load import Content
from translations.catalogs import Catalogs
from translations.locales import LOCALES

#: How often it is looked whether a day is over.
_LOOK_SECONDS = 300.0
DESCRIPTION = (
    "The open portal a city runs for people subjected to violence in close relationships: an anonymous conversation, and the directory "
    "of those who help. Nothing sent here is kept. What clients may rely on: docs/contract.md."
)


def create_app(
    settings: Settings,
    engine: Answers | None,
    content: Content,
    catalogs: Catalogs,
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
) -> FastAPI:
    """Give the app. Without an engine the chat gives the answer for failures.

    Raises MissingWords when the content lacks what every answer needs.
    """
    require(content)
    keys = read_keys(settings.keys) or {0: os.urandom(KEY_BYTES)}
    sealer = Sealer(keys, settings.state_minutes, lambda: clock().timestamp())
    thread = EngineThread(engine, settings.engine_seconds, settings.max_in_flight) if engine is not None else None
    counts = _counts(settings, content, clock)
    talk = Talk(thread, content, catalogs, sealer, clock, counts)
    html = Html(settings.site_dir)
    static = Static(settings.site_dir, html, content, catalogs)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        closing = asyncio.create_task(_close_days(counts)) if counts is not None else None
        yield
        if closing is not None:
            closing.cancel()
        if thread is not None:
            thread.close()

    app = FastAPI(
        title="friyta", version="1", description=DESCRIPTION, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=lifespan,
        openapi_url="/openapi.json",
    )  # fmt: skip
    for router in (
        chat_router(talk),
        services_router(content, catalogs, clock),
        districts_router(content, catalogs, clock),
        topics_router(content, catalogs),
        hsds_router(content, settings.site_url),
        health_router(lambda: thread is not None, static.built),
        form_router(talk, html, content, catalogs),
    ):
        app.include_router(router)
    app.router.default = static
    errors = Errors(html, content, catalogs)
    for failure in (Refused, HTTPException, RequestValidationError):
        app.add_exception_handler(failure, errors.handle)
    # The last one added stands outermost.
    app.add_middleware(
        ChatGuard, gate=Gate(settings.max_in_flight), limit=SourceLimit(settings.per_source, settings.salt_minutes, time.monotonic),
        sources=Sources(settings.proxies, settings.proxy_header), refuse=errors.refuse,
    )  # fmt: skip
    app.add_middleware(Pace, step=settings.answer_step_ms / 1000)
    app.add_middleware(Failures, answer=errors.failed)
    app.add_middleware(SecurityHeaders)
    _describe(app)
    return app


def _counts(settings: Settings, content: Content, clock: Callable[[], dt.datetime]) -> Counts | None:
    if settings.statistics_dir is None:
        return None
    terms = Terms(settings.statistics_epsilon, settings.statistics_threshold, settings.statistics_yearly)
    return Counts(settings.statistics_dir, content.topics, LOCALES, terms, lambda: clock().astimezone(STOCKHOLM).date())


async def _close_days(counts: Counts) -> None:
    """A day without anybody after it is released too. A failure to write is said as any other; that day is lost."""
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        try:
            counts.close()
        except Exception as error:
            report(error)


def _describe(app: FastAPI) -> None:
    """Put our problem shape into /openapi.json in place of FastAPI's own errors."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = plain()
            parts = schema["components"]["schemas"]
            parts["ProblemOut"] = ProblemOut.model_json_schema()
            for name in ("HTTPValidationError", "ValidationError"):
                parts.pop(name, None)
            for path in schema["paths"].values():
                for operation in path.values():
                    operation["responses"] = {
                        status: answer for status, answer in operation["responses"].items() if "HTTPValidationError" not in json.dumps(answer)
                    }
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
