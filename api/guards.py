"""What stands around every request: security headers on every answer, and no failure that leaks. Pure ASGI, nothing kept.

Not Starlette's BaseHTTPMiddleware: it runs the app in another task and holds bodies longer than needed.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.faults import report

CSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
#: Everything a browser might offer a page; we want none of it.
_POWERS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read",
    "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid",
    "identity-credentials-get", "idle-detection", "interest-cohort", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock",
    "serial", "storage-access", "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in _POWERS),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Links to help lines must not be looked up before somebody follows them.
    "X-DNS-Prefetch-Control": "off",
    # Asks browsers that know it to leave the visit out of their history.
    "Request-OTR": "1",
}
#: `no-transform`: a proxy that compressed an answer would undo the padding.
NEVER_KEPT = "no-store, no-transform"
_DROPPED = ("server", "etag", "last-modified", "set-cookie")


class SecurityHeaders:
    """Puts the headers on every answer, errors and refusals included, and takes away what could identify server or reader."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in _DROPPED:
                    del headers[name]
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", NEVER_KEPT)
            await send(message)

        await self.app(scope, receive, with_headers)


class Failures:
    """Turns anything that was not foreseen into the problem of a failure. Logs an id and the line of code, never what was sent."""

    def __init__(self, app: ASGIApp, answer: Callable[[Scope, str], Response]) -> None:
        """`answer` gives the response for a request and the id of its failure."""
        self.app, self.answer = app, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def noticed(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noticed)
        except Exception as error:
            fault = report(error)
            if not started:
                await self.answer(scope, fault)(scope, receive, send)
