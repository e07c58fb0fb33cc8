"""The chat measured: side by side with stock Rasa, 200 people at once, ten times too many, and hours of mixed use."""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.load import stock
from tests.load.client import Broken, Line, Tally, crowd
from tests.load.messages import ALL
from tests.serving import Server
from translations.locales import LOCALES

AT_ONCE = 32
#: People who read and write between messages rest about so many seconds.
THINKING = 2.0
Ask = Callable[[Line, int], Awaitable[Any]]


@dataclass(frozen=True)
class Chat:
    """The figures of one side."""

    start_seconds: float
    start_processor: float
    memory_mb: float
    median_ms: float
    per_second: float
    processor_ms: float


def memory(pids: Sequence[int]) -> float:
    """What the processes and their children hold, in MB; pages they share count once."""
    found = [one for pid in pids for one in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]]
    return sum(float(one.memory_full_info().pss) for one in found) / 1e6


def ours(line: Line, number: int) -> Awaitable[Any]:
    """A message to our chat."""
    lang, text = ALL[number % len(ALL)]
    return line.ask("POST", "/api/chat", {"lang": lang, "message": text, "choice": None, "state": None})


def theirs(line: Line, number: int) -> Awaitable[Any]:
    """The same message to Rasa's own REST channel, each from a sender of its own."""
    return line.ask("POST", "/webhooks/rest/webhook", {"sender": f"s{number}", "message": ALL[number % len(ALL)][1]})


@contextmanager
def copies(folder: Path, count: int, **settings: object) -> Iterator[list[Server]]:
    """So many copies of the service, as `friyta serve --no-prepare` starts them."""
    with ExitStack() as stack:
        yield [stack.enter_context(Server(folder / f"copy{number}", per_source=10_000_000, **settings)) for number in range(count)]


def port_of(server: Server) -> int:
    """Where a copy listens."""
    return int(server.base.rpartition(":")[2])


async def answered(port: int, ask: Ask, process: subprocess.Popen[bytes] | None) -> None:
    """Waits until a message is answered."""
    while True:
        try:
            async with Line(port) as line:
                if (await ask(line, 0)).status == 200:
                    return
        except (OSError, Broken):
            pass
        if process is not None and process.poll() is not None:
            raise RuntimeError("the server ended by itself")
        await asyncio.sleep(0.05)


async def alone(port: int, ask: Ask, count: int) -> float:
    """The median of one message at a time, in ms."""
    async with Line(port) as line:
        return statistics.median([(await ask(line, number)).seconds for number in range(count)]) * 1000


async def together(ports: Sequence[int], ask: Ask, seconds: float) -> float:
    """Messages a second with many at once. Raises RuntimeError for a wrong answer."""
    until = time.perf_counter() + seconds

    async def person(line: Line, tally: Tally, number: int) -> None:
        while time.perf_counter() < until:
            tally.note(await ask(line, number))
            number += AT_ONCE

    tally = await crowd(ports, AT_ONCE, person)
    if tally.wrong:
        raise RuntimeError(f"{len(tally.wrong)} answers were wrong: {tally.wrong[0]}")
    return len(tally.answers) / tally.seconds


def processor(pids: Sequence[int]) -> float:
    """Seconds of processor time that the processes and their children have used."""
    found = [one for pid in pids for one in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]]
    return sum(sum(one.cpu_times()[:2]) for one in found)


@dataclass
class Side:
    """One side of the comparison while both run: where it listens, what is asked, whose processes it is."""

    ports: list[int]
    ask: Ask
    pids: list[int]
    start_seconds: float = 0.0
    start_processor: float = 0.0


async def side_by_side(sides: Sequence[Side], rounds: int, seconds: float) -> list[Chat]:
    """Both sides in turn, round after round, so that what else the machine does meets both; medians of the rounds. Memory is that of one process tree."""
    for side in sides:
        await alone(side.ports[0], side.ask, len(ALL))
    single: list[list[float]] = [[] for _ in sides]
    rate: list[list[float]] = [[] for _ in sides]
    used: list[list[float]] = [[] for _ in sides]
    for _ in range(rounds):
        for number, side in enumerate(sides):
            single[number].append(await alone(side.ports[0], side.ask, len(ALL) * 2))
            before = processor(side.pids)
            rate[number].append(await together(side.ports, side.ask, seconds))
            used[number].append((processor(side.pids) - before) / (rate[number][-1] * seconds) * 1000)
    return [
        Chat(side.start_seconds, side.start_processor, memory(side.pids[:1]), statistics.median(single[number]), statistics.median(rate[number]),
             statistics.median(used[number]))
        for number, side in enumerate(sides)
    ]  # fmt: skip


