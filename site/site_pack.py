"""Each file a second and third time, compressed once here instead of at every request: `.br` and `.gz` beside it."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli  # type: ignore[import-untyped]

SUFFIXES = (".br", ".gz")
#: Smaller than this, the headers weigh more than what compression saves.
LEAST = 256


def pack(path: Path, quality: int = 11) -> None:
    """Writes `<name>.br` (`quality` is brotli's) and `<name>.gz`. The same bytes in give the same bytes out: no time, no name inside.

    The frame of the API (`_shell.html`) is filled before it is sent, so it is left as it is.
    """
    data = path.read_bytes()
    if len(data) < LEAST or path.name == "_shell.html":
        return
    path.with_name(path.name + ".br").write_bytes(brotli.compress(data, quality=quality))
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(data, 9, mtime=0))
