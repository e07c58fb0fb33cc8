"""The way out: first, fast, always in reach, and Back does not lead in again (docs/decisions/0006)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
OpenSite = Callable[..., Page]
BEFORE = "https://before.example/"


def left(page: Page) -> bool:
    return page.url.startswith("https://") and ".wikipedia.org" in page.url


@pytest.mark.parametrize("path", ["/", "/sv/", "/ar/hjalp/akut/", "/en/sok/", "/sv/chat/", "/sv/404.html"])
@pytest.mark.parametrize("script", [True, False])
def test_exit_is_the_first_thing_a_keyboard_reaches(open_site: OpenSite, path: str, script: bool) -> None:
    """Somebody who steers by keyboard has to pass the menu while steps come nearer."""
    page = open_site(path, java_script_enabled=script)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "exit" if script else page.locator("#exit:focus").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_selector("#decoy")
    assert left(page)


def test_exit_goes_to_a_page_in_the_readers_language_and_tells_it_nothing(open_site: OpenSite) -> None:
    """A Swedish page on an Arabic reader's phone raises a question; the address they came from answers it."""
    page = open_site("/ar/hjalp/akut/")
    headers: list[dict[str, str]] = []
    page.on("request", lambda request: headers.append(request.headers) if "wikipedia" in request.url else None)
    page.click("#exit")
    page.wait_for_selector("#decoy")
    assert page.url == "https://ar.wikipedia.org/"
    assert "referer" not in headers[0]


def walk(page: Page, base: str) -> None:
    """Six pages, a place on a page, the menu, another language, a search: everything a reader may press."""
    page.click(".door >> nth=0 >> a >> nth=0")
    page.wait_for_url("**/hjalp/akut/")
    page.click(".toc summary")
    page.click(".toc a >> nth=2")
    page.click(".src a >> nth=0")
    page.click(".menu summary")
    page.click(".menu a >> nth=3")
    page.wait_for_url("**/hjalp/rvt/")
    page.click(".langs summary")
    page.click(".langs a[hreflang=ar]")
    page.wait_for_url("**/ar/hjalp/rvt/")
    page.click(".more a >> nth=0")
    page.wait_for_load_state()
    page.click(".path a >> nth=0")
    page.wait_for_url("**/ar/")


def test_back_never_shows_the_portal_again_at_any_depth(open_site: OpenSite, site_address: str) -> None:
    """The one who takes the phone presses Back and reads what was read."""
    page = open_site("")
    page.goto(BEFORE)
    page.goto(site_address + "/sv/")
    walk(page, site_address)
    page.click("#exit")
    page.wait_for_selector("#decoy")
    assert left(page)
    page.go_back()
    assert page.url == BEFORE
    page.go_forward()
    assert left(page)


def test_one_entry_however_far_one_reads(open_site: OpenSite, site_address: str) -> None:
    """Each page read is one more line in the list behind the Back button."""
    page = open_site("")
    page.goto(BEFORE)
    page.goto(site_address + "/sv/")
    depth = page.evaluate("history.length")
    walk(page, site_address)
    assert page.evaluate("history.length") == depth


def test_screen_is_blank_before_the_network_answers(open_site: OpenSite) -> None:
    """On a slow line the page stays readable for seconds after the exit was pressed."""
    page = open_site("/sv/hjalp/akut/")
    left_over = page.evaluate("document.getElementById('exit').click(), [document.documentElement.childNodes.length, document.title]")
    assert left_over == [0, ""]


@pytest.mark.parametrize("keys", [("ShiftLeft",) * 3, ("ShiftRight",) * 3, ("ShiftLeft", "ShiftRight", "ShiftLeft")])
def test_shift_three_times_leaves(open_site: OpenSite, keys: tuple[str, ...]) -> None:
    """The keyboard's way out fails for those who use both hands."""
    page = open_site("/sv/hjalp/akut/")
    for key in keys[:2]:
        page.keyboard.press(key)
    assert "en gång till" in page.inner_text("#exit-say")
    page.keyboard.press(keys[2])
    page.wait_for_selector("#decoy")
    assert left(page)


