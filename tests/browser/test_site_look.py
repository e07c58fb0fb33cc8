"""How pages stand on a small phone, right-to-left, dark, at 400 %, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
OpenSite = Callable[..., Page]


def all_pages(folder: Path, tag: str) -> list[str]:
    found = sorted(path.parent.relative_to(folder).as_posix() for path in (folder / tag).rglob("index.html"))
    return [f"/{name}/" for name in found]


@pytest.mark.parametrize("tag", ["sv", "ar"])
def test_every_page_fits_320_pixels_and_asks_nobody_else(open_site: OpenSite, site_folder: Path, site_address: str, tag: str) -> None:
    """At 400 % zoom one scrolls sideways for every line; or somebody else learns of the visit; or the policy blocks a part."""
    page = open_site("", width=320, height=640)
    wide = []
    for path in all_pages(site_folder, tag):
        page.goto(site_address + path)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert not wide
    assert page.faults == []  # type: ignore[attr-defined]
    assert not [address for address in page.asked if not address.startswith(site_address)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/sv/", "/sv/hjalp/akut/", "/ar/hjalp/akut/", "/sv/chat/", "/sv/sok/", "/"])
def test_controls_are_large_enough_for_a_shaking_thumb(open_site: OpenSite, path: str) -> None:
    """The wrong thing is pressed."""
    page = open_site(path)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.exit, .bar-item, summary, .button, button, input:not([type=hidden]), textarea, .urgent-line a, .choose a[hreflang]')]
        .filter((one) => one.checkVisibility()).map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
        .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([html, box]) => [html, box.width, box.height])"""
    )
    assert small == []


def test_menus_open_without_scripts(open_site: OpenSite) -> None:
    """Blocked scripts leave a person on the first page."""
    page = open_site("/ar/hjalp/akut/", java_script_enabled=False)
    page.click(".menu summary")
    assert page.locator(".menu nav a").first.is_visible()
    page.click(".langs summary")
    page.click('.langs a[hreflang="sv"]')
    assert page.url.endswith("/sv/hjalp/akut/"), "the language changes, the page stays"


def test_right_to_left_mirrors_the_page(open_site: OpenSite) -> None:
    """Arabic pages read as if printed from behind."""
    page = open_site("/ar/hjalp/akut/")
    exit_box, brand = page.locator("#exit").bounding_box(), page.locator(".brand").bounding_box()
    assert exit_box is not None and brand is not None
    assert exit_box["x"] < 40 and brand["x"] + brand["width"] > 300
    number = page.locator(".card bdi[dir=ltr] >> nth=0")
    assert number.evaluate("(one) => getComputedStyle(one).direction") == "ltr"


def contrast(page: Page, selector: str) -> float:
    return float(
        page.evaluate(
            """(selector) => { const one = document.querySelector(selector);
            const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
            const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
              .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
            let behind = one; while (rgb(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
            const [a, b] = [light(rgb(getComputedStyle(one).color)), light(rgb(getComputedStyle(behind).backgroundColor))].sort((x, y) => y - x);
            return (a + 0.05) / (b + 0.05); }""",
            selector,
        )
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_by_day_and_by_night(open_site: OpenSite, scheme: str) -> None:
    """Tired eyes, a cracked screen, night: the number cannot be read."""
    page = open_site("/sv/hjalp/akut/", color_scheme=scheme)
    for selector in (".urgent-line strong", ".urgent-line a", "#exit", "article p", "article a.tel", ".labels li", ".facts dt", ".note", ".foot p", ".part"):
        assert contrast(page, selector) >= 4.5, selector
    page = open_site("/sv/", color_scheme=scheme)
    for selector in (".door a", ".brand", ".bar-item", ".when"):
        assert contrast(page, selector) >= 4.5, selector


def test_print_holds_the_numbers_and_leaves_out_the_controls(open_site: OpenSite) -> None:
    """A counsellor prints the page for somebody and hands over menus."""
    page = open_site("/sv/hjalp/akut/")
    page.emulate_media(media="print")
    assert page.is_visible(".card a.tel") and page.is_visible(".urgent-line")
    assert not page.is_visible("#exit") and not page.is_visible(".top")


def test_age_of_a_fact_grows_by_the_readers_clock(open_site: OpenSite, site_address: str) -> None:
    """A site that nobody tends looks as fresh as on its first day."""
    said = []
    for year in ("2027", "2041"):
        page = open_site("")
        page.clock.install(time=f"{year}-03-01T12:00:00Z")
        page.goto(site_address + "/sv/hjalp/akut/")
        said.append(page.evaluate("document.querySelector('time[data-age]').parentElement.textContent"))
    assert said[0] != said[1] and "år sedan" in said[1]
