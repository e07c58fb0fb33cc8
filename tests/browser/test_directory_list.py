"""The directory in a real browser: with and without scripts, by keyboard, from right to left, and what the server gets to know."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from content.checks.secret_places import place_sign

pytestmark = pytest.mark.browser
LIST = "/sv/hjalp-och-stod/"
Open = Callable[..., Page]


def asked(page: Page) -> list[str]:
    """What the server was asked for, without host."""
    return [re.sub(r"^https?://[^/]+", "", address) for address in page.asked]  # type: ignore[attr-defined]


def hits(page: Page) -> list[str]:
    return [str(one) for one in page.eval_on_selector_all("#directory-hits > li", "all => all.map((one) => one.id)")]


@pytest.fixture
def form(open_site: Open) -> Page:
    """The list with its form."""
    page = open_site(LIST)
    page.wait_for_selector("#directory-filter")
    return page


def test_filters_find_and_ask_nobody(form: Page) -> None:
    """The server learns that somebody at this address looks for help against honour violence in Arabic."""
    before = len(asked(form))
    form.select_option("[name=t]", "honour")
    assert "origo" in hits(form) and "manscentrum" not in hits(form)
    form.select_option("[name=t]", "")
    form.select_option("[name=w]", "men")
    found = hits(form)
    assert {"stodlinjen-for-man", "manscentrum"} <= set(found) and "tjejjouren-se" not in found
    assert found.index("manscentrum") < found.index("1177"), "what is meant for men stands before what is for everyone"
    form.select_option("[name=w]", "")
    form.select_option("[name=l]", "ar")
    found = hits(form)
    assert set(found[:2]) == {"kvinnojouren-nina", "youmo"} and "kvinnofridslinjen" in found, "an interpreter helps where nobody speaks it"
    assert form.locator("#kvinnofridslinjen .via").inner_text() == "Tolk går att få"
    form.select_option("[name=l]", "")
    form.select_option("[name=d]", "sodermalm")
    assert hits(form)[0] in ("rvc-innerstaden", "stadsdel-sodermalm", "igor", "vinr-ombud") and "rvc-vast" not in hits(form)
    form.select_option("[name=d]", "")
    form.select_option("[name=c]", "chat")
    assert {"bris", "killar-se"} <= set(hits(form)) and "1177" not in hits(form)
    form.select_option("[name=c]", "")
    form.check("[name=a]")
    assert "kvinnofridslinjen" in hits(form) and "rvt" not in hits(form)
    form.click("[type=reset]")
    form.wait_for_selector("#directory-groups:not([hidden])")
    assert hits(form) == [] and form.locator("#directory-groups li[id]").count() > 100
    assert asked(form)[before:] == [] and form.url.endswith(LIST)
    assert form.faults == []  # type: ignore[attr-defined]


def test_open_now_by_the_clock_of_stockholm(open_site: Open) -> None:
    """At two in the night a person is shown lines that do not answer."""
    page = open_site("", timezone_id="America/New_York")
    page.clock.install(time=dt.datetime.now(dt.UTC).replace(hour=0, minute=30))  # 01:30 or 02:30 in Stockholm
    page.goto(_address(page, open_site) + LIST)
    page.wait_for_selector("#directory-filter")
    page.check("[name=o]")
    found = hits(page)
    assert {"nodnummer-112", "kvinnofridslinjen", "1177"} <= set(found)
    assert not {"killar-se", "somaya", "brottsoffermyndigheten"} & set(found)


def _address(page: Page, open_site: Open) -> str:
    return open_site("/sv/").url.removesuffix("/sv/")


def test_a_service_opens_in_place_and_the_server_is_not_told_which(form: Page) -> None:
    """The log of the server says who read about which shelter."""
    before = len(asked(form))
    form.locator("#kvinnofridslinjen > a").first.click()
    form.wait_for_selector("#directory-record h1")
    assert form.inner_text("#directory-record h1") == "Kvinnofridslinjen"
    assert form.evaluate("document.activeElement.tagName") == "H1" and form.url.endswith(LIST)
    assert "116 016" in form.inner_text("#directory-record") and form.locator("#directory-record .now.open").count() == 1
    assert "(" in form.locator("#directory-record time + *, #directory-record p:has(time)").first.inner_text(), "the age is said here too"
    form.locator("#directory-record [data-service=rvc]").click()
    form.wait_for_function("document.querySelector('#directory-record h1').textContent.includes('RVC')")
    assert asked(form)[before:] == [LIST + "alla.json"]
    form.click("#directory-record > p > button")
    assert form.locator("#directory-record").is_hidden() and form.evaluate("document.activeElement.parentElement.id") == "kvinnofridslinjen"


def test_a_search_hit_opens_the_service_and_leaves_the_address(open_site: Open) -> None:
    """The address bar, and whoever looks over the shoulder, keeps the name of the service."""
    page = open_site("/sv/sok/")
    page.fill("#q", "kvinnofridslinjen")
    page.wait_for_selector("#search-hits a[href$='#kvinnofridslinjen']")
    page.locator("#search-hits a[href$='#kvinnofridslinjen']").click()
    page.wait_for_selector("#directory-record h1")
    assert page.inner_text("#directory-record h1") == "Kvinnofridslinjen"
    assert page.url.endswith(LIST)
    assert not [one for one in asked(page) if "kvinnofridslinjen" in one]


def test_without_scripts_the_lists_lead_to_the_pages(open_site: Open) -> None:
    """A text browser, or a phone that blocks scripts, shows an empty directory."""
    page = open_site(LIST, java_script_enabled=False)
    assert page.locator("#directory-groups li[id]").count() > 100
    assert page.locator("form").count() == 0, "no form that does nothing"
    page.locator("details.facets > summary").click()
    page.locator("details.facets a", has_text="Efter vem du är").click()
    page.locator("summary", has_text=re.compile("^Män")).click()
    page.locator("details[open] a", has_text="Manscentrum").first.click()
    assert page.url.endswith("/manscentrum/") and "Kan jag vara anonym?" in page.inner_text("main")
    assert page.locator("form.contact:visible").count() == 0 and page.locator(".now:visible").count() == 0


def test_age_is_computed_when_the_page_is_read(open_site: Open) -> None:
    """A site that nobody tends shows numbers of years ago as if they were new."""
    address = open_site("/sv/").url.removesuffix("/sv/")
    page = open_site("")
    page.clock.install(time=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    page.goto(address + LIST + "kvinnofridslinjen/")
    assert page.locator("article > .stale").is_hidden()
    later = open_site("")
    later.clock.install(time=dt.datetime(2027, 9, 24, tzinfo=dt.UTC))
    later.goto(address + LIST + "kvinnofridslinjen/")
    assert later.locator("article > .stale").is_visible()
    later.goto(address + LIST)
    assert later.locator("#kvinnofridslinjen .unsure").is_visible()
    marks = later.eval_on_selector_all(
        "#directory-groups section", "all => all.map((one) => Array.from(one.querySelectorAll('li[id]'), (li) => li.classList.contains('old')))"
    )
    assert all(group == sorted(group) for group in marks)


def test_contact_file_is_made_here_under_a_name_that_tells_nothing(open_site: Open, tmp_path: Path) -> None:
    """The phone's address book names the women's helpline; or the wish for it was sent away."""
    for name in ("kvinnofridslinjen", "somaya"):
        page = open_site(f"{LIST}{name}/")
        before = len(asked(page))
        page.fill("form.contact [name=name]", "Cykel; Anna,\nOlle")
        with page.expect_download() as caught:
            page.click("form.contact [type=submit]")
        caught.value.save_as(tmp_path / "a.vcf")
        card = (tmp_path / "a.vcf").read_bytes().decode()
        lines = card.split("\r\n")
        assert lines[:2] == ["BEGIN:VCARD", "VERSION:3.0"] and lines[-2:] == ["END:VCARD", ""]
        assert "FN:Cykel\\; Anna\\, Olle" in lines or "FN:Cykel\\; Anna\\,Olle" in lines
        assert any(re.fullmatch(r"TEL;TYPE=VOICE:\+?\d+", line) for line in lines)
        assert caught.value.suggested_filename.startswith("Cykel") and name not in card.lower()
        assert place_sign(card.replace("TEL;TYPE=VOICE:", "")) is None
        assert not [one for one in asked(page)[before:] if not one.startswith(("blob:", "/assets/icon."))]
        assert page.faults == []  # type: ignore[attr-defined]


def test_keyboard_alone(form: Page) -> None:
    """Somebody who cannot use a mouse cannot choose, open or come back."""
    form.focus("[name=w]")
    form.keyboard.press("ArrowDown")
    assert hits(form)
    form.locator("#directory-hits > li > a").first.focus()
    form.keyboard.press("Enter")
    form.wait_for_selector("#directory-record h1")
    form.keyboard.press("Shift+Tab")
    assert form.evaluate("document.activeElement.textContent") == "Tillbaka till listan"
    form.keyboard.press("Enter")
    assert form.evaluate("document.activeElement.closest('#directory-hits') !== null")


@pytest.mark.parametrize("path", ["", "bris/", "bris/kort/", "urval/vem/", "nodnummer-112/"])
@pytest.mark.parametrize("tag", ["sv", "ar"])
def test_fits_a_small_phone_and_reads_well(path: str, tag: str, open_site: Open) -> None:
    """Half of the number lies outside the screen, or a screen reader has no name for a field."""
    from axe_playwright_python.sync_playwright import Axe

    page = open_site(f"/{tag}/hjalp-och-stod/{path}", width=320 if path == "" else 360)
    page.wait_for_timeout(400)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    for number in page.locator("main bdi[dir=ltr]").all()[:8]:
        assert number.evaluate("one => getComputedStyle(one).direction") == "ltr"
    result: Any = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert [(one["id"], one["nodes"][0]["html"]) for one in result.response["violations"]] == []


def test_card_prints_alone_and_neutral(open_site: Open) -> None:
    """The paper on the kitchen table says what it is."""
    page = open_site(LIST + "kvinnofridslinjen/kort/", width=800)
    page.check("#front-neutral")
    page.emulate_media(media="print")
    seen = [one.strip() for one in page.inner_text("body").split("\n") if one.strip()]
    assert seen[0] == "Att komma ihåg"
    assert not any("Lämna" in one or "Meny" in one for one in seen)
    assert page.locator(".qr svg").is_visible()
