"""Style, scripts and pictures: made smaller, named by the hash of their bytes, shared by every language."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).with_name("assets")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_SPACE = re.compile(r"\s*([{};,])\s*")


def read_assets(folder: Path = FOLDER) -> dict[str, bytes]:
    """Every file of site/assets as it is served, by its name there."""
    return {path.name: _smaller(path) for path in sorted(folder.iterdir()) if path.is_file()}


def hashed_name(name: str, data: bytes) -> str:
    """`site.css` -> `site.0123456789.css`: a new name for new bytes, so that an old page never meets a new script."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}.{suffix}"


def asset_urls(assets: dict[str, bytes]) -> dict[str, str]:
    """The address of each asset by its name in site/assets."""
    return {name: f"/assets/{hashed_name(name, data)}" for name, data in assets.items()}


def _smaller(path: Path) -> bytes:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        text = _CSS_SPACE.sub(r"\1", " ".join(_CSS_COMMENT.sub("", text).split())).replace(";}", "}")
    elif path.suffix == ".js":
        text = _shorter_script(text)
    return text.encode()


def _shorter_script(text: str) -> str:
    """Without indentation and whole-line comments; the code itself stays as it was written, so that anybody can read it."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"
