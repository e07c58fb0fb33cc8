"""Writes site/safety-report.json: what the tests that a reader's safety hangs on found, group by group, and the figures that belong to it.

`make safety-report` runs all groups (about half an hour, most of it ten minutes of fuzzing and the look into memory);
`python tests/safety/report.py exit traces` runs only these and leaves the rest of the file as it was, each with its own date.
`--fuzz-seconds N` shortens the fuzzing. The site draws the page om/provat and the table of om/saker-surfning from the file.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "site" / "safety-report.json"
GROUPS = {
    "third_party": ["tests/browser/test_site_look.py::test_every_page_fits_320_pixels_and_asks_nobody_else"],
    "traces": ["tests/privacy/test_traces.py", "tests/privacy/test_traces_firefox.py", "tests/privacy/test_titles.py"],
    "exit": ["tests/browser/test_site_exit.py"],
    "canary": ["tests/privacy/test_canary.py", "tests/privacy/test_memory.py"],
    "sizes": ["tests/privacy/test_wire_sizes.py", "tests/privacy/test_page_sizes.py"],
    "fuzz": ["tests/contract/test_fuzz.py"],
    "axe": ["tests/accessibility/test_axe.py::test_each_kind_of_page_has_no_violations"],
}
FIGURES = "figures"


@dataclass
class Ran:
    """What pytest said of a group. `known` are failures that the tests expect and the papers name."""

    tests: int = 0
    failed: int = 0
    known: int = 0
    skipped: int = 0
    seconds: float = 0.0
    properties: dict[str, str] = field(default_factory=dict)


def run(tests: list[str], fuzz_seconds: int) -> Ran:
    """Runs a group of tests in a process of its own, slow ones too."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.xml"
        command = [sys.executable, "-m", "pytest", "-m", "slow or not slow", f"--junitxml={result}", "-o", "junit_family=xunit1", *tests]
        ended = subprocess.run(command, cwd=ROOT, env={**os.environ, "FRIYTA_FUZZ_SECONDS": str(fuzz_seconds)})
        if not result.exists():
            raise SystemExit(f"pytest gave no result (status {ended.returncode}) for {' '.join(tests)}")
        return read(result.read_text(encoding="utf-8"))


def read(xml: str) -> Ran:
    """What a JUnit file says."""
    ran = Ran()
    for suite in ET.fromstring(xml).iter("testsuite"):
        ran.seconds += float(suite.get("time", "0"))
        for case in suite.iter("testcase"):
            ran.tests += 1
            ran.failed += case.find("failure") is not None or case.find("error") is not None
            left_out = case.find("skipped")
            if left_out is not None:
                expected = left_out.get("type") == "pytest.xfail"
                ran.known += expected
                ran.skipped += not expected
            ran.properties |= {str(one.get("name")): str(one.get("value")) for one in case.iter("property")}
    return ran


def entry(ran: Ran, today: str) -> dict[str, Any]:
    """A group's line of the file. Passed is only what ran: a group all of whose tests were left out has not been tested."""
    done = ran.tests - ran.skipped
    return {"date": today, "passed": ran.failed == 0 if done else None, "tests": done, "known": ran.known, "seconds": round(ran.seconds)}


def traces(properties: dict[str, str], today: str) -> list[dict[str, Any]]:
    """The table of what browsers keep, as the test of the traces recorded it."""
    return [{**json.loads(value), "date": today} for name, value in sorted(properties.items()) if name.startswith("left ")]


def figures() -> dict[str, Any]:
    """Urgency met and share translated per language, and how many services have facts less than a year old."""
    from chatbot.engine import Engine
    from chatbot.evaluate import measure, read_cases
    from content.load import load_content
    from translations.locales import LOCALES
    from translations.status import status

    sys.path.insert(0, str(ROOT / "site"))
    from site_cards import stale_services  # type: ignore[import-not-found]

    content = load_content(ROOT)
    engine = Engine.load(ROOT / ".build" / "models", content)
    parts = [part for part in status(ROOT) if part.locale in LOCALES]
    found = {}
    for tag, locale in LOCALES.items():
        kept_out = ROOT / "chatbot" / "evaluation" / f"{tag}.tsv"
        cases = read_cases(kept_out) if kept_out.exists() else []  # none yet: the page says "not tested"
        urgent = [one for one in (measure(engine, tag, cases).outcomes if cases else ()) if one.case.urgent]
        total = sum(part.total for part in parts if part.locale == tag)
        done = 100 if locale.is_source or not total else 100 * sum(part.translated for part in parts if part.locale == tag) // total
        found[tag] = {"urgent": [sum(one.urgent for one in urgent), len(urgent)], "translated": done}
    stale = stale_services(iter(content.services.values()), dt.date.today())
    return {"languages": found, "fresh": [len(content.services) - len(stale), len(content.services)]}


def main() -> int:
    """Runs the groups, writes the file after each, and prints a line for each. Gives 1 if one did not pass."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("group", nargs="*", help=f"only these (default: all): {' '.join([*GROUPS, FIGURES])}")
    parser.add_argument("--fuzz-seconds", type=int, default=600)
    given = parser.parse_args()
    wanted = given.group or [*GROUPS, FIGURES]
    if unknown := set(wanted) - {*GROUPS, FIGURES}:
        parser.error(f"no such group: {' '.join(sorted(unknown))}")
    today = dt.date.today().isoformat()
    wrong = 0
    for name in wanted:
        ran = run(GROUPS[name], given.fuzz_seconds) if name in GROUPS else Ran()
        found = figures() if name == FIGURES else {}
        data: dict[str, Any] = {**(json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}), **found}
        if name == FIGURES:
            print(f"{name}: {json.dumps(data['languages'])}, fresh {data['fresh']}")
        else:
            made = entry(ran, today)
            data["checks"] = {**data.get("checks", {}), name: made}
            if name == "traces" and ran.failed == 0:
                data["traces"] = traces(ran.properties, today)
            wrong += made["passed"] is not True
            said = "passed" if made["passed"] else "not run" if made["passed"] is None else "FAILED"
            print(f"{name}: {said}, {made['tests']} tests, {made['known']} known faults, {made['seconds']} s {ran.properties or ''}")
        FILE.write_text(json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
