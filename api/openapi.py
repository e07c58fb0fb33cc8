"""Writes docs/openapi.json: `python -m api.openapi`. A test holds the file against the app, so that a change of contract is seen in
review.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from api.app import create_app
from api.settings import ROOT, Settings
from content.load import load_content
from translations.catalogs import Catalogs

FILE = ROOT / "docs" / "openapi.json"


def description(root: Path = ROOT) -> dict[str, Any]:
    """What the app says of itself. Needs the content, but neither a model nor a built site."""
    return create_app(Settings(), None, load_content(root), Catalogs.load(root)).openapi()


def as_text(found: dict[str, Any]) -> str:
    """The bytes of the file."""
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(as_text(description()), encoding="utf-8")
