"""Who counts the bytes on the line learns that a page was opened, not which: pages are sent in few sizes (docs/decisions/0070)."""

from __future__ import annotations

import gzip
import http.server
import ssl
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser

from tests.serving import ROOT, SITE, built
from translations.locales import LOCALES

if str(ROOT / "site") not in sys.path:
    sys.path.insert(0, str(ROOT / "site"))

from site_pack import CLASSES, brotli_page, class_of, gzip_filled  # noqa: E402  # only now is it found


@pytest.fixture(scope="module", autouse=True)
def site() -> None:
    """The built site."""
    built()


def pages(suffix: str) -> Iterator[tuple[str, bytes, bytes]]:
    """Every page: its address, what is sent of it, and the page itself."""
    for path in sorted(SITE.rglob(f"*.html{suffix}")):
        yield path.relative_to(SITE).as_posix(), path.read_bytes(), path.with_suffix("").read_bytes()


@pytest.mark.parametrize(("suffix", "unpack"), [(".br", brotli.decompress), (".gz", gzip.decompress)])
def test_pages_are_sent_in_few_sizes(suffix: str, unpack: object) -> None:
    """If this fails the router of the home shows by its count of bytes which page was read: the one on shelters, or the one on honour."""
    assert callable(unpack)
    sizes: Counter[int] = Counter()
    for name, sent, page in pages(suffix):
        assert unpack(sent) == page, name
        sizes[len(sent)] += 1
    assert set(sizes) <= set(CLASSES[:2])
    assert sizes[CLASSES[0]] >= 0.97 * sum(sizes.values()), "a size that few pages have names them; lists and search are known by the files they load anyway"
    assert sum(sizes.values()) > 50 * len(LOCALES)


def test_every_page_is_sent_packed() -> None:
    """If this fails some page goes over the line in its own size."""
    bare = [path for path in SITE.rglob("*.html") if path.name != "_shell.html" and not all(path.with_name(path.name + end).exists() for end in (".br", ".gz"))]
    assert bare == []


@pytest.mark.parametrize("missing", [*range(260), 1000, 5000])
def test_filling_leaves_the_page_as_it_is(missing: int) -> None:
    """If this fails a page of an unlucky length cannot be opened."""
    for edge in CLASSES[:2]:
        text = bytes((number * 7919 + number // 251) % 256 for number in range(edge - 40 - missing))
        made = brotli_page(text, 1)
        assert brotli.decompress(made) == text and len(made) in CLASSES
        packed = gzip.compress(text, 1, mtime=0)
        filled = gzip_filled(packed)
        assert gzip.decompress(filled) == text and len(filled) == class_of(len(packed) + 1)


class _Packed(http.server.BaseHTTPRequestHandler):
    def __init__(self, *given: object, body: bytes, encoding: str) -> None:
        self.body, self.encoding = body, encoding
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.send_response(200)
        for name, value in (("content-type", "text/html; charset=utf-8"), ("content-encoding", self.encoding), ("content-length", str(len(self.body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@contextmanager
def serving(folder: Path, body: bytes, encoding: str) -> Iterator[str]:
    """One packed page by https, without which browsers take no brotli."""
    from tests.privacy.browser_profile import certificate

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Packed, body=body, encoding=encoding))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"https://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize(("suffix", "encoding"), [(".br", "br"), (".gz", "gzip")])
def test_a_browser_opens_filled_pages(chromium: Browser, tmp_path: Path, suffix: str, encoding: str) -> None:
    """If this fails a browser shows nothing at all in place of the portal."""
    page_file = SITE / "sv" / "hjalp" / "akut" / "index.html"
    with serving(tmp_path, page_file.with_name(f"index.html{suffix}").read_bytes(), encoding) as address:
        context = chromium.new_context(ignore_https_errors=True)
        page = context.new_page()
        page.goto(address)
        shown = page.inner_text("h1"), page.locator("#exit").count()
        context.close()
    assert shown[1] == 1 and shown[0] in page_file.read_text(encoding="utf-8")
