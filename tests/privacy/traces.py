"""Looks for a canary wherever a service could leave it: output, files, answers, memory - in every writing a program might choose."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

_SKIPPED = frozenset({".git", ".venv", "__pycache__", ".hypothesis", ".pytest_cache", ".mypy_cache", ".ruff_cache"})


def writings(canary: str) -> list[bytes]:
    """The canary as bytes in the encodings and escapes that programs write: plain, UTF-16 and -32, JSON, percent, repr, base64."""
    plain = canary.encode()
    found = [plain, canary.encode("utf-16-le"), canary.encode("utf-32-le"), json.dumps(canary)[1:-1].encode(), quote(canary).encode()]
    found += [quote_plus(canary).encode(), ascii(canary)[1:-1].encode(), repr(plain)[2:-1].encode()]
    # Base64 depends on where the text begins: three beginnings, without the ends that depend on what stands around.
    found += [base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]
    return list(dict.fromkeys(found))


def in_bytes(data: bytes, canaries: Iterable[str]) -> list[str]:
    """Which canaries stand in the bytes."""
    return [canary for canary in canaries if any(writing in data for writing in writings(canary))]


def in_files(folders: Iterable[Path], canaries: Iterable[str], since: float) -> list[str]:
    """Files changed since a moment that hold a canary or carry it in their names."""
    wanted = list(canaries)
    return [str(path) for path in _files(folders, since) if in_bytes(path.read_bytes() + str(path).encode(), wanted)]


def _files(folders: Iterable[Path], since: float) -> Iterator[Path]:
    for folder in folders:
        for path in folder.rglob("*"):
            if _SKIPPED.isdisjoint(path.parts) and path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since:
                yield path


def in_memory(pid: int, canaries: Iterable[str]) -> dict[str, int]:
    """How often each canary stands in the memory of a process. Raises PermissionError where the machine does not allow to look."""
    patterns = {canary: re.compile(b"|".join(re.escape(one) for one in writings(canary)[:3])) for canary in canaries}
    counts = dict.fromkeys(patterns, 0)
    regions = [line.split() for line in Path(f"/proc/{pid}/maps").read_text().splitlines()]
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for region in regions:
            if "r" not in region[1] or (len(region) > 5 and region[5].startswith("[v")):
                continue
            start, end = (int(place, 16) for place in region[0].split("-"))
            try:
                memory.seek(start)
                data = memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue
            for canary, pattern in patterns.items():
                counts[canary] += len(pattern.findall(data))
    return counts
