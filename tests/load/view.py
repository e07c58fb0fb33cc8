"""A slow phone in a real Chromium: 400 kbit/s, 400 ms, a processor four times slower. Our pages and the same pages in stock MkDocs Material."""

from __future__ import annotations

import re
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.serving import SITE

#: The pages compared, in Swedish.
PAGES = ("hjalp/akut", "hjalp/skyddat-boende", "hjalp/pengar-och-boende")
BYTES_A_SECOND, LATENCY_MS, SLOWER = 400_000 / 8, 400, 4
MATERIAL = """
site_name: Fri yta
docs_dir: {docs}
site_dir: {out}
theme: {{name: material, language: sv, font: false, features: [navigation.instant]}}
plugins: [search]
markdown_extensions: [attr_list, md_in_html]
"""
#: The browser itself says when it has painted the line with the emergency number (Element Timing).
WATCH = """
window.readable = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) window.readable ||= one.renderTime || one.loadTime; })
  .observe({ type: 'element', buffered: true });
"""
LINE = '<p class="urgent-line"'


@dataclass(frozen=True)
class View:
    """Milliseconds and bytes of a first visit."""

    first_paint: float
    readable: float
    bytes: float
    requests: float


class _Handler(SimpleHTTPRequestHandler):
    """Keeps the connection, sends the compressed twin, logs nothing."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The file, brotli where there is one."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        twin = path.with_name(path.name + ".br")
        data = twin.read_bytes() if twin.exists() else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "no-store")
        if twin.exists():
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        return None


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serves a folder while the block runs."""
    server = ThreadingHTTPServer(("localhost", 0), partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"  # by name: brotli is only asked for where a browser trusts the line
    finally:
        server.shutdown()
        server.server_close()


def stock_site(folder: Path) -> Path:
    """The text of our pages in stock MkDocs Material: every Swedish page with the same words, cards and menu depth."""
    import brotli
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    docs, out = folder / "docs", folder / "out"
    for page in sorted((SITE / "sv").rglob("index.html")):
        key = page.parent.relative_to(SITE / "sv").as_posix()
        if key.startswith(("hjalp-och-stod", "sok")) or key == ".":
            continue
        html = page.read_text(encoding="utf-8")
        article = re.search(r"<article>(.*)</article>", html, re.DOTALL)
        line = re.search(r'<p class="urgent-line".*?</p>', html, re.DOTALL)
        if article is None or line is None:
            continue
        target = docs / f"{key}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        body = re.sub(r"\n\s*\n", "\n", f"{line[0]}\n{article[1]}")  # an empty line would end the HTML block
        target.write_text(f"<div>\n{body}\n</div>\n", encoding="utf-8")
    (docs / "index.md").write_text("# Fri yta\n", encoding="utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(MATERIAL.format(docs=docs, out=out), encoding="utf-8")
    build(load_config(str(config)))
    _watched(out, PAGES)
    for path in out.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".css", ".js", ".json", ".svg") and path.stat().st_size > 256:
            path.with_name(path.name + ".br").write_bytes(brotli.compress(path.read_bytes()))
    return out


def own_site(folder: Path) -> Path:
    """Our built site, with the same mark on the line."""
    import brotli

    shutil.copytree(SITE, folder)
    for path in _watched(folder, [f"sv/{key}" for key in PAGES]):
        path.with_name(path.name + ".br").write_bytes(brotli.compress(path.read_bytes()))
    return folder


def _watched(folder: Path, keys: Sequence[str]) -> list[Path]:
    """Asks the browser to time the line with the emergency number: one attribute more, the same on both sides. Raises ValueError without the line."""
    pages = [folder / key / "index.html" for key in keys]
    for path in pages:
        html = path.read_text(encoding="utf-8")
        if f'{LINE} id="emergency"><strong>' not in html:
            raise ValueError(f"{path} has no emergency line")
        # On both: where the style makes a flexible box of the line, its parts count as the blocks that are painted.
        marked = re.sub(rf"{LINE}([^>]*)><strong>", r'<p elementtiming="line" class="urgent-line"\1><strong elementtiming="line">', html, count=1)
        path.write_text(marked, encoding="utf-8")
    return pages


def visit(browser: Any, address: str) -> View:
    """One first visit on the slow phone."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, device_scale_factor=2)
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY_MS, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND,
    })  # fmt: skip
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle", timeout=120_000)
    page.wait_for_function("window.readable > 0", timeout=60_000)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    readable = page.evaluate("window.readable")
    context.close()
    return View(paint, readable, sum(sizes), len(sizes))


def compare(folder: Path, rounds: int) -> tuple[View, View]:
    """(ours, stock Material): medians over the pages and rounds, the two in turn."""
    from playwright.sync_api import sync_playwright

    stock, mine = stock_site(folder / "stock"), own_site(folder / "own")
    seen: tuple[list[View], list[View]] = ([], [])
    with serving(mine) as own, serving(stock) as other, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-quic"])
        for _ in range(rounds):
            for key in PAGES:
                seen[0].append(visit(browser, f"{own}/sv/{key}/"))
                seen[1].append(visit(browser, f"{other}/{key}/"))
        browser.close()
    return _middle(seen[0]), _middle(seen[1])


def _middle(views: list[View]) -> View:
    return View(*(statistics.median([getattr(one, name) for one in views]) for name in ("first_paint", "readable", "bytes", "requests")))


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        for side in compare(Path(name), int(sys.argv[1]) if len(sys.argv) > 1 else 1):
            print(side)
