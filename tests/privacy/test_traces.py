"""What is left on the phone: a real browser reads, chats, leaves and is closed; then everything it wrote to its profile is searched."""

from __future__ import annotations

import fnmatch
import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Playwright, sync_playwright

from tests.privacy.browser_profile import BEFORE, HOST, browse, cached, decoy, entries, kill, naming, rows, version
from tests.privacy.telling import known, telling
from tests.serving import ROOT, Server

pytestmark = pytest.mark.browser

#: The service that is looked for and opened.
OPENED = "kvinnofridslinjen"
SENTENCES = {"sv": "{} han slår mig och jag är rädd", "ar": "{} زوجي يضربني وأنا خائفة"}
#: Where a browser itself writes down that a page was visited. A site cannot prevent it; a private window does.
#: docs/threat-model.md says what each is.
RECORDS = {
    "History*": "rows of the history",
    "Favicons*": "icons beside those rows",
    "Top Sites*": "the tiles of a new tab",
    "Sessions/*": "the list of open and lately closed tabs",
    "Preferences": "how often which place was used",
    "DIPS*": "that a place was used, against trackers",
    "Shortcuts*": "proposals of the address field",
    "Network Action Predictor*": "proposals of the address field",
    "Visited Links": "which links are coloured as read",
    "Network/*": "what the browser knows of the connection",
    "Network Persistent State": "what the browser knows of the connection",
    "TransportSecurity": "what the browser knows of the connection",
    "../segmentation_platform/*": "the browser's own statistics of use",
    "segmentation_platform/*": "the browser's own statistics of use",
    "Secure Preferences": "how often which place was used",
    "Site Characteristics Database/*": "how pages behave in the background",
    "Affiliation Database*": "names of places, for passwords",
}
#: Where a site could leave something. None of it may name the portal.
STORES = (
    "Cookies*", "Network/Cookies*", "Local Storage/*", "Session Storage/*", "IndexedDB/*", "Service Worker/*", "WebStorage/*", "databases/*", "File System/*",
    "Storage/*", "SharedStorage*", "Trust Tokens*", "Login Data*", "Web Data*", "Web Applications/*", "Reporting and NEL*", "Download*", "shared_proto_db/*",
    "blob_storage/*", "Platform Notifications/*",
)  # fmt: skip


@dataclass
class Visit:
    """What one visit did, saw, and where its profile lies."""

    profile: Path
    words: dict[str, str] = field(default_factory=dict)
    depth: list[int] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    behind: str = ""
    cookies: int = 0
    version: str = ""

    def canary(self, lang: str, where: str) -> str:
        """A word of its own for one place, so that a finding says how it came there."""
        letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي" if lang == "ar" else "bcdfghjklmnpqrstvwxyåäö"
        self.words[where] = "".join(secrets.choice(letters) for _ in range(14))
        return self.words[where]

    def told(self) -> dict[str, set[str]]:
        """By place: the files in which its word stands."""
        return {where: found for where, word in self.words.items() if (found := naming(self.profile, word))}


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """The driver of the browser."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the rest of the world."""
    with decoy(tmp_path_factory.mktemp("decoy")) as port:
        yield port


@pytest.fixture(scope="module")
def base(server: Server) -> str:
    """The portal's address as the browser knows it."""
    return f"http://{HOST}:{server.base.rpartition(':')[2]}"


def chat(page: Page, visit: Visit, lang: str, name: str) -> None:
    """One message, answered."""
    page.fill("#message", SENTENCES[lang].format(visit.canary(lang, name)))
    page.click("#chat > [type=submit]")


def leave(page: Page) -> None:
    """The exit, until the harmless page stands there."""
    page.click("#exit")
    page.wait_for_selector("#decoy")


