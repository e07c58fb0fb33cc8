"""A rehearsal without containers: HAProxy with the shipped configuration before three real copies, people talking all the while, and copies that
are killed, started anew, and replaced by the next release with a change of keys in between.

`python -m tests.deploy.rehearsal [--people 30] [--rounds 3]` runs the long one and prints its figures; the tests run a short one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx

from tests.serving import ROOT, SITE, Server, built
from translations.locales import LOCALES

CONFIG = ROOT / "deploy" / "proxy" / "haproxy.cfg"
COPIES = 3
#: In the messages of the people of the rehearsal, to be looked for in what the balancer writes.
CANARY = "kanariefågel"
#: A sentence that only the next release says.
NEWS = "Det här är den nya utgåvan."


@dataclass
class Seen:
    """What the people of a rehearsal met."""

    requests: int = 0
    conversations: int = 0
    failed: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    new_release: int = 0


@dataclass(frozen=True)
class Figures:
    """The figures of a rehearsal."""

    seconds: float
    copies_killed: int
    copies_replaced: int
    key_changes: int
    conversations: int
    requests: int
    failed: int
    broken: int
    asked_again_by_the_balancer: int
    median_ms: float
    slowest_ms: float


def free_ports(count: int) -> list[int]:
    """Ports that are free now, all different."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def local_config(shipped: str, port: int, copies: list[int], control: Path) -> str:
    """The shipped configuration with what differs on this machine: where to listen, no TLS, the addresses of the copies."""
    servers = "\n".join(f"    server copy{number} 127.0.0.1:{copy}" for number, copy in enumerate(copies))
    for line, instead in (
        (r"    bind :8080\n    bind :8443 .*\n    http-request redirect .*\n", f"    bind 127.0.0.1:{port}\n"),
        (r"    server-template .*\n", servers + "\n"),
        (r"\nresolvers names\n(    .*\n)*", "\n"),
        (r"    maxconn 8000\n", "    maxconn 500\n"),
        (r"(?m)^global\n", f"global\n    stats socket {control} mode 600 level admin\n"),
    ):
        shipped, count = re.subn(line, lambda _, instead=instead: instead, shipped)
        assert count == 1, f"deploy/proxy/haproxy.cfg has no line like {line!r}; the rehearsal must follow it"
    return shipped


