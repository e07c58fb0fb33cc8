"""Finds words that tell what somebody looks for, in titles, addresses and file names. The words are data: telling.yaml."""

from __future__ import annotations

import re
import unicodedata
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("telling.yaml")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@lru_cache(maxsize=1)
def data() -> dict[str, Any]:
    """The whole file."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def known(kind: str) -> set[str]:
    """What is known to be telling today: `addresses`, `titles` or `previews`."""
    return set(data()["known"][kind]["list"])


def telling(text: str) -> list[str]:
    """The telling words of a text in any language, in order. A word is telling in every language that has it on its list."""
    patterns = [pattern for words in data()["words"].values() for pattern in words]
    return [word for word in _WORD.findall(plain(text)) if any(fnmatchcase(word, pattern) for pattern in patterns)]


def plain(text: str) -> str:
    """Small letters, Latin letters without their marks."""
    split = unicodedata.normalize("NFKD", text.casefold())
    latin = "".join(sign for at, sign in enumerate(split) if not (unicodedata.combining(sign) and at and split[at - 1].isascii()))
    return unicodedata.normalize("NFC", latin)
