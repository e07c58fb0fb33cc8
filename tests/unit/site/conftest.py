"""The site's modules lie beside their build script, not in a package; tests find them by path. One build serves all tests here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
for folder in (str(ROOT), str(ROOT / "site")):
    if folder not in sys.path:
        sys.path.insert(0, folder)

LOCALES = ("sv", "en", "ar")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, built in three languages, one of them right-to-left."""
    from build import build

    out = tmp_path_factory.mktemp("built") / "site"
    build(out, LOCALES)
    return out
