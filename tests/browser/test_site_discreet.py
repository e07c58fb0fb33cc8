"""The discreet edition: by choice, a tab whose name and picture tell nothing, kept nowhere but in the tab."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.privacy.telling import telling

pytestmark = pytest.mark.browser
OpenSite = Callable[..., Page]


def choose(page: Page) -> None:
    page.click("#discreet")


def test_the_choice_goes_along_from_page_to_page_and_nowhere_else(open_site: OpenSite, site_address: str) -> None:
    """Somebody chose a neutral name for the tab, reads on, and the next page bears its own; or the browser keeps the choice, and with it the portal."""
    page = open_site("/sv/hjalp/familjen/")
    named, picture = page.title(), page.get_attribute("link[rel=icon]", "href")
    choose(page)
    neutral = page.title()
    assert neutral != named and not telling(neutral)
    assert page.get_attribute("link[rel=icon]", "href") != picture
    page.click(".more a >> nth=0")
    page.wait_for_url(lambda address: "familjen" not in address)
    page.wait_for_function("document.documentElement.classList.contains('discreet')")
    assert page.title() == neutral and page.locator(".brand").is_hidden()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    other = page.context.new_page()
    other.goto(f"{site_address}/sv/hjalp/familjen/")
    assert other.title() == named, "another tab knows nothing of it"
    choose(page)
    assert page.title() != neutral


def test_it_ends_with_the_exit(open_site: OpenSite) -> None:
    """The page behind the exit could read from the tab where its reader came from."""
    page = open_site("/sv/hjalp/akut/")
    choose(page)
    page.click("#exit")
    page.wait_for_selector("#decoy")
    assert page.evaluate("window.name") == ""


def test_without_scripts_no_button_that_does_nothing(open_site: OpenSite) -> None:
    """A button without an effect makes a frightened person doubt the rest."""
    page = open_site("/sv/hjalp/akut/", java_script_enabled=False)
    assert page.locator("#discreet").is_hidden()
