"""What a build was made of, and what it made: hashes, so that a second start is quick and anybody can verify what is served."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from site_context import ROOT
from site_directory_hours import build_day, window_of

MANIFEST = "manifest.json"
#: Packages whose version can change a page's bytes.
PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2", "babel", "phonenumbers", "pydantic", "holidays", "segno", "brotli")
_SHARED = ("content/**/*.yaml", "content/**/*.md", "content/**/*.py", "translations/*.py", "translations/*.yaml", "site/**/*")
_SKIPPED = ("__pycache__",)


def inputs_hash(tag: str, offered: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """One hash over everything the pages of a language are made of: texts, catalogues, theme, code, versions, settings."""
    values = os.environ if environment is None else environment
    digest = hashlib.sha256()
    for package in PACKAGES:
        digest.update(f"{package}={importlib.metadata.version(package)}\n".encode())
    digest.update(f"{tag} {' '.join(offered)} {values.get('FRIYTA_SITE_URL', '')} {window_of(build_day(values)).mark}\n".encode())
    for path in _files([*_SHARED, f"translations/{tag}/**/*.po"]):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(patterns: Iterable[str]) -> list[Path]:
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not any(part in _SKIPPED for part in path.parts))


def read_state(path: Path) -> dict[str, str]:
    """The input hashes of the last build by language; empty if there was none."""
    try:
        state = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(tag): str(value) for tag, value in state.items()} if isinstance(state, dict) else {}


def write_state(path: Path, state: Mapping[str, str]) -> None:
    """Keeps the input hashes beside the built site, not inside it."""
    path.write_text(json.dumps(dict(sorted(state.items())), indent=1) + "\n", encoding="utf-8")


def manifest_text(out: Path) -> str:
    """The sha256 of every built file by its path, sorted. No dates: the same inputs give the same bytes."""
    files = sorted(path for path in out.rglob("*") if path.is_file() and path != out / MANIFEST)
    hashes = {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return json.dumps({"files": hashes}, indent=0, ensure_ascii=False) + "\n"
