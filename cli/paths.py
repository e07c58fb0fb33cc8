"""Where the command finds the project: the folder that holds its pyproject.toml."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / ".build"
EVALUATION = ROOT / "chatbot" / "evaluation"
SITE_SCRIPT = ROOT / "site" / "build.py"
