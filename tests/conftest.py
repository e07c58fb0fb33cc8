"""A real Chromium, and the built site behind a server with the strict headers. What the browser asks for is counted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
for folder in (str(ROOT), str(ROOT / "site")):
    if folder not in sys.path:
        sys.path.insert(0, folder)

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DECOY = "<!doctype html><title>Uppslagsverk</title><p id='decoy'>Uppslagsverk</p>"

#: Opens a page of the site: open_site("/sv/", width=360, height=740, java_script_enabled=False, …).
OpenSite = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser comes last: once Playwright runs, its event loop stays, and no other test could start one of its own."""
    items.sort(key=lambda item: "chromium" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, built in three languages, with a page at /<locale>/chat/ in the frame, as api/ makes it."""
    from build import build

    out = tmp_path_factory.mktemp("browser") / "site"
    build(out, ("sv", "en", "ar"))
    form = (Path(__file__).parent / "browser" / "chat_form.html").read_text(encoding="utf-8")
    for tag in ("sv", "ar"):
        frame = (out / tag / "_shell.html").read_text(encoding="utf-8")
        page = frame.replace("<!--friyta:title-->", "Chatt").replace("<!--friyta:main-->", form.replace("LANG", tag))
        (out / tag / "chat").mkdir()
        (out / tag / "chat" / "index.html").write_text(page, encoding="utf-8")
    return out


@pytest.fixture(scope="session")
def site_address(site_folder: Path) -> Iterator[str]:
    """Where the built site is served."""
    from preview import serving

    with serving(site_folder) as address:
        yield address


@pytest.fixture
def open_site(chromium: Browser, site_address: str) -> Iterator[OpenSite]:
    """Opens pages in fresh contexts. Addresses elsewhere are answered by the test itself; the list `page.asked` holds every request."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, *, width: int = 360, height: int = 740, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(20_000)  # a machine with much else to do is slow, and that is no fault of the page
        context.route(lambda address: not address.startswith(site_address), _elsewhere)
        page = context.new_page()
        page.asked = []  # type: ignore[attr-defined]
        page.faults = []  # type: ignore[attr-defined]
        page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
        if path:
            page.goto(site_address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def _elsewhere(route: Route) -> None:
    route.fulfill(body=DECOY, content_type="text/html; charset=utf-8")
