"""The safety report on the site says what the file of the tests says, no more."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest


def table_of(page: str) -> list[list[str]]:
    """The cells of every row that has a name."""
    lines = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.split(r"</t[hd]>", line) if cell.strip()] for line in lines]


@pytest.fixture
def told(root: Path) -> dict[str, Any]:
    """What the tests have written."""
    found: dict[str, Any] = json.loads((root / "site" / "safety-report.json").read_text(encoding="utf-8"))
    return found


def test_the_page_on_safe_browsing_says_what_the_browser_kept(built: Path, told: dict[str, Any]) -> None:
    """If this fails somebody trusts that a trace is gone which the test has found."""
    rows = table_of((built / "sv/om/saker-surfning/index.html").read_text(encoding="utf-8"))
    wanted = [["Finns kvar" if one["left"][name] else "Finns inte kvar" for one in told["traces"]] for name in ("words", "storage", "cache", "back", "name")]
    assert [row[1:] for row in rows] == wanted and wanted[0]


def test_the_report_says_what_passed_and_how_much_danger_was_understood(built: Path, told: dict[str, Any]) -> None:
    """If this fails a failed test looks like a passed one, or a language like a better one."""
    rows = {row[0]: row[1:] for row in table_of((built / "sv/om/provat/index.html").read_text(encoding="utf-8"))}
    states = [row[0] for row in rows.values()]
    from site_report import CHECKS

    checks = told.get("checks", {})
    ran = [checks[name] for name in CHECKS if name in checks]
    assert sum(state.startswith("Klarat") for state in states) == sum(one["passed"] is True for one in ran)
    assert sum("känd brist" in state for state in states) == sum(one["passed"] is True and one["known"] > 0 for one in ran)
    for one in told.get("languages", {}).values():
        met = f"{one['urgent'][0]} / {one['urgent'][1]}" if one["urgent"][1] else "Inte provat"
        assert [met, f"{one['translated']} %"] in rows.values()


def test_a_file_of_another_form_stops_the_build_and_none_says_not_tested(tmp_path: Path) -> None:
    """If this fails an empty page is published as a report."""
    from site_report import read_report

    assert {check.passed for check in read_report(tmp_path / "none.json").checks} == {None}
    (tmp_path / "odd.json").write_text('{"traces": [{"browser": "x"}]}', encoding="utf-8")
    with pytest.raises(ValueError, match="make safety-report"):
        read_report(tmp_path / "odd.json")