def compare(folder: Path, port: int, rounds: int, seconds: float, cores: int) -> tuple[Chat, Chat]:
    """(ours, stock Rasa), both with the machine's cores: a copy a core of ours, what `rasa run` starts of theirs. Raises stock.NoStock."""
    stock.project()
    begun = time.perf_counter()
    process = stock.start(port)
    try:
        asyncio.run(answered(port, theirs, process))
        other = Side([port], theirs, [process.pid], time.perf_counter() - begun, processor([process.pid]))
        begun = time.perf_counter()
        with copies(folder, 1, answer_step_ms=0) as first:
            asyncio.run(answered(port_of(first[0]), ours, None))
            assert first[0].process is not None
            took, spent = time.perf_counter() - begun, processor([first[0].process.pid])
            with copies(folder / "more", cores - 1, answer_step_ms=0) as more:
                running = [*first, *more]
                own = Side([port_of(one) for one in running], ours, [one.process.pid for one in running if one.process], took, spent)
                mine, yours = asyncio.run(side_by_side([own, other], rounds, seconds))
    finally:
        process.terminate()
        process.wait(30)
    return mine, yours


async def two_hundred(ports: Sequence[int], people: int, seconds: float) -> Tally:
    """People who each hold a conversation, with time to read and write between their messages."""
    until = time.perf_counter() + seconds

    async def person(line: Line, tally: Tally, number: int) -> None:
        chance, state = random.Random(number), None
        await asyncio.sleep(chance.uniform(0, THINKING))
        while time.perf_counter() < until:
            lang, text = ALL[number % len(ALL)]
            answer = await line.ask("POST", "/api/chat", {"lang": lang, "message": text, "choice": None, "state": state})
            tally.note(answer)
            state = _state(answer.body) if answer.status == 200 else state
            number += 7
            await asyncio.sleep(chance.uniform(0.5, 1.5) * THINKING)

    return await crowd(ports, people, person)


def _state(body: bytes) -> str:
    return str(json.loads(body)["state"])


@dataclass(frozen=True)
class Flood:
    """What ten times too much did."""

    answered: int
    shed: int
    wrong: int
    recovered_ms: float
    memory_before: float
    memory_after: float


async def flood(server: Server, times: int, seconds: float, most: int) -> Flood:
    """`times` as many at once as the copy takes in, none of whom waits; then one more, who must be answered at once."""
    assert server.process is not None
    port, until = port_of(server), time.perf_counter() + seconds
    before = memory([server.process.pid])

    async def person(line: Line, tally: Tally, number: int) -> None:
        while time.perf_counter() < until:
            tally.note(await ours(line, number))
            number += 1

    tally = await crowd([port], most * times, person)
    begun = time.perf_counter()
    await answered(port, ours, None)
    return Flood(len(tally.answers), len(tally.shed), len(tally.wrong), (time.perf_counter() - begun) * 1000, before, memory([server.process.pid]))


async def mixed(server: Server, people: int, minutes: float) -> tuple[list[tuple[float, float]], Tally]:
    """Chat, form, pages, services and mistakes together. Gives (minute, MB) all the while, and what came back."""
    assert server.process is not None
    port, begun = port_of(server), time.perf_counter()
    until = begun + minutes * 60
    held: list[tuple[float, float]] = []

    async def person(line: Line, tally: Tally, number: int) -> None:
        chance = random.Random(number)
        while time.perf_counter() < until:
            tag = chance.choice(list(LOCALES))
            way = chance.random()
            if way < 0.6:
                answer = await ours(line, chance.randrange(len(ALL)))
            elif way < 0.95:
                answer = await line.ask("GET", chance.choice([f"/{tag}/", f"/{tag}/hjalp/akut/", f"/{tag}/chat", "/api/services", f"/{tag}/sok/"]))
            else:
                answer = await line.ask("POST", "/api/chat", {"lang": tag, "message": "x" * 3000})
                if answer.status == 422:
                    continue
            tally.note(answer)
            await asyncio.sleep(chance.uniform(0.1, 0.5))

    async def watch() -> None:
        while time.perf_counter() < until:
            held.append(((time.perf_counter() - begun) / 60, memory([server.process.pid])))  # type: ignore[union-attr]
            await asyncio.sleep(min(30.0, minutes * 60 / 20))

    watching = asyncio.create_task(watch())
    tally = await crowd([port], people, person)
    await watching
    return held, tally


async def cost(server: Server, ask: Ask, count: int) -> float:
    """Milliseconds of processor time for one request: what a city's cores are reckoned from."""
    assert server.process is not None
    process = psutil.Process(server.process.pid)
    async with Line(port_of(server)) as line:
        for number in range(count // 10):
            await ask(line, number)
        before = sum(process.cpu_times()[:2])
        for number in range(count):
            await ask(line, number)
    return (sum(process.cpu_times()[:2]) - before) / count * 1000


def help_page(line: Line, number: int) -> Awaitable[Any]:
    """A page of help, in one language after the other."""
    return line.ask("GET", f"/{list(LOCALES)[number % len(LOCALES)]}/hjalp/akut/")

