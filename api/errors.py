"""Words every failure for whom it meets: a problem for programs, a page for readers of the form and of the site. Never repeats what
was sent.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from api.html import Html
from api.languages import offered, preferred
from api.limits import Way, way_of
from api.problems import BY_STATUS, Refused, problem
from api.words import Words
from content.load import Content
from translations.catalogs import Catalogs


class Errors:
    """Words every failure for whom it meets: a problem for programs, a page for readers of the form and of the site."""

    def __init__(self, html: Html, content: Content, catalogs: Catalogs) -> None:
        """Take what is needed to say it."""
        self._html, self._content, self._catalogs = html, content, catalogs

    def handle(self, request: Request, error: Exception) -> Response:
        """For what endpoints and the router raise."""
        if isinstance(error, Refused):
            return self._answer(request.scope, error.kind, error.lang)
        if isinstance(error, RequestValidationError):
            return self._answer(request.scope, _kind_of(error), _body_language(error.body))
        assert isinstance(error, HTTPException)
        return self._answer(request.scope, BY_STATUS.get(error.status_code, "invalid"), None, dict(error.headers or {}))

    def refuse(self, scope: Scope, way: Way, kind: str, body: bytes, headers: dict[str, str]) -> Response:
        """For what the guard before the chat turns away."""
        return self._answer(scope, kind, _sent_language(body) if way == "json" else None, headers)

    def failed(self, scope: Scope, fault: str) -> Response:
        """For what nobody foresaw."""
        return self._answer(scope, "failed", None, {}, {"error_id": fault})

    def _answer(self, scope: Scope, kind: str, lang: str | None, headers: dict[str, str] | None = None, extra: dict[str, Any] | None = None) -> Response:
        said = Request(scope).headers
        lang = lang or offered(scope["path"].lstrip("/").split("/", 1)[0]) or _query_language(scope) or preferred(said.get("accept-language"))
        words = Words(lang, self._content, self._catalogs)
        if way_of(scope) == "form":
            return self._html.trouble(words, kind, headers or {})
        return problem(kind, words, padded=scope["path"] == "/api/chat", headers=headers, extra=extra)


def _kind_of(error: RequestValidationError) -> str:
    """Which problem a failed validation is. Only types and places of the errors are looked at, never what was sent."""
    found = [(str(one["type"]), tuple(one["loc"])) for one in error.errors()]
    if any(kind == "json_invalid" for kind, _ in found):
        return "malformed"
    if any(one.get("msg", "").endswith("both") for one in error.errors() if one["type"] == "value_error"):
        return "both"
    places = {"string_too_long": "too-long", "string_too_short": "empty"}
    return next((places[kind] for kind, place in found if place[-1:] == ("message",) and kind in places), "invalid")


def _body_language(body: Any) -> str | None:
    return offered(body.get("lang")) if isinstance(body, dict) else None


def _sent_language(body: bytes) -> str | None:
    try:
        return _body_language(json.loads(body)) if body else None
    except (ValueError, RecursionError):
        return None


def _query_language(scope: Scope) -> str | None:
    return offered(parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0])
