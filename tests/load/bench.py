"""`make bench`: measures the portal on this machine beside stock Rasa and stock MkDocs Material, in one run, and prints one table.

`python -m tests.load.bench [--only chat,crowd,flood,mixed,rehearsal,view,weights,growth] [--minutes 60] [--rounds 5] [--record]`. `--record` writes
site/performance.json, from which the site's page "how it performs" is made. Figures are for comparing within one run, never asserted.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.load import chat, stock, view
from tests.serving import ROOT, SITE, built

RESULT = ROOT / "site" / "performance.json"
#: As many as the service lets in at once by default.
IN_FLIGHT = 64


@dataclass(frozen=True)
class Row:
    """One measured figure, and the peer's where there is one. `more`: the larger is the better."""

    what: str
    ours: float
    unit: str
    peer: float | None = None
    peer_name: str | None = None
    more: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times better ours is."""
        if not self.peer or not self.ours:
            return None
        return self.ours / self.peer if self.more else self.peer / self.ours


Part = Callable[[Path, argparse.Namespace, dict[str, Any]], list[Row]]


def side_by_side(folder: Path, options: argparse.Namespace, plots: dict[str, Any]) -> list[Row]:
    """Ours with a copy a core, stock Rasa as `rasa run` starts it, in turn."""
    from tests.deploy.rehearsal import free_ports

    try:
        ours, theirs = chat.compare(folder, free_ports(1)[0], options.rounds, 4, os.cpu_count() or 1)
    except stock.NoStock as error:
        print(f"stock Rasa is left out: {error}", file=sys.stderr)
        return []
    peer = f"Rasa {stock.VERSION}"
    return [
        Row("messages", ours.per_second, "1/s", theirs.per_second, peer, more=True),
        Row("median", ours.median_ms, "ms", theirs.median_ms, peer),
        Row("processor", ours.processor_ms, "ms", theirs.processor_ms, peer),
        Row("memory", ours.memory_mb, "MB", theirs.memory_mb, peer),
        Row("start", ours.start_seconds, "s", theirs.start_seconds, peer),
        Row("start_processor", ours.start_processor, "s", theirs.start_processor, peer),
    ]


def crowd(folder: Path, options: argparse.Namespace, plots: dict[str, Any]) -> list[Row]:
    """200 people at once with the settings of a city, a copy a core; and what a message and a page cost."""
    with chat.copies(folder, os.cpu_count() or 1) as running:
        tally = asyncio.run(chat.two_hundred([chat.port_of(one) for one in running], 200, 30))
        message = asyncio.run(chat.cost(running[0], chat.ours, 300))
        page = asyncio.run(chat.cost(running[0], chat.help_page, 600))
    return [
        Row("crowd_95", tally.share(0.95) * 1000, "ms"), Row("crowd_lost", len(tally.wrong) + len(tally.shed), ""),
        Row("crowd_rate", len(tally.answers) / tally.seconds, "1/s"), Row("message_cost", message, "ms"), Row("page_cost", page, "ms"),
    ]  # fmt: skip


def flood(folder: Path, options: argparse.Namespace, plots: dict[str, Any]) -> list[Row]:
    """Ten times as many at once as a copy takes in."""
    with chat.copies(folder, 1, max_in_flight=IN_FLIGHT) as (server,):
        asyncio.run(chat.flood(server, 2, 3, IN_FLIGHT))  # what a first flood makes grow once
        seen = asyncio.run(chat.flood(server, 10, 15, IN_FLIGHT))
    return [
        Row("flood_answered", seen.answered, ""), Row("flood_shed", seen.shed, ""), Row("flood_wrong", seen.wrong, ""),
        Row("flood_recovered", seen.recovered_ms, "ms"), Row("flood_growth", seen.memory_after - seen.memory_before, "MB"),
    ]  # fmt: skip


def mixed(folder: Path, options: argparse.Namespace, plots: dict[str, Any]) -> list[Row]:
    """Everything together for `--minutes`; memory all the while, counted from the first fifth on."""
    with chat.copies(folder, 1) as (server,):
        held, tally = asyncio.run(chat.mixed(server, 20, options.minutes))
    plots["memory"] = [[round(minute, 2), round(size, 1)] for minute, size in held]
    warm = held[len(held) // 5 :] or held
    return [
        Row("mixed_minutes", options.minutes, "min"), Row("mixed_answered", len(tally.answers), ""), Row("mixed_wrong", len(tally.wrong), ""),
        Row("mixed_growth", warm[-1][1] - warm[0][1], "MB"),
    ]  # fmt: skip


def rehearsal(folder: Path, options: argparse.Namespace, plots: dict[str, Any]) -> list[Row]:
    """Copies killed and replaced under a balancer while people talk."""
    from tests.deploy.rehearsal import rehearse

    figures, _, _ = asyncio.run(rehearse(folder, people=20, pause=0.5, rounds=2))
    plots["rehearsal"] = asdict(figures)
    return [
        Row("rehearsal_replaced", figures.copies_killed + figures.copies_replaced, ""), Row("rehearsal_requests", figures.requests, ""),
        Row("rehearsal_failed", figures.failed + figures.broken, ""),
    ]  # fmt: skip


def first_view(folder: Path, options: argparse.Namespace, plots: dict[str, Any]) -> list[Row]:
    """The slow phone."""
    ours, theirs = view.compare(folder, max(1, options.rounds // 2))
    peer = "MkDocs Material"
    return [
        Row("first_paint", ours.first_paint, "ms", theirs.first_paint, peer), Row("readable", ours.readable, "ms", theirs.readable, peer),
        Row("first_bytes", ours.bytes / 1000, "kB", theirs.bytes / 1000, peer),
    ]  # fmt: skip


def weights(folder: Path, options: argparse.Namespace, plots: dict[str, Any]) -> list[Row]:
    """The heaviest page of each kind in each language, brotli, with style, scripts and headers."""
    sys.path[:0] = [str(ROOT / "site")]
    from site_assets import hashed_name, read_assets
    from site_budgets import weigh

    from translations.locales import LOCALES

    assets, heaviest = {hashed_name(name, data): data for name, data in read_assets().items()}, {}
    for tag in LOCALES:
        index = next((SITE / "assets").glob(f"search-{tag}.*.json")).read_bytes()
        for one in weigh(SITE / tag, tag, assets, index):
            heaviest[one.kind, tag] = max(one.all, heaviest.get((one.kind, tag), 0))
    plots["weights"] = {f"{kind}, {tag}": size for (kind, tag), size in heaviest.items()}
    emergency = max(size for (kind, _), size in heaviest.items() if kind == "emergency page")
    search = max(size for (kind, _), size in heaviest.items() if kind == "search index")
    return [Row("weight_emergency", emergency / 1000, "kB"), Row("weight_search", search / 1000, "kB")]


def growth(folder: Path, options: argparse.Namespace, plots: dict[str, Any]) -> list[Row]:
    """The whole build in every language, and what one changed page costs an editor."""
    sys.path[:0] = [str(ROOT / "site")]
    from build import build

    from translations.locales import LOCALES

    out = folder / "site"
    begun = time.perf_counter()
    build(out)
    whole = time.perf_counter() - begun
    pages = sum(1 for _ in out.rglob("index.html"))
    return [Row("build_languages", len(LOCALES), ""), Row("build_pages", pages, ""), Row("build_all", whole, "s"), Row("build_page", whole / pages * 1000, "ms")]


PARTS: dict[str, Part] = {
    "chat": side_by_side, "crowd": crowd, "flood": flood, "mixed": mixed, "rehearsal": rehearsal, "view": first_view, "weights": weights, "growth": growth,
}  # fmt: skip


def machine() -> str:
    """The processor, the cores, the Python."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main() -> int:
    """Measure, print, and keep what was measured."""
    parser = argparse.ArgumentParser(description="Measures the portal beside stock Rasa and stock MkDocs Material.")
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts, by comma: {', '.join(PARTS)}")
    parser.add_argument("--minutes", type=float, default=2, help="of mixed load; 60 for the hour before a release")
    parser.add_argument("--rounds", type=int, default=5, help="of the comparison with stock Rasa")
    parser.add_argument("--record", action="store_true", help="put the figures into site/performance.json")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    built()
    rows: list[Row] = []
    plots: dict[str, Any] = {}
    for name in options.only.split(","):
        print(f"measuring: {name} …", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            rows += PARTS[name](Path(folder), options, plots)
    print(f"{machine()}, {dt.date.today()}, load {os.getloadavg()[0]:.1f}\n\n| what | ours | peer | ratio |\n|---|---:|---:|---:|")
    for row in rows:
        peer = f"{row.peer:.1f} {row.unit} ({row.peer_name})" if row.peer is not None else ""
        print(f"| {row.what} | {row.ours:.1f} {row.unit} | {peer} | {f'{row.ratio:.1f}' if row.ratio else ''} |")
    fresh = {"date": str(dt.date.today()), "machine": machine(), "load": round(os.getloadavg()[0], 1)}
    told = {row.what: {**asdict(row), "ratio": row.ratio, **fresh} for row in rows}
    kept = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {"rows": [], "plots": {}}
    older = {row["what"]: row for row in kept["rows"] if row["what"] not in told}
    result = {"rows": [*older.values(), *told.values()], "plots": {**kept["plots"], **plots}}
    (ROOT / ".build" / "bench.json").write_text(json.dumps(result, indent=1), encoding="utf-8")
    if options.record:
        RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
