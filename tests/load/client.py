"""A small HTTP client on bare connections, so that the measuring takes little of the cores that are measured."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self


class Broken(Exception):
    """The connection ended before the answer was whole."""


@dataclass(frozen=True)
class Answer:
    """Status, headers by lower-case name, body, and the seconds it took."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


@dataclass
class Line:
    """One kept-alive connection. Use as an async context."""

    port: int
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        if self.writer is not None:
            self.writer.close()

    async def ask(self, method: str, path: str, fields: Any = None) -> Answer:
        """One request. Opens the connection anew where the server closed it. Raises Broken or OSError."""
        body = b"" if fields is None else json.dumps(fields, ensure_ascii=False).encode()
        head = f"{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\naccept-encoding: br, gzip\r\ncontent-length: {len(body)}\r\n"
        if body:
            head += "content-type: application/json\r\n"
        begun = time.perf_counter()
        for fresh in (False, True):
            if self.writer is None or fresh:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                self.writer.write(head.encode() + b"\r\n" + body)
                return await self._read(begun)
            except (Broken, ConnectionError):
                self.writer.close()
                self.writer = None
                if fresh:
                    raise
        raise AssertionError

    async def _read(self, begun: float) -> Answer:
        assert self.reader is not None
        try:
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
            body = await self.reader.readexactly(int(headers.get("content-length", "0")))
        except asyncio.IncompleteReadError as error:
            raise Broken from error
        answer = Answer(int(head[0].split()[1]), headers, body, time.perf_counter() - begun)
        if headers.get("connection") == "close" and self.writer is not None:
            self.writer.close()
            self.writer = None
        return answer


@dataclass
class Tally:
    """What came back."""

    answers: list[float] = field(default_factory=list)
    shed: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def share(self, part: float) -> float:
        """The seconds within which `part` of the answers came."""
        ordered = sorted(self.answers)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else float("nan")

    def note(self, answer: Answer) -> None:
        """Sort an answer in: given, shed (which must tell when to come again and name 112), or wrong."""
        if answer.status == 200:
            self.answers.append(answer.seconds)
        elif answer.status == 429 and answer.headers.get("retry-after") and b"112" in answer.body:
            self.shed.append(answer.seconds)
        else:
            self.wrong.append(f"{answer.status} {answer.body[:80]!r}")


async def crowd(ports: Sequence[int], people: int, person: Callable[[Line, Tally, int], Awaitable[None]]) -> Tally:
    """So many people at once, each on a connection of their own, spread over the ports; what each does is `person`."""
    tally, begun = Tally(), time.perf_counter()

    async def one(number: int) -> None:
        async with Line(ports[number % len(ports)]) as line:
            try:
                await person(line, tally, number)
            except (OSError, Broken) as error:
                tally.wrong.append(type(error).__name__)

    await asyncio.gather(*(one(number) for number in range(people)))
    tally.seconds = time.perf_counter() - begun
    return tally
