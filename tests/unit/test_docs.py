"""The papers say what is there: tests that the threat model points to, files that the README links to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_each_proof_in_the_threat_model_exists() -> None:
    """A promise that points to a test nobody runs is no promise."""
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)
    assert len(named) > 10
    missing = [
        f"{path}::{name}" for path, name in named if not (ROOT / path).exists() or (name and f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert not missing


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "SECURITY.md", *[f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")]])
def test_links_between_the_papers_lead_somewhere(paper: str) -> None:
    """A newcomer must not meet a link to nowhere in the first two minutes."""
    source = ROOT / paper
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", re.sub(r"`[^`]*`", "", source.read_text(encoding="utf-8")))
    assert not [link for link in links if not (source.parent / link).exists()]


def test_each_command_of_the_readme_is_a_target() -> None:
    """`make serve` and `make test` are all a newcomer is told; they must be there."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = set(re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert told <= targets, told - targets
