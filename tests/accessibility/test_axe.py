"""axe-core over every page of the site, in each language, light and dark: zero violations, no exceptions.

Somebody who uses a screen reader, a switch or large letters must get the same help as everybody else.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OpenSite = Callable[..., Page]
LOCALES = ("sv", "en", "ar")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pages_of(folder: Path, locale: str) -> list[str]:
    """Give the addresses of all pages of a language."""
    found = sorted(path.parent.relative_to(folder).as_posix() for path in (folder / locale).rglob("index.html"))
    return [f"/{address}/" for address in found]


def violations(page: Page) -> list[str]:
    """Give a line for each violation."""
    report = Axe().run(page, options={"runOnly": TAGS})
    return [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']][:3]}" for v in report.response["violations"]]


def sample(addresses: list[str]) -> list[str]:
    """One of each kind: of a folder with many pages (the services) a few stand for all; `slow` takes every page."""
    kept: list[str] = []
    for address in addresses:
        part = address.strip("/").split("/")[:2]
        if sum(a.strip("/").split("/")[:2] == part for a in kept) < 4:
            kept.append(address)
    return kept


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", LOCALES)
def test_each_kind_of_page_has_no_violations(open_site: OpenSite, site_folder: Path, locale: str, scheme: str) -> None:
    """Pages of every part, phone-sized, as a reader meets them."""
    page = open_site("", color_scheme=scheme, bypass_csp=True)
    origin = page.context.browser and open_site(f"/{locale}/").url.split(f"/{locale}/")[0]
    wrong = {}
    for address in sample(pages_of(site_folder, locale)):
        page.goto(f"{origin}{address}")
        if found := violations(page):
            wrong[address] = found
    assert not wrong


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_has_no_violations(open_site: OpenSite, site_folder: Path, locale: str) -> None:
    """The whole matrix."""
    page = open_site("", bypass_csp=True)
    origin = open_site(f"/{locale}/").url.split(f"/{locale}/")[0]
    wrong = {}
    for address in pages_of(site_folder, locale):
        page.goto(f"{origin}{address}")
        if found := violations(page):
            wrong[address] = found
    assert not wrong


@pytest.mark.browser
@pytest.mark.parametrize("locale", ["sv", "ar"])
def test_opened_menu_and_language_choice(open_site: OpenSite, locale: str) -> None:
    """What opens must be as usable as what lies there."""
    page = open_site(f"/{locale}/", bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("locale", ["sv", "ar"])
def test_the_chat_form(open_site: OpenSite, locale: str) -> None:
    """The chat in the site's frame, before anything is written."""
    page = open_site(f"/{locale}/chat/", bypass_csp=True)
    assert violations(page) == []
