"""Reads the memory of a running process and counts what stands in it, in every shape the service could hold a text."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.privacy.traces import writings

# Bytes of a CPython 3.11 str before its letters (Include/cpython/unicodeobject.h): of an ASCII one, of any other.
_ASCII_HEAD, _OTHER_HEAD = 48, 72


def shapes(text: str) -> list[bytes]:
    """The text as bytes: as sent, in escapes, and as CPython stores it (one, two or four bytes a letter)."""
    found = writings(text)
    try:
        found.append(text.encode("latin-1"))
    except UnicodeEncodeError:
        pass
    return [shape for shape in dict.fromkeys(found) if shape]


def regions(pid: int) -> Iterator[bytes]:
    """Everything the process can write to, region by region. Raises PermissionError where the machine does not allow to look."""
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            place, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(edge, 16) for edge in place.split("-"))
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue


def copies(pid: int, texts: Iterable[str], mark: str) -> Counter[str]:
    """How often each text stands in the memory of a process; texts that do not are not counted.

    All texts begin with `mark`, which is looked for alone: half a gigabyte is read once for each of its shapes, not of every text.
    """
    wanted = {text: shapes(text) for text in texts}
    found: Counter[str] = Counter()
    for region in regions(pid):
        near = sorted({place for shape in shapes(mark) for place in places(region, shape)})
        for text, forms in wanted.items():
            found[text] += sum(any(region.startswith(form, place) for form in forms) for place in near)
    return +found


def held(pid: int, texts: Mapping[str, str]) -> list[str]:
    """Names of the texts that stand in memory as whole Python strings with owners: not left over, but kept.

    A str that was freed has its first bytes, the count of its owners, overwritten by the allocator's list of free places.
    """
    kept: set[str] = set()
    for region in regions(pid):
        for name, text in texts.items():
            width = "latin-1" if max(text) <= "\xff" else "utf-16-le" if max(text) <= "\uffff" else "utf-32-le"
            head = _ASCII_HEAD if text.isascii() else _OTHER_HEAD
            if any(_owned(region, place - head, len(text)) for place in places(region, text.encode(width))):
                kept.add(name)
    return [name for name in texts if name in kept]


def places(data: bytes, wanted: bytes) -> Iterator[int]:
    """Where the bytes stand. (`find` reads half a gigabyte in a second; a pattern of many shapes does not.)"""
    at = data.find(wanted)
    while at >= 0:
        yield at
        at = data.find(wanted, at + 1)


def _owned(region: bytes, at: int, length: int) -> bool:
    if at < 0:
        return False
    owners: int
    size: int
    owners, _, size = struct.unpack_from("<QQQ", region, at)
    return 0 < owners < 10_000 and size == length
