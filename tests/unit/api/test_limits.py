"""The guard before the chat: it reads no more than it must and lets nobody wait in vain."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.responses import PlainTextResponse

from api.limits import ChatGuard, Gate
from api.sources import SourceLimit, Sources


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answers after reading the body."""
    message = await receive()
    await PlainTextResponse(f"read {len(message['body'])}")(scope, receive, send)


def guarded(gate: Gate) -> ChatGuard:
    """The guard around `app`."""
    return ChatGuard(
        app, gate=gate, limit=SourceLimit(100, 10, lambda: 0.0), sources=Sources([], "x-forwarded-for"),
        refuse=lambda scope, way, kind, body, headers: PlainTextResponse(kind, 400, headers),
    )  # fmt: skip


def ask(guard: ChatGuard, parts: list[bytes], headers: list[tuple[bytes, bytes]]) -> tuple[str, int]:
    """What is answered, and how many parts of the body were read."""
    sent: list[Any] = []
    read = 0

    async def receive() -> Any:
        nonlocal read
        if read >= len(parts):
            await asyncio.sleep(3600)
        read += 1
        return {"type": "http.request", "body": parts[read - 1], "more_body": read < len(parts)}

    async def send(message: Any) -> None:
        sent.append((read, message))

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/chat",
        "headers": [(b"content-type", b"application/json"), *headers],
        "client": ("::1", 1),
    }
    asyncio.run(guard(scope, receive, send))
    return b"".join(message.get("body", b"") for _, message in sent).decode(), sent[0][0]


def test_a_body_in_parts_arrives_whole() -> None:
    """If this fails messages over slow lines are cut."""
    assert ask(guarded(Gate(1)), [b"ab", b"", b"cd"], []) == ("read 4", 3)


def test_too_large_is_said_before_it_is_read() -> None:
    """If this fails a flood of large requests fills the memory."""
    assert ask(guarded(Gate(1)), [b"x" * 1000] * 1000, [(b"content-length", b"1000000")]) == ("too-large", 0)
    said, read = ask(guarded(Gate(1)), [b"x" * 1000] * 1000, [])
    assert (said, read) == ("too-large", 9)


def test_a_full_gate_sheds_at_once_and_opens_again() -> None:
    """If this fails the service stays closed after a storm, or lets everybody wait."""
    gate = Gate(1)
    assert gate.enter()
    assert ask(guarded(gate), [b"{}"], [])[0] == "busy"
    gate.leave()
    assert ask(guarded(gate), [b"{}"], [])[0] == "read 2"
    assert gate.inside == 0
