"""`make bench`: measures the running portal on this machine and prints one table. Figures are for comparing on one machine in one run, never asserted.

Measured: start until ready, memory at rest, one message at a time, many at once, and the compressed weight of a help page in each language.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import platform
import re
import secrets
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / ".build" / "site"
MESSAGES = {
    "sv": ["jag är rädd för min man", "var finns rvc", "han läser alla mina sms", "vad kostar det", "jag vill bara prata med nån"],
    "en": ["he takes all my money", "where can i sleep tonight", "is it normal that he shouts", "who reads this", "i need an interpreter"],
    "ar": ["زوجي يأخذ راتبي", "وين بنام الليلة", "bkhaf mn jozi", "هل هذا سري", "بدي محامي"],
}


@dataclass(frozen=True)
class Row:
    """One measured figure."""

    what: str
    figure: str


def free_port() -> int:
    """Give a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int) -> tuple[subprocess.Popen[bytes], float]:
    """Start the server without preparing; give the process and the seconds until it is ready."""
    began = time.perf_counter()
    environment = {**os.environ, "FRIYTA_ANSWER_STEP_MS": "0", "FRIYTA_PER_SOURCE": "1000000"}
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "cli.main", "serve", "--no-prepare", "--port", str(port)],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while True:
        if process.poll() is not None:
            raise SystemExit("the server ended by itself; try `friyta serve`")
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health/ready", timeout=1).status_code == 200:
                return process, time.perf_counter() - began
        except httpx.HTTPError:
            time.sleep(0.05)


async def ask(client: httpx.AsyncClient, lang: str, text: str) -> float:
    """Send one message; give the seconds it took."""
    began = time.perf_counter()
    answer = await client.post("/api/chat", json={"lang": lang, "message": text, "choice": None, "state": None})
    answer.raise_for_status()
    return time.perf_counter() - began


async def talk(port: int) -> list[Row]:
    """Measure one at a time and many at once."""
    everything = [(lang, text) for lang, texts in MESSAGES.items() for text in texts]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        for lang, text in everything:
            await ask(client, lang, text)
        alone = [await ask(client, *everything[i % len(everything)]) for i in range(90)]
        gate = asyncio.Semaphore(32)

        async def one(number: int) -> float:
            async with gate:
                return await ask(client, *everything[number % len(everything)])

        began = time.perf_counter()
        together = await asyncio.gather(*(one(i) for i in range(400)))
        rate = len(together) / (time.perf_counter() - began)
    slow = sorted(together)[int(len(together) * 0.95)]
    return [
        Row("one message at a time, median", f"{statistics.median(alone) * 1000:.1f} ms"),
        Row("32 at once: messages a second", f"{rate:.0f}"),
        Row("32 at once: 95 % answered within", f"{slow * 1000:.0f} ms"),
    ]


def weights() -> list[Row]:
    """Give the gzip weight of the emergency page with all it loads, per language."""
    rows = []
    for page in sorted(SITE.glob("*/hjalp/akut/index.html")):
        html = page.read_text(encoding="utf-8")
        parts = {"html": len(gzip.compress(html.encode()))}
        for name in set(re.findall(r"(?:href|src)=\"[^\"]*?(assets/[^\"]+\.(?:css|js))\"", html)):
            suffix = name.rsplit(".", 1)[1]
            parts[suffix] = parts.get(suffix, 0) + len(gzip.compress((SITE / name).read_bytes()))
        said = ", ".join(f"{kind} {size / 1000:.1f} kB" for kind, size in sorted(parts.items()))
        rows.append(Row(f"emergency page, {page.parts[-4]}", f"{sum(parts.values()) / 1000:.1f} kB ({said})"))
    return rows


def main() -> None:
    """Measure and print."""
    port = free_port()
    process, ready = start(port)
    try:
        memory = psutil.Process(process.pid).memory_info().rss / 1e6
        rows = [Row("start until ready", f"{ready:.1f} s"), Row("memory at rest", f"{memory:.0f} MB"), *asyncio.run(talk(port))]
        rows.append(Row("memory after", f"{psutil.Process(process.pid).memory_info().rss / 1e6:.0f} MB"))
    finally:
        process.terminate()
        process.wait(timeout=20)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, run {secrets.token_hex(3)}\n")
    for row in [*rows, *weights()]:
        print(f"| {row.what} | {row.figure} |")
    (ROOT / ".build" / "bench.json").write_text(json.dumps([row.__dict__ for row in [*rows, *weights()]], indent=1))


if __name__ == "__main__":
    main()
