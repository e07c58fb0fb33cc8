"""The walls between the rooms stand as docs/rooms.md draws them."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAY_USE = {
    "content": set(),
    "translations": {"content"},
    "chatbot": {"content", "translations"},
    "api": {"content", "translations", "chatbot"},
    "site": {"content", "translations"},
    "cli": {"content", "translations", "chatbot", "api"},
}
ROOMS = set(MAY_USE)


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_rooms_use_only_the_rooms_they_may(room: str) -> None:
    """An import the wrong way lets a change in one room break another that nobody looked at."""
    files = list((ROOT / room).rglob("*.py"))
    assert files, f"{room}/ has no Python"
    wrong = {str(f.relative_to(ROOT)): bad for f in files if (bad := (imports(f) & ROOMS) - MAY_USE[room] - {room})}
    assert not wrong, f"imports against docs/rooms.md: {wrong}"


def test_only_the_chatbot_imports_rasa() -> None:
    """Outside chatbot/ nobody may touch rasa, so that it can be replaced and stays silenced."""
    users = [
        str(f.relative_to(ROOT)) for r in ROOMS - {"chatbot"} for f in (ROOT / r).rglob("*.py") if "rasa" in imports(f) or "rasa_sdk" in imports(f)
    ]
    assert not users


def test_site_is_not_swallowed_as_build_output() -> None:
    """`site` is MkDocs' default output folder: if git ignored it, the face of the portal would vanish from the next clone."""
    answer = subprocess.run(["git", "check-ignore", "site/mkdocs.yml"], cwd=ROOT, capture_output=True)
    assert answer.returncode == 1
    assert not (ROOT / "site" / "__init__.py").exists()
