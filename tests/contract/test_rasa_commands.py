"""Rasa's own commands work inside chatbot/, for the people who keep the bot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.serving import MODELS, ROOT, built


def rasa(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of rasa inside chatbot/."""
    command = [sys.executable, "-W", "ignore", "-c", "from chatbot.rasa_command import main; main()", *words]
    return subprocess.run(command, cwd=ROOT / "chatbot", capture_output=True, text=True, timeout=600)


def test_rasa_finds_the_project_sound() -> None:
    """A rule that contradicts another, or a response nobody defined, would be found by a reader in distress."""
    done = rasa("data", "validate", "--domain", "domain", "--fail-on-warnings", "--data", "data/rules")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "No story structure conflicts found" in done.stdout + done.stderr


def test_every_story_is_told_as_written(tmp_path: Path) -> None:
    """A path of several turns that changes unnoticed would leave a reader without the next step."""
    built()
    model = max(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime_ns)
    done = rasa("test", "core", "--stories", "tests", "--model", str(model), "--out", str(tmp_path), "--fail-on-prediction-errors")
    assert done.returncode == 0, done.stderr[-3000:]
    assert (tmp_path / "story_report.json").exists()

