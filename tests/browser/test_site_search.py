"""Search and the list of districts: found however it is spelt, and nothing typed leaves the device."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
OpenSite = Callable[..., Page]
ROOT = Path(__file__).resolve().parents[2]
SPELLINGS = ["Ångest", "STÖDLINJEN", "أمان", "مُساعَدة", "کمک", "كوردی", "ئەمنی", "İstanbul", "dzieło", "Їжа", "ትግርኛ", "عنف\u200cها", "L’aide", "ﻣﺴﺎﻋﺪﺓ"]


def asked(page: Page) -> list[str]:
    """What the page has asked the server for, but for its icon, which comes when it likes."""
    return [address for address in page.asked if "/assets/icon." not in address]  # type: ignore[attr-defined]


def test_words_are_folded_the_same_in_the_index_and_on_the_device(open_site: OpenSite) -> None:
    """A word stands in the index in a shape that no search can ever have."""
    from site_search import words

    page = open_site("/sv/sok/")
    script = (ROOT / "site" / "assets" / "find.js").read_text(encoding="utf-8")
    start, end = script.index("const SAME"), script.index("// ---- Search")
    found = page.evaluate(f"(texts) => {{ {script[start:end]} return texts.map(words); }}", SPELLINGS)
    assert found == [words(text) for text in SPELLINGS]


@pytest.mark.parametrize("query", ["skyddat", "SKYDDAT bo", "skyddat boende", "boende inatt skydd"])
def test_page_is_found(open_site: OpenSite, query: str) -> None:
    """Somebody looks for a bed and is told there is nothing."""
    page = open_site("/sv/sok/")
    page.fill("#q", query)
    page.wait_for_selector("#search-hits a")
    assert page.locator('#search-hits a[href="/sv/hjalp/bo/"]').count() == 1
    assert page.inner_text("#search-state")


def test_no_hit_says_so_and_keeps_the_list(open_site: OpenSite) -> None:
    """An empty page looks like a broken one."""
    page = open_site("/sv/sok/")
    page.fill("#q", "xyzzyqq")
    page.wait_for_selector("#search-state:not(:empty)")
    assert "Inga träffar" in page.inner_text("#search-state") and page.locator(".all a").count() > 20


def test_what_is_typed_stays_on_the_device(open_site: OpenSite) -> None:
    """The router's log says what somebody was afraid of."""
    page = open_site("/sv/sok/")
    before = len(asked(page))
    page.type("#q", "kanarie")
    page.wait_for_selector("#search-state:not(:empty)")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    since = asked(page)[before:]
    assert len(since) == 1 and "/assets/search-sv." in since[0]
    assert "kanarie" not in page.url


def test_without_scripts_there_is_a_list_and_no_dead_field(open_site: OpenSite) -> None:
    """A field that does nothing, and no other way to the page."""
    page = open_site("/sv/sok/", java_script_enabled=False)
    assert not page.is_visible("#q") and page.locator(".all a").count() > 20
    page = open_site("/sv/hjalp/sa-hittar-du-hit/", java_script_enabled=False)
    assert not page.is_visible(".districts input") and page.locator(".districts details").count() == 11


@pytest.mark.parametrize(("typed", "district"), [("alvik", "bromma"), ("rinkeby", "jarva"), ("ostermalm", "norra-innerstaden"), ("Hagersten", "hagersten-alvsjo")])
def test_district_is_found_by_the_name_people_use(open_site: OpenSite, typed: str, district: str) -> None:
    """The old name, or the area's, leads nowhere."""
    page = open_site("/sv/hjalp/sa-hittar-du-hit/")
    before = len(asked(page))
    page.fill(".districts input", typed)
    assert page.is_visible(f"#d-{district}")
    assert page.locator(".districts details:visible").count() <= 3
    assert len(asked(page)) == before
    page.fill(".districts input", "Malmö")
    assert "Vi hittar inget" in page.inner_text(".districts [role=status]") and page.locator(".districts details:visible").count() == 11
