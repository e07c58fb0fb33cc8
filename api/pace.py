"""Lets chat answers leave on a grid of time, so that how long one took tells little of what it was about. Pure ASGI."""

from __future__ import annotations

import asyncio
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.limits import way_of


class Pace:
    """Lets chat answers leave on a grid of time, so that how long one took tells little of what it was about."""

    def __init__(self, app: ASGIApp, step: float) -> None:
        """`step` in seconds; 0 lets them go at once."""
        self.app, self._step = app, step

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if not self._step or way_of(scope) is None:
            await self.app(scope, receive, send)
            return
        begun = time.monotonic()
        waited = False

        async def in_step(message: Message) -> None:
            nonlocal waited
            if not waited:
                waited = True
                await asyncio.sleep(self._step - (time.monotonic() - begun) % self._step)
            await send(message)

        await self.app(scope, receive, in_step)
