"""The guard before the chat: kind and size of what is sent, requests in flight, requests from one source. Refuses early, in the
reader's language.

Pure ASGI. The body is read here, up to its limit, and handed on whole.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Literal, Protocol

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.sources import SourceLimit, Sources
from translations.locales import LOCALES

#: The contract's limit for JSON.
JSON_BYTES = 8 * 1024
#: A form writes each byte of other scripts as three: 2,000 signs of four bytes each, and the state.
FORM_BYTES = 26 * 1024
#: After a refusal so much is still read and thrown away, so that the answer arrives before the connection is cut.
_POLITE_BYTES, _POLITE_SECONDS = 128 * 1024, 1.0
_BODY_SECONDS = 10.0
_RETRY_SECONDS = 2
_FORM_PATHS = frozenset(f"/{tag}/chat" for tag in LOCALES)

Way = Literal["json", "form"]
_TYPES: dict[Way, str] = {"json": "application/json", "form": "application/x-www-form-urlencoded"}
_LIMITS: dict[Way, int] = {"json": JSON_BYTES, "form": FORM_BYTES}


class Refuse(Protocol):
    """Makes the answer for a request that is turned away."""

    def __call__(self, scope: Scope, way: Way, kind: str, body: bytes, headers: dict[str, str]) -> Response:
        """`kind` is one of api/problems.py; `body` is what was read so far, only for finding the language."""


class Gone(Exception):
    """The client went away before its body was read."""


class TooLarge(Exception):
    """The body is longer than its limit."""


@dataclass
class Gate:
    """Counts the chat requests in work. A request that finds the gate full is shed at once: waiting would help nobody."""

    most: int
    inside: int = 0

    def enter(self) -> bool:
        """Take a place, if there is one."""
        if self.inside >= self.most:
            return False
        self.inside += 1
        return True

    def leave(self) -> None:
        """Give the place back."""
        self.inside -= 1


def way_of(scope: Scope) -> Way | None:
    """Whether a request is for the chat, and in which form."""
    if scope["type"] != "http":
        return None
    if scope["path"] == "/api/chat":
        return "json" if scope["method"] == "POST" else None
    return "form" if scope["path"] in _FORM_PATHS and scope["method"] in ("GET", "HEAD", "POST") else None


class ChatGuard:
    """Lets a chat request through if it has the right kind and size and there is room."""

    def __init__(self, app: ASGIApp, *, gate: Gate, limit: SourceLimit, sources: Sources, refuse: Refuse) -> None:
        """See the classes; `refuse` words the refusals."""
        self.app, self._gate, self._limit, self._sources, self._refuse = app, gate, limit, sources, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        way = way_of(scope)
        if way is None:
            await self.app(scope, receive, send)
            return
        body = b""
        if scope["method"] == "POST":
            headers = Headers(scope=scope)
            if not _right_type(headers.get("content-type", ""), _TYPES[way]):
                await self._turn_away(scope, receive, send, way, "type")
                return
            try:
                body = await asyncio.wait_for(_read(receive, _LIMITS[way], headers.get("content-length")), _BODY_SECONDS)
            except TooLarge:
                await self._turn_away(scope, receive, send, way, "too-large")
                return
            except TimeoutError:
                await self._turn_away(scope, receive, send, way, "malformed")
                return
            except Gone:
                return
        peer = (scope.get("client") or (None,))[0]
        wait = self._limit.wait(self._sources.of(peer, scope["headers"]))
        if wait or not self._gate.enter():
            retry = {"Retry-After": str(wait or _RETRY_SECONDS)}
            await self._refuse(scope, way, "busy", body, retry)(scope, receive, send)
            return
        try:
            await self.app(scope, _replay(body, receive), send)
        finally:
            self._gate.leave()

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send, way: Way, kind: str) -> None:
        """Answer before the body has come, then read a little of it away: a client that is still sending would not see the answer."""

        async def and_wait(message: Message) -> None:
            last = message["type"] == "http.response.body" and not message.get("more_body")
            await send({**message, "more_body": True} if last else message)
            if last:
                await _drain(receive)
                await send({"type": "http.response.body", "body": b""})

        await self._refuse(scope, way, kind, b"", {"Connection": "close"})(scope, receive, and_wait)


def _right_type(header: str, wanted: str) -> bool:
    media, _, rest = header.partition(";")
    charset = re.search(r"charset\s*=\s*\"?([^\s\";]+)", rest, re.IGNORECASE)
    return media.strip().lower() == wanted and (charset is None or charset[1].lower() in ("utf-8", "utf8"))


async def _read(receive: Receive, most: int, announced: str | None) -> bytes:
    """The whole body. Raises TooLarge as soon as it is clear, Gone if the client leaves."""
    if announced is not None and announced.isdecimal() and int(announced) > most:
        raise TooLarge
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        part = message.get("body", b"")
        length += len(part)
        if length > most:
            raise TooLarge
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


async def _drain(receive: Receive) -> None:
    async def throw_away() -> None:
        length = 0
        while length < _POLITE_BYTES:
            message = await receive()
            length += len(message.get("body", b""))
            if message["type"] == "http.disconnect" or not message.get("more_body"):
                return

    try:
        await asyncio.wait_for(throw_away(), _POLITE_SECONDS)
    except TimeoutError:
        return


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body once, and after it what the connection says."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return pending.pop() if pending else await receive()

    return replayed
