"""Each file a second and third time, compressed once here instead of at every request: `.br` and `.gz` beside it.

Pages come out in few sizes: who counts bytes on the line shall not tell which page was read. The filling lies inside the compressed formats, where
each has a place for bytes that mean nothing, so that the page itself stays as it is (docs/decisions/0070).
"""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli  # type: ignore[import-untyped]

SUFFIXES = (".br", ".gz")
#: Smaller than this, the headers weigh more than what compression saves.
LEAST = 256
#: What is filled up: texts that a reader opens. Style, scripts and indexes are the same files for every page.
PAGES = (".html", ".txt")
#: Every compressed page has the first of these sizes that holds it; api/static.py fills uncompressed ones up to the next of its own.
#: The first holds nearly every page, and leaves room for style and scripts of the emergency page within one round trip (site/site_budgets.py); the second
#: the list of services, which is known anyway by the files it loads.
CLASSES = (7_600, 12_000, 24_000, 48_000)
#: A gzip comment ends at a zero byte and may hold any other.
_COMMENT, _HEAD = 0x10, 10
#: Bytes of the longest head of a brotli metadata block that is used.
_MOST_HEAD = 3


def pack(path: Path, quality: int = 11) -> None:
    """Writes `<name>.br` (`quality` is brotli's) and `<name>.gz`. The same bytes in give the same bytes out: no time, no name inside.

    The frame of the API (`_shell.html`) is filled before it is sent, so it is left as it is.
    """
    data = path.read_bytes()
    page = path.suffix in PAGES
    if (len(data) < LEAST and not page) or path.name == "_shell.html":
        return
    path.with_name(path.name + ".br").write_bytes(brotli_page(data, quality) if page else brotli.compress(data, quality=quality))
    packed = gzip.compress(data, 9, mtime=0)
    path.with_name(path.name + ".gz").write_bytes(gzip_filled(packed) if page else packed)


def class_of(length: int) -> int:
    """The size that a compressed page of this length is filled up to; above the largest class the next whole multiple of it."""
    return next((size for size in CLASSES if length <= size), -(-length // CLASSES[-1]) * CLASSES[-1])


def brotli_page(data: bytes, quality: int) -> bytes:
    """Compressed and filled up by a block of metadata (RFC 7932, 9.2), which every decoder passes over."""
    packer = brotli.Compressor(quality=quality)
    body = packer.process(data) + packer.flush()  # ends at a whole byte
    end = b"\x03"  # the last block, empty
    room = class_of(len(body) + _MOST_HEAD + 1 + len(end)) - len(body) - len(end)
    # One byte says lengths up to 256, two say those from 257 on; the room between them is made smaller by an empty block.
    first = b"\x06" if room == 259 else b""
    count = 1 if room <= 259 else 2
    missing = room - len(first) - count - 1
    # Lowest bit first: ISLAST 0, MNIBBLES 11 (metadata), reserved 0, MSKIPBYTES, MSKIPLEN - 1, zeros up to a whole byte.
    head = 0b110 | count << 4 | (missing - 1) << 6
    return bytes(body) + first + head.to_bytes(count + 1, "little") + bytes(missing) + end


def gzip_filled(packed: bytes) -> bytes:
    """A gzip file with a comment in its head (RFC 1952, 2.3.1) that fills it up."""
    missing = class_of(len(packed) + 1) - len(packed) - 1
    return packed[:3] + bytes([packed[3] | _COMMENT]) + packed[4:_HEAD] + b" " * missing + b"\0" + packed[_HEAD:]
