"""Fills answers up, so that their length says nothing of the topic. Pure functions on bytes.

Chat answers are never compressed (`no-transform` asks the same of proxies): a compressed answer shows its own length again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

BLOCK = 4096
#: Every answer of the JSON chat has the first of these sizes that holds it. Larger ones take whole blocks.
SIZES = (12288, 20480)
_OPEN, _CLOSE = b"<!--", b"-->\n"


def padded_json(fields: Mapping[str, Any]) -> bytes:
    """The fields as JSON with a last field `pad`, as long as the size class that holds them."""
    body = json.dumps({**fields, "pad": ""}, ensure_ascii=False, separators=(",", ":")).encode()
    return body[:-2] + b" " * (size_for(len(body), SIZES) - len(body)) + body[-2:]


def padded_html(page: str, frame: int) -> bytes:
    """The page with a comment behind it. `frame` is the length of the page without a conversation, the same for all pages of a language."""
    body = page.encode()
    sizes = tuple(_up(frame + size) for size in SIZES)
    missing = size_for(len(body) + len(_OPEN) + len(_CLOSE), sizes) - len(body) - len(_OPEN) - len(_CLOSE)
    return body + _OPEN + b" " * missing + _CLOSE


def size_for(length: int, sizes: tuple[int, ...]) -> int:
    """The first of `sizes` that holds `length`, or the next whole number of blocks."""
    return next((size for size in sizes if length <= size), _up(length))


def _up(length: int) -> int:
    return -(-length // BLOCK) * BLOCK
