"""The editors' commands write what the loader accepts, and lose nothing."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from content.editing import draft_service, record_check, service_file
from content.freshness import facts
from content.load import load_content

ROOT = Path(__file__).resolve().parents[3]
ANSWERS = {
    "service_id": "provtjanst", "name": "Provtjänsten", "organization": "En förening", "kind": "helpline", "audience": "everyone",
    "summary": "Någon som lyssnar.", "way_in": "Ring när du vill.", "source": "https://example.org", "text_date": "2026-10", "phone": "116 111",
}  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_a_recorded_check_is_read_back_and_comments_stay(tree: Path) -> None:
    """If a check were lost, a release would be stopped for a number that somebody has dialled."""
    path = service_file(tree, "kvinnofridslinjen")
    path.write_text("# keep me\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    service = load_content(tree).services["kvinnofridslinjen"]
    for fact in facts(service):
        record_check(path, fact.place, "Provaren", dt.date(2026, 11, 1))
    after = facts(load_content(tree).services["kvinnofridslinjen"])
    assert after and all(fact.checked == dt.date(2026, 11, 1) and fact.checked_by == "Provaren" for fact in after)
    assert path.read_text(encoding="utf-8").startswith("# keep me")


def test_a_drafted_service_is_valid_and_promises_nothing(tree: Path) -> None:
    """A new listing must start with everything unknown, not with guesses."""
    service_file(tree, "provtjanst").write_text(draft_service(ANSWERS), encoding="utf-8")
    service = load_content(tree).services["provtjanst"]
    assert service.phone is not None and service.phone.labels is not None
    assert set(service.phone.labels.model_dump().values()) == {"unknown"}
    assert service.phone.checked is None and service.anonymous == "unknown"


def test_an_unknown_service_is_said_in_one_line() -> None:
    """An editor who mistypes an id must be told what was meant."""
    result = CliRunner().invoke(main, ["directory", "verify", "kvinnofridslinen", "--by", "x"])
    assert result.exit_code == 1
    assert "Did you mean: kvinnofridslinjen" in result.output


def test_stale_lists_what_stops_a_release() -> None:
    """Nobody has dialled a helpline yet; the list must say so until somebody does."""
    result = CliRunner().invoke(main, ["directory", "stale", "--guarded"])
    assert result.exit_code == 0
    assert "STOPS A RELEASE  kvinnofridslinjen" in result.output
