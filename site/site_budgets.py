"""How much a page may weigh on the wire, by kind of page and language. A page above its budget stops the build, before it is put in place.

Counted is what a first visit fetches: the page, its style, scripts and icon as brotli makes them, and the headers. A phone with one bar of signal
gets about 14 kB in the first round trip; the emergency page must be whole by then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from site_context import DIRECTORY, SiteError

#: Status line and headers of a page and the files it asks for: the policy once, then what HTTP/2 repeats in a few bytes.
HEADERS = 1_300
#: The smallest answer the chat gives is so long, uncompressed (api/padding.py), so that lengths tell nothing.
CHAT_ANSWER = 12_288
_LOADED = re.compile(r"(?:href|src)=\"/assets/([^\"]+)\"")


@dataclass(frozen=True)
class Budget:
    """Bytes a kind of page may take: the HTML, the style, the scripts, and everything with icon and headers."""

    html: int
    css: int
    js: int
    all: int


#: The first that fits a page's path decides. `*` is a language.
BUDGETS: tuple[tuple[str, str, Budget], ...] = (
    ("emergency page", r"hjalp/akut/index\.html", Budget(7_600, 4_000, 3_000, 14_000)),
    ("list of services", rf"{DIRECTORY}/index\.html", Budget(12_000, 14_000, 20_000, 60_000)),
    ("services by a choice", rf"{DIRECTORY}/urval/.*", Budget(12_000, 14_000, 20_000, 40_000)),
    ("page of a service", rf"{DIRECTORY}/.*", Budget(9_000, 14_000, 20_000, 30_000)),
    ("search page", r"sok/index\.html", Budget(12_000, 14_000, 20_000, 40_000)),
    ("page", r".*\.html", Budget(12_000, 14_000, 20_000, 40_000)),
)
#: Files fetched once when they are first used, and the plain text, which a browser of any age gets uncompressed.
FILES: tuple[tuple[str, str, int], ...] = (
    ("search index", r"search-.*\.json", 60_000),
    ("articles of all services", rf"{DIRECTORY}/alla\.json", 60_000),
    ("choices of the list", rf"{DIRECTORY}/val\.json", 20_000),
)
PLAIN_TEXT = 14_000


@dataclass(frozen=True)
class Weight:
    """What one page, or one file that is fetched later, weighs. `over` says in words which budgets it breaks."""

    locale: str
    kind: str
    path: str
    html: int
    css: int
    js: int
    all: int
    over: tuple[str, ...] = ()


def weigh(folder: Path, tag: str, assets: Mapping[str, bytes], index: bytes) -> Iterator[Weight]:
    """Weighs everything of one language: `folder` holds its pages, `assets` are the shared files by hashed name, `index` is its search index."""
    sizes = {name: _packed(data) for name, data in assets.items()}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        frame = path.name == "_shell.html"
        data = path.read_bytes()
        twin = path.with_name(path.name + ".br")
        # The frame is filled and padded by the API and never compressed.
        html = len(data) + CHAT_ANSWER if frame else (twin.stat().st_size if twin.is_file() else len(data))
        loaded = sorted(set(_LOADED.findall(data.decode())))
        part = {suffix: sum(sizes[one] for one in loaded if one.endswith(suffix)) for suffix in (".css", ".js", ".svg")}
        total = html + sum(part.values()) + HEADERS
        kind, budget = ("chat", Budget(60_000, 14_000, 20_000, 60_000)) if frame else _budget(name)
        found = {"HTML": (html, budget.html), "style": (part[".css"], budget.css), "scripts": (part[".js"], budget.js), "everything": (total, budget.all)}
        over = tuple(f"{what} {size:,} bytes, allowed are {most:,}" for what, (size, most) in found.items() if size > most)
        yield Weight(tag, kind, f"{tag}/{name}", html, part[".css"], part[".js"], total, over)
    yield from _files(folder, tag, index)


def _files(folder: Path, tag: str, index: bytes) -> Iterator[Weight]:
    for kind, pattern, most in FILES:
        found = {f"search-{tag}.json": _packed(index)}
        found |= {path.relative_to(folder).as_posix(): _packed_file(path) for path in folder.rglob("*.json")}
        for name, size in found.items():
            if re.fullmatch(pattern, name):
                over = (f"{size:,} bytes, allowed are {most:,}",) if size > most else ()
                yield Weight(tag, kind, f"{tag}/{name}", 0, 0, 0, size, over)
    for path in sorted(folder.rglob("*.txt")):
        size = path.stat().st_size + HEADERS
        over = (f"{size:,} bytes uncompressed, allowed are {PLAIN_TEXT:,}",) if size > PLAIN_TEXT else ()
        yield Weight(tag, "plain text", f"{tag}/{path.relative_to(folder).as_posix()}", 0, 0, 0, size, over)


def check(folder: Path, tag: str, assets: Mapping[str, bytes], index: bytes) -> None:
    """Raises SiteError that names every page above its budget, by how much, and what to do."""
    heavy = [weight for weight in weigh(folder, tag, assets, index) if weight.over]
    if heavy:
        lines = [f"{one.path} ({one.kind}): {'; '.join(one.over)}" for one in heavy]
        mend = "shorten the page or split it, or take out style and scripts it does not need; the budgets and why are in site/site_budgets.py"
        raise SiteError("\n".join([*lines, f"{len(heavy)} page(s) too heavy for a phone with a bad line; nothing of {tag} was put in place. {mend}"]))


def _budget(name: str) -> tuple[str, Budget]:
    return next((kind, budget) for kind, pattern, budget in BUDGETS if re.fullmatch(pattern, name))


def _packed(data: bytes) -> int:
    return len(brotli.compress(data))


def _packed_file(path: Path) -> int:
    twin = path.with_name(path.name + ".br")
    return twin.stat().st_size if twin.is_file() else path.stat().st_size
