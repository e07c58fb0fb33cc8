"""What is left on the phone by Firefox: the same visit as in test_traces.py, where Firefox is installed (apt-get install firefox-esr)."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.privacy.browser_profile import BEFORE, HOST
from tests.privacy.firefox_profile import FIREFOX, Firefox, cached, files, proxy, rows
from tests.privacy.telling import known, telling
from tests.privacy.test_traces import OPENED, SENTENCES
from tests.privacy.traces import in_bytes
from tests.serving import ROOT, Server

# A second browser engine: two minutes on a busy machine. `make safety-report` and `make test-slow` run it.
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not FIREFOX, reason="Firefox is not installed: apt-get install firefox-esr")]


@dataclass
class Visit:
    """What one visit did and where its profile lies."""

    profile: Path
    scripts: bool
    words: dict[str, str] = field(default_factory=dict)
    behind: str = ""
    version: str = ""

    def canary(self, where: str) -> str:
        """A word of its own for one place."""
        self.words[where] = "".join(secrets.choice("bcdfghjklmnpqrstvwxyåäö") for _ in range(14))
        return self.words[where]

    def naming(self, text: str) -> set[str]:
        """Files that hold a text, or bear it as a name."""
        return {path for path, data in files(self.profile) if in_bytes(data + path.encode(), [text])}

    def told(self) -> dict[str, set[str]]:
        """By place: the files in which its word stands."""
        return {where: found for where, word in self.words.items() if (found := self.naming(word))}

    def left(self) -> dict[str, bool]:
        """By the rows of the table on the page about safe browsing."""
        stored = [path for path in self.naming(HOST) if path.startswith(("storage/", "cookies.sqlite", "webappsstore", "formhistory", "logins"))]
        return {
            "words": self.told() != {},
            "storage": stored != [] or rows(self.profile, "formhistory.sqlite", "select value from moz_formhistory") != [],
            "cache": cached(self.profile) != [],
            "back": HOST in self.behind,
            "name": self.history() != [],
        }

    def history(self) -> list[tuple[str, str]]:
        """Address and title of each row about the portal."""
        found = rows(self.profile, "places.sqlite", "select url, title from moz_places where last_visit_date is not null")
        return [(str(url), str(title or "")) for url, title in found if HOST in str(url)]


def chat(fox: Firefox, visit: Visit) -> None:
    """One message, answered."""
    fox.write("#message", SENTENCES["sv"].format(visit.canary("message")))
    fox.click("#chat > [type=submit]")


def walked(server: Server, profile: Path, outside: int, *, scripts: bool) -> Visit:
    """Pages, a search and a service (with scripts), the chat, words begun and not sent, exit, Back, close."""
    base = f"http://{HOST}:{server.base.rpartition(':')[2]}"
    visit = Visit(profile, scripts)
    with Firefox(profile, outside, **({} if scripts else {"javascript__enabled": False})) as fox:
        visit.version = fox.version
        fox.open(BEFORE)
        fox.open(f"{base}/sv/")
        if scripts:
            fox.run("location.replace('/sv/sok/')")
            fox.wait("document.getElementById('q') && document.getElementById('q').checkVisibility()")
            fox.write("#q", visit.canary("search"))
            fox.ask("WebDriver:ElementClear", id=fox.find("#q"))
            fox.write("#q", OPENED)
            fox.click(f"#search-hits a[href$='#{OPENED}']")
            fox.find("#directory-record h1")
            fox.click("header a[href='/sv/chat']")
            fox.find("#chat-choices button")
            chat(fox, visit)
            fox.wait("document.querySelector('#chat-log li.you') !== null")
        else:
            fox.open(f"{base}/sv/chat")
            chat(fox, visit)
            time.sleep(3)
        fox.write("#message", visit.canary("begun"))
        time.sleep(3)
        fox.click("#exit")
        fox.find("#decoy")
        visit.behind = fox.back()
    return visit


@pytest.fixture(scope="module")
def visits(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[bool, Visit]]:
    """The visit with scripts and without."""
    with proxy(tmp_path_factory.mktemp("proxy")) as outside:
        yield {scripts: walked(server, tmp_path_factory.mktemp("firefox") / "profile", outside, scripts=scripts) for scripts in (True, False)}


@pytest.mark.parametrize("scripts", [True, False])
def test_the_page_on_safe_browsing_promises_no_more_than_was_found(
    visits: dict[bool, Visit], scripts: bool, record_property: Callable[[str, object], None]
) -> None:
    """If this fails the portal tells people that something is gone which is still there. (`make safety-report` writes the table anew.)"""
    found = {"engine": "Firefox", "version": visits[scripts].version, "scripts": scripts, "left": visits[scripts].left()}
    record_property(f"left firefox {'1 scripts' if scripts else '2 plain'}", json.dumps(found))
    published = json.loads((ROOT / "site" / "safety-report.json").read_text(encoding="utf-8")).get("traces", [])
    said = next((line["left"] for line in published if (line["engine"], line["scripts"]) == ("Firefox", scripts)), None)
    assert said is None or [name for name, there in visits[scripts].left().items() if there and not said[name]] == []


def test_no_word_that_was_written_is_on_the_disk(visits: dict[bool, Visit]) -> None:
    """If this fails who takes the phone can read what was written or searched for, in Firefox's files."""
    assert len(visits[True].words) == 3
    assert visits[True].told() == {}


def test_without_scripts_no_word_that_was_written_is_on_the_disk(visits: dict[bool, Visit]) -> None:
    """If this fails the messages of those who block scripts lie readable in Firefox's files."""
    assert len(visits[False].words) == 2
    assert visits[False].told() == {}


def test_sites_stores_and_the_cache_hold_nothing(visits: dict[bool, Visit]) -> None:
    """If this fails the portal leaves a cookie, a storage, a filled-in form or a page in Firefox."""
    for visit in visits.values():
        assert visit.naming(HOST), "the look into the profile finds nothing at all: it does not look in the right place"
        assert (visit.left()["storage"], cached(visit.profile)) == (False, [])


def test_rows_of_the_history_are_plain(visits: dict[bool, Visit]) -> None:
    """If this fails a row of the history tells more than that a page was open: a service, words of a search, a telling title."""
    for visit in visits.values():
        assert visit.history()
        for url, title in visit.history():
            parts = urlsplit(url)
            assert (parts.query, parts.fragment) == ("", ""), url
            assert not telling(title), title
            key = parts.path.strip("/").partition("/")[2]
            assert not telling(key.replace("-", " ").replace("/", " ")) or key in known("addresses"), url
    assert visits[True].naming(OPENED) == set()


def test_after_the_exit_back_never_shows_the_portal(visits: dict[bool, Visit]) -> None:
    """If this fails one press on Back in Firefox shows what was read before the exit."""
    assert visits[True].behind == BEFORE
