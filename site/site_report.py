"""The living safety report: what the last tests found, read from safety-report.json, which `make safety-report` writes and nobody types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("safety-report.json")
#: What the report tells, in its order; partials/report.html has a name for each.
CHECKS = ("third_party", "traces", "exit", "canary", "sizes", "fuzz", "axe")
#: What a visit may leave in a browser, in the order of the table.
LEFT = ("words", "storage", "cache", "back", "name")


@dataclass(frozen=True)
class Check:
    """One group of tests: whether all passed (None: not run yet), when, and how many faults are known and expected by the tests."""

    id: str
    passed: bool | None
    date: str
    known: int


@dataclass(frozen=True)
class Traces:
    """What one browser kept of a visit."""

    engine: str
    version: str
    scripts: bool
    date: str
    left: Mapping[str, bool]


@dataclass(frozen=True)
class Tongue:
    """One language: messages of danger that were met with the emergency answer, of how many; share of texts translated, in per cent."""

    tag: str
    met: int
    of: int
    translated: int


@dataclass(frozen=True)
class Report:
    """Everything the file says."""

    checks: tuple[Check, ...]
    traces: tuple[Traces, ...]
    tongues: tuple[Tongue, ...]
    fresh: tuple[int, int] | None
    date: str


def read_report(file: Path = FILE) -> Report:
    """Reads the file; without one everything is "not tested". Raises ValueError for a file of another form."""
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    try:
        checks = data.get("checks", {})
        found = tuple(
            Check(name, checks[name]["passed"], checks[name]["date"], checks[name]["known"]) if name in checks else Check(name, None, "", 0)
            for name in CHECKS
        )
        traces = tuple(Traces(**one) for one in data.get("traces", []))
        tongues = tuple(Tongue(tag, *one["urgent"], one["translated"]) for tag, one in sorted(data.get("languages", {}).items()))
        fresh = tuple(data["fresh"]) if "fresh" in data else None
    except (KeyError, TypeError) as error:
        raise ValueError(f"{file.name} has another form than site_report.py reads ({error}); make it anew: make safety-report") from None
    dates = [check.date for check in found if check.date]
    return Report(found, traces, tongues, fresh, max(dates, default=""))