@contextmanager
def balancer(folder: Path, copies: list[int]) -> Iterator[tuple[str, Callable[[], int], Callable[[], str]]]:
    """HAProxy while the block runs: its address, how often it asked another copy, and what it wrote."""
    port = free_ports(1)[0]
    control, config = Path(tempfile.mkdtemp(prefix="friyta-")) / "control", folder / "haproxy.cfg"  # a socket's path must be short
    config.write_text(local_config(CONFIG.read_text(encoding="utf-8"), port, copies, control), encoding="utf-8")
    environment = {**os.environ, "NOBODY": str(SITE / "index.html")}
    checked = subprocess.run(["haproxy", "-c", "-f", str(config)], env=environment, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    with (folder / "haproxy.out").open("wb") as out:
        process = subprocess.Popen(["haproxy", "-db", "-f", str(config)], env=environment, stdout=out, stderr=out)
    try:
        until_open(port)
        yield f"http://127.0.0.1:{port}", lambda: again(control), lambda: (folder / "haproxy.out").read_text(errors="replace")
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(control.parent)


def again(control: Path) -> int:
    """How many requests the balancer gave to a copy a second time."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(control))
        line.sendall(b"show stat\n")
        text = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    names, *rows = [row.lstrip("# ").split(",") for row in text.splitlines() if row]
    found = [dict(zip(names, row, strict=False)) for row in rows]
    return sum(int(one["wretr"] or 0) + int(one["wredis"] or 0) for one in found if one["svname"] == "BACKEND")


async def talk(client: httpx.AsyncClient, lang: str, seen: Seen, pause: float) -> None:
    """One person: opens the chat, tells of danger, asks for more, chooses a topic, looks at a page. Each step must know of the one before."""
    state: str | None = None
    steps: list[tuple[str | None, str | None, str | None]] = [
        (None, None, None), (f"112 {CANARY}", None, "urgent"), (None, "say:more", "urgent"), (None, "safe:yes", None), (None, "topic:shelter", "shelter"),
        (None, "say:more", "shelter"),
    ]  # fmt: skip
    for message, choice, expected in steps:
        answer = await ask(client, seen, "POST", "/api/chat", json={"lang": lang, "message": message, "choice": choice, "state": state})
        if answer is None:
            return
        told = answer.json()
        state = told["state"]
        knows = told["urgent"] if expected == "urgent" else expected in (None, told["topic"])
        if told.get("restarted") or not knows:
            seen.broken.append(f"{choice or message}: {told['topic']} restarted={told.get('restarted')}")
            return
        seen.new_release += NEWS in " ".join(told["messages"])
        await asyncio.sleep(pause * random.uniform(0.5, 1.5))
    await ask(client, seen, "GET", f"/{lang}/hjalp/akut/")
    await ask(client, seen, "POST", f"/{lang}/chat", data={"message": "112"})
    seen.conversations += 1


async def ask(client: httpx.AsyncClient, seen: Seen, method: str, path: str, **given: object) -> httpx.Response | None:
    """One request; what is not 200 is a failure."""
    begun = time.perf_counter()
    seen.requests += 1
    try:
        answer = await client.request(method, path, **given)  # type: ignore[arg-type]
    except httpx.HTTPError as error:
        seen.failed.append(f"{method} {path}: {type(error).__name__}")
        return None
    seen.seconds.append(time.perf_counter() - begun)
    if answer.status_code != 200:
        seen.failed.append(f"{method} {path}: {answer.status_code}")
        return None
    return answer


def next_release(folder: Path) -> Path:
    """The content of the next release: the greeting says so."""
    shutil.copytree(ROOT / "content", folder / "content", ignore=shutil.ignore_patterns("__pycache__"))
    phrases = folder / "content" / "answers" / "_phrases.yaml"
    text, count = re.subn(r"(?m)^(greeting:\s*).*$", rf"\g<1>{NEWS}", phrases.read_text(encoding="utf-8"), count=1)
    assert count == 1, "content/answers/_phrases.yaml has no greeting"
    phrases.write_text(text, encoding="utf-8")
    return folder / "content"


def keys_after(step: str, keys: str) -> str:
    """What `friyta keys` makes of the keys."""
    command = [shutil.which("friyta") or str(ROOT / ".venv" / "bin" / "friyta"), "keys", step]
    return subprocess.run(command, input=keys, capture_output=True, text=True, check=True).stdout.strip()


async def rehearse(folder: Path, people: int, pause: float, rounds: int) -> tuple[Figures, Seen, str]:
    """Runs it. Gives the figures, what people met, and what the balancer wrote."""
    built()
    ports, seen, counted = free_ports(COPIES), Seen(), Counter[str]()
    keys = keys_after("new", "")
    release = {"content_dir": ROOT / "content"}
    new_content = next_release(folder)

    def copy(number: int) -> Server:
        return Server(folder / f"copy{number}", port=ports[number], keys=keys, proxies="127.0.0.1", max_in_flight=64, **release).start()

    copies = list(await asyncio.gather(*(asyncio.to_thread(copy, number) for number in range(COPIES))))

    async def replace(number: int, *, kill: bool) -> None:
        await asyncio.to_thread(copies[number].kill if kill else copies[number].stop)
        counted["killed" if kill else "replaced"] += 1
        copies[number] = await asyncio.to_thread(copy, number)
        await asyncio.sleep(1.5)  # until the balancer has seen that it is there

    try:
        with balancer(folder, ports) as (address, asked_again, written):
            await _until_up(address)
            begun = time.perf_counter()
            stop = asyncio.Event()

            async def person(number: int) -> None:
                async with httpx.AsyncClient(base_url=address, timeout=30) as client:
                    while not stop.is_set():
                        await talk(client, list(LOCALES)[number % len(LOCALES)], seen, pause)

            crowd = [asyncio.create_task(person(number)) for number in range(people)]
            for _ in range(rounds):
                keys = keys_after("add", keys)
                await replace(0, kill=True)
                for number in range(1, COPIES):
                    await replace(number, kill=False)
                keys, release["content_dir"] = keys_after("swap", keys), new_content
                counted["keys"] += 1
                for number in range(COPIES):
                    await replace(number, kill=False)
            await asyncio.sleep(2)
            stop.set()
            await asyncio.gather(*crowd)
            took, repeated, wrote = time.perf_counter() - begun, asked_again(), written()
    finally:
        for server in copies:
            server.stop()
    figures = Figures(
        round(took, 1), counted["killed"], counted["replaced"], counted["keys"], seen.conversations, seen.requests, len(seen.failed), len(seen.broken),
        repeated, round(statistics.median(seen.seconds) * 1000, 1), round(max(seen.seconds) * 1000),
    )  # fmt: skip
    return figures, seen, wrote


def until_open(port: int) -> None:
    """Waits until something listens there. Raises AssertionError after ten seconds."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the balancer does not open its port")


async def _until_up(address: str) -> None:
    async with httpx.AsyncClient(base_url=address) as client:
        for _ in range(100):
            if (await client.get("/health/ready")).status_code == 200:
                return
            await asyncio.sleep(0.1)
    raise AssertionError("the balancer sees no copy")


def main() -> int:
    """The long rehearsal."""
    parser = argparse.ArgumentParser(description="HAProxy before three copies that are killed and replaced while people talk.")
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3, help="each kills one copy and replaces every copy twice, with a change of keys")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        figures, seen, _ = asyncio.run(rehearse(Path(name), options.people, 0.5, options.rounds))
    print(json.dumps(asdict(figures), indent=1))
    for line in [*seen.failed, *seen.broken][:20]:
        print(line)
    return 1 if seen.failed or seen.broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