@pytest.fixture(scope="module")
def visit(playwright: Playwright, outside: int, base: str, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """With scripts: five pages by their links, a search, a chat in Swedish and Arabic, words begun and not sent, exit, Back, close."""
    visit = Visit(tmp_path_factory.mktemp("profile"))
    context = browse(playwright, visit.profile, outside)
    page = context.new_page()
    visit.version = version(page)
    page.goto(BEFORE)
    page.goto(f"{base}/sv/")
    visit.depth.append(page.evaluate("history.length"))
    page.click("a[href='/sv/hjalp/akut/'] >> visible=true >> nth=0")
    page.wait_for_url("**/hjalp/akut/")
    page.evaluate("location.replace('/sv/sok/')")
    page.wait_for_selector("#q")
    page.fill("#q", visit.canary("sv", "search"))
    page.wait_for_timeout(300)
    page.fill("#q", OPENED)
    page.click(f"#search-hits a[href$='#{OPENED}']")
    page.wait_for_selector("#directory-record h1")
    page.click("#directory-record > p > button")
    page.click("#directory-groups .toc summary")
    page.click("#directory-groups .toc a >> nth=1")
    page.click("a[href='/sv/chat'] >> visible=true >> nth=0")
    page.wait_for_selector("#chat-choices button")
    chat(page, visit, "sv", "message sv")
    page.wait_for_selector("#chat-log li.you")
    page.click("#chat-choices button >> nth=0")
    page.wait_for_timeout(500)
    page.click("#chat-log .card-name a >> nth=0")
    page.wait_for_url("**/hjalp-och-stod/**")
    page.wait_for_selector("#directory-record h1")
    page.wait_for_timeout(1500)
    page.click("a[href='/sv/chat'] >> visible=true >> nth=0")
    page.wait_for_selector("#chat-choices button")
    page.click(".langs summary")
    page.click(".langs a[hreflang=ar]")
    page.wait_for_url("**/ar/chat")
    page.wait_for_selector("#chat-choices button")
    chat(page, visit, "ar", "message ar")
    page.wait_for_selector("#chat-log li.you")
    page.fill("#message", visit.canary("ar", "begun"))
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(1500)
    visit.depth.append(page.evaluate("history.length"))
    leave(page)
    visit.steps = entries(page)
    page.go_back(wait_until="commit")
    visit.behind = page.url
    visit.cookies = len(context.cookies())
    context.close()
    return visit


@pytest.fixture(scope="module")
def plain_visit(playwright: Playwright, outside: int, base: str, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """The same without scripts, as far as it goes."""
    visit = Visit(tmp_path_factory.mktemp("profile-plain"))
    context = browse(playwright, visit.profile, outside, scripts=False)
    page = context.new_page()
    visit.version = version(page)
    page.goto(BEFORE)
    page.goto(f"{base}/sv/")
    page.click("a[href='/sv/hjalp/akut/'] >> visible=true >> nth=0")
    page.wait_for_url("**/hjalp/akut/")
    page.goto(f"{base}/sv/chat")
    chat(page, visit, "sv", "message sv")
    page.wait_for_load_state()
    page.goto(f"{base}/ar/chat")
    chat(page, visit, "ar", "message ar")
    page.wait_for_load_state()
    page.fill("#message", visit.canary("ar", "begun"))
    page.wait_for_timeout(1000)
    leave(page)
    visit.steps = entries(page)
    visit.cookies = len(context.cookies())
    context.close()
    return visit


def records(path: str) -> bool:
    """Whether a file is one of the browser's own records of visits."""
    return any(fnmatch.fnmatch(path, pattern) for pattern in RECORDS)


def history(visit: Visit) -> list[tuple[str, str]]:
    """Address and title of each row about the portal."""
    found = rows(visit.profile, "History", "select url, title from urls")
    return [(str(url), str(title)) for url, title in found if HOST in str(url)]


def left(visit: Visit) -> dict[str, bool]:
    """What a visit left behind, by the rows of the table on the page about safe browsing."""
    named = naming(visit.profile, HOST)
    stored = any(fnmatch.fnmatch(path, store) for path in named for store in STORES) or visit.cookies > 0
    return {
        "words": visit.told() != {},
        "storage": stored or rows(visit.profile, "Web Data", "select name, value from autofill") != [],
        "cache": cached(visit.profile) != set(),
        "back": any(HOST in url for url in visit.steps),
        "name": history(visit) != [],
    }


@pytest.mark.parametrize("scripts", [True, False])
def test_the_page_on_safe_browsing_promises_no_more_than_was_found(
    visit: Visit, plain_visit: Visit, scripts: bool, record_property: Callable[[str, object], None]
) -> None:
    """If this fails the portal tells people that something is gone which is still there. (`make safety-report` writes the table anew.)"""
    one = visit if scripts else plain_visit
    found = {"engine": "Chromium", "version": one.version, "scripts": scripts, "left": left(one)}
    record_property(f"left chromium {'1 scripts' if scripts else '2 plain'}", json.dumps(found))
    # A browser that the file does not name has no column on the page, and nothing is promised of it.
    published = json.loads((ROOT / "site" / "safety-report.json").read_text(encoding="utf-8")).get("traces", [])
    said = next((line["left"] for line in published if (line["engine"], line["scripts"]) == ("Chromium", scripts)), None)
    assert said is None or [name for name, there in left(one).items() if there and not said[name]] == []


def test_no_word_that_was_written_is_on_the_disk(visit: Visit) -> None:
    """If this fails who takes the phone can read what was written or searched for, in the browser's files."""
    assert len(visit.words) == 4
    assert visit.told() == {}


def test_the_service_that_was_opened_is_not_named_on_the_disk(visit: Visit) -> None:
    """If this fails the browser's files say which help somebody read about: by its id in an address, or by its name."""
    assert naming(visit.profile, OPENED) | naming(visit.profile, OPENED.capitalize()) == set()


def test_sites_stores_hold_nothing(visit: Visit, plain_visit: Visit) -> None:
    """If this fails the portal leaves a cookie, a storage, a database, a service worker or a filled-in form behind."""
    for one in (visit, plain_visit):
        named = naming(one.profile, HOST)
        assert named, "the look into the profile finds nothing at all: it does not look in the right place"
        assert [path for path in sorted(named) if any(fnmatch.fnmatch(path, store) for store in STORES)] == []
        assert one.cookies == 0
        assert rows(one.profile, "Web Data", "select name, value from autofill") == []
        assert rows(one.profile, "History", "select term from keyword_search_terms") == []
        assert rows(one.profile, "History", "select target_path from downloads") == []
        assert rows(one.profile, "Login Data", "select origin_url from logins") == []


def test_nothing_of_the_portal_is_cached(visit: Visit, plain_visit: Visit) -> None:
    """If this fails pages, answers of the chat or the search index can be opened from the browser's cache long afterwards; or somebody who deletes
    single rows of the history leaves the name of the portal there, beside a style sheet."""
    assert cached(visit.profile) | cached(plain_visit.profile) == set()
    assert cached(plain_visit.profile, compiled=True) == set()


def test_names_of_scripts_stay_among_what_was_compiled(visit: Visit) -> None:
    """A limit said in docs/threat-model.md: Chromium keeps what it compiled of a script under the script's address, `no-store` or not. If this
    fails it has gone, and the texts may promise more; or the look into the caches finds nothing at all."""
    kept = {urlsplit(address).path for address in cached(visit.profile, compiled=True)}
    assert kept and all(path.startswith("/assets/") and path.endswith(".js") and not telling(path) for path in kept)


def test_only_the_browsers_own_records_name_the_portal(visit: Visit, plain_visit: Visit) -> None:
    """If this fails the visit has left its name in a place nobody has thought of."""
    for one in (visit, plain_visit):
        elsewhere = {path for path in naming(one.profile, HOST) if not records(path) and "Cache" not in path}
        assert elsewhere == set()


def test_rows_of_the_history_are_plain(visit: Visit, plain_visit: Visit) -> None:
    """If this fails a row of the history tells more than that a page was open: words of a search, a state, a telling title."""
    for one in (visit, plain_visit):
        assert history(one)
        for url, title in history(one):
            parts = urlsplit(url)
            assert (parts.query, parts.fragment) == ("", ""), url
            assert not telling(title), title
            key = parts.path.strip("/").partition("/")[2]
            assert not telling(key.replace("-", " ").replace("/", " ")) or key in known("addresses"), url


def test_after_the_exit_back_never_shows_the_portal(visit: Visit) -> None:
    """If this fails one press on Back shows what was read before the exit."""
    assert [url for url in visit.steps if HOST in url] == []
    assert visit.behind == BEFORE


def test_pages_and_chat_add_no_step_to_back(visit: Visit) -> None:
    """If this fails the arrow of the browser shows by its length how much was read."""
    assert len(set(visit.depth)) == 1


def test_a_browser_that_dies_in_the_chat_has_written_no_word(playwright: Playwright, outside: int, base: str, tmp_path: Path) -> None:
    """If this fails an empty battery leaves the conversation in the files that bring tabs back."""
    visit = Visit(tmp_path / "profile")
    context = browse(playwright, visit.profile, outside)
    page = context.new_page()
    page.goto(f"{base}/sv/chat")
    page.wait_for_selector("#chat-choices button")
    chat(page, visit, "sv", "message sv")
    page.wait_for_selector("#chat-log li.you")
    page.fill("#message", visit.canary("sv", "begun"))
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(4000)
    kill(visit.profile)
    assert naming(visit.profile, HOST) != set()
    assert visit.told() == {}


def test_two_typed_addresses_stay_behind_back(playwright: Playwright, outside: int, base: str, tmp_path: Path) -> None:
    """A limit said in docs/threat-model.md. If this fails it has gone, and the text there may promise more."""
    context = browse(playwright, tmp_path / "profile", outside)
    page = context.new_page()
    page.goto(f"{base}/sv/")
    page.goto(f"{base}/sv/om/integritet/")
    leave(page)
    page.go_back(wait_until="commit")
    page.wait_for_selector("h1")
    shown = page.url
    context.close()
    assert shown == f"{base}/sv/"


def test_without_scripts_back_shows_the_portal_again(plain_visit: Visit) -> None:
    """A limit said in docs/threat-model.md and decisions/0006. If this fails it has gone, and the texts may promise more."""
    assert [url for url in plain_visit.steps if HOST in url] != []


def test_without_scripts_words_begun_and_not_sent_are_not_on_the_disk(plain_visit: Visit) -> None:
    """If this fails what somebody thought better of sending is still in the browser's files."""
    assert "begun" not in plain_visit.told()


def test_without_scripts_no_word_that_was_written_is_on_the_disk(plain_visit: Visit) -> None:
    """If this fails the messages of those who block scripts lie readable in the list of lately closed tabs (docs/decisions/0073)."""
    assert plain_visit.told() == {}