def test_capital_letters_and_slow_presses_do_not_leave(open_site: OpenSite, site_address: str) -> None:
    """The chat disappears while somebody writes a sentence with capital letters."""
    page = open_site("/sv/chat/")
    page.clock.install()
    page.click("#message")
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")
    assert page.input_value("#message") == "ABC"
    page.keyboard.press("ShiftLeft")
    page.clock.run_for(5200)
    assert page.inner_text("#exit-say") == "Du är kvar på sidan."
    page.keyboard.press("ShiftLeft")
    page.keyboard.press("ShiftLeft")
    assert page.url.startswith(site_address)


def test_leaving_by_any_way_empties_the_page(open_site: OpenSite) -> None:
    """The browser's cache for Back holds the whole page, with what was written in it."""
    page = open_site("/sv/chat/")
    page.fill("#message", "hemligt")
    page.evaluate("window.field = document.getElementById('message'); dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert page.evaluate("document.documentElement.childNodes.length") == 0
    assert page.evaluate("window.field.value") == ""
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.wait_for_selector("#chat")
    assert page.input_value("#message") == ""


def test_without_scripts_the_exit_is_an_ordinary_link(open_site: OpenSite) -> None:
    """Blocked scripts take the way out with them."""
    page = open_site("/sv/hjalp/akut/", java_script_enabled=False)
    assert "noreferrer" in (page.get_attribute("#exit", "rel") or "")
    page.click("#exit")
    page.wait_for_selector("#decoy")
    assert left(page)


@pytest.mark.parametrize("path", ["/sv/hjalp/akut/", "/ar/hjalp/akut/", "/sv/chat/", "/"])
def test_exit_is_seen_and_nothing_lies_over_it(open_site: OpenSite, path: str) -> None:
    """At 400 % zoom, or far down a page, the way out is gone or covered."""
    page = open_site(path)
    for width, height in ((320, 256), (360, 740), (768, 1024), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        for place in ("0", "document.body.scrollHeight / 2", "1e6"):
            page.evaluate(f"scrollTo({{top: {place}, behavior: 'instant'}})")
            box = page.locator("#exit").bounding_box()
            assert box is not None and box["height"] >= 44 and box["width"] >= 44
            assert 0 <= box["x"] and box["x"] + box["width"] <= width and 0 <= box["y"] and box["y"] + box["height"] <= height
            middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
            assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('#exit') !== null", middle)


@pytest.mark.parametrize(("width", "height"), [(320, 256), (360, 740), (1280, 800)])
def test_exit_does_not_hide_what_has_the_focus(open_site: OpenSite, width: int, height: int) -> None:
    """Somebody who steers by keyboard cannot see where they are."""
    page = open_site("/sv/hjalp/akut/", width=width, height=height)
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        whole = page.evaluate(
            """() => { const one = document.activeElement; if (!one || one === document.body || one.id === 'exit') return true;
            const box = one.getBoundingClientRect(), exit = document.getElementById('exit').getBoundingClientRect();
            return !(box.left >= exit.left && box.right <= exit.right && box.top >= exit.top && box.bottom <= exit.bottom); }"""
        )
        if not whole:
            hidden.append(page.evaluate("document.activeElement.outerHTML"))
    assert not hidden


def test_exit_follows_the_keyboard_on_the_screen(open_site: OpenSite) -> None:
    """Exactly while somebody writes, the keyboard lies over the way out."""
    page = open_site("/sv/chat/")
    page.evaluate(
        """() => { const view = window.visualViewport;
        for (const [name, value] of Object.entries({ height: 400, offsetTop: 0, offsetLeft: 0, width: 360, scale: 1 }))
          Object.defineProperty(view, name, { value, configurable: true });
        view.dispatchEvent(new Event('resize')); }"""
    )
    box = page.locator("#exit").bounding_box()
    assert box is not None and box["y"] + box["height"] <= 400
