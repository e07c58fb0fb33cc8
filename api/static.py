"""Serves the built site: pages, assets, files for machines. `/` chooses a language and keeps nothing of the choice.

Nothing of it may be kept by a browser, style and scripts neither: the browser's cache would name the portal long after its rows were taken out
of the history. What that costs is in docs/decisions/0071.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.html import Html
from api.languages import offered, preferred
from api.problems import problem
from api.words import Words
from content.load import Content
from translations.catalogs import Catalogs
from translations.locales import LOCALES

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".ico": "image/x-icon",
    ".vcf": "text/vcard; charset=utf-8",
    ".pdf": "application/pdf",
    ".csv": "text/csv; charset=utf-8",
}
_PATH = re.compile(r"(/[A-Za-z0-9][A-Za-z0-9_.-]*)*/?\Z")
_MACHINES = frozenset({"/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/manifest.json"})
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
#: Paths of the interfaces: an unknown one there is answered for machines.
_INTERFACES = ("/api", "/hsds", "/health", "/openapi.json")


@dataclass(frozen=True)
class Found:
    """A file of the site and how it may be kept."""

    path: Path
    media_type: str
    lang: str | None = None


class Static:
    """An ASGI app for everything that is no interface."""

    def __init__(self, site_dir: Path, html: Html, content: Content, catalogs: Catalogs) -> None:
        """Files are read when they are asked for, so that a site built anew is served at once."""
        self._site, self._html, self._content, self._catalogs = site_dir, html, content, catalogs

    def built(self) -> bool:
        """Whether every offered language has its start page."""
        return all((self._site / tag / "index.html").is_file() for tag in LOCALES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            return
        response = await run_in_threadpool(self.answer, scope["method"], scope["path"], Headers(scope=scope))
        await response(scope, receive, send)

    def answer(self, method: str, path: str, headers: Headers) -> Response:
        """The file, a way to it, or the page that says there is none."""
        languages = headers.get("accept-language")
        found = self._start(languages) if path == "/" else self._find(path)
        if found is None:
            return self.nothing(path, headers)
        if method not in ("GET", "HEAD"):
            return problem("method", Words(preferred(languages), self._content, self._catalogs), headers={"Allow": "GET, HEAD"})
        if found.path.name == "index.html" and not path.endswith("/"):
            return Response(status_code=308, headers={"Location": f"{path.removesuffix('/index.html')}/"})
        return self._file(path, found, headers.get("accept-encoding", ""))

    def nothing(self, path: str, headers: Headers) -> Response:
        """404 for a reader as a page, for a program as a problem."""
        words = Words(_language_of(path) or preferred(headers.get("accept-language")), self._content, self._catalogs)
        if path.startswith(_INTERFACES) or "text/html" not in headers.get("accept", ""):
            return problem("not-found", words)
        return self._html.not_found(words)

    def _start(self, languages: str | None) -> Found | None:
        """The start page in the browser's language; without a wish, the page that lets one choose."""
        tag = preferred(languages)
        choose = self._site / "index.html"
        page = choose if not languages and choose.is_file() else self._site / tag / "index.html"
        return Found(page, _TYPES[".html"], None if page == choose else tag) if page.is_file() else None

    def _find(self, path: str) -> Found | None:
        if path in _MACHINES or path.startswith("/assets/"):
            file = self._site / path.lstrip("/")
            return self._known(file) if path in _MACHINES or _PATH.match(path) else None
        tag = _language_of(path)
        # Names that begin with an underscore are frames, not pages; 404.html is for addresses where nothing is.
        if tag is None or not _PATH.match(path) or path.endswith("/404.html"):
            return None
        file = self._site / path.strip("/")
        if file.suffix and path.endswith("/"):
            return None
        return self._known(file / "index.html" if not file.suffix else file, tag)

    def _known(self, file: Path, lang: str | None = None) -> Found | None:
        media_type = _TYPES.get(file.suffix)
        if media_type is None or not file.is_file() or not file.resolve().is_relative_to(self._site.resolve()):
            return None
        return Found(file, media_type, lang)

    def _file(self, path: str, found: Found, accepted: str) -> Response:
        headers = {"Vary": "Accept-Encoding, Accept-Language" if path == "/" else "Accept-Encoding"}
        if found.lang:
            headers["Content-Language"] = found.lang
        for encoding, suffix in _ENCODINGS:
            packed = found.path.with_name(found.path.name + suffix)
            if _accepts(accepted, encoding) and packed.is_file():
                return Response(packed.read_bytes(), 200, {**headers, "Content-Encoding": encoding}, found.media_type)
        return Response(found.path.read_bytes(), 200, headers, found.media_type)


def _language_of(path: str) -> str | None:
    return offered(path.lstrip("/").split("/", 1)[0])


def _accepts(header: str, encoding: str) -> bool:
    for part in header.lower().split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip() == encoding:
            return weight.strip().replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
