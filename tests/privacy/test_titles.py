"""What others see of a page without opening it - its title, address, file name, link preview - does not tell what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from tests.privacy.telling import data, known, telling
from tests.serving import SITE, Server, built
from translations.locales import KNOWN, LOCALES

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_META = re.compile(r'<meta\s+(?:name|property)="(description|og:[^"]+|twitter:[^"]+|application-name)"\s+content="([^"]*)"')
_HASH = re.compile(r"\.[0-9a-f]{8,}(?=\.)")


@pytest.fixture(scope="module", autouse=True)
def site() -> None:
    """The built site, and a model for the server."""
    built()


def pages() -> Iterator[tuple[str, str]]:
    """Every page of the built site: its path within the site, and its HTML."""
    for file in sorted(SITE.rglob("*.html")):
        yield str(file.relative_to(SITE)), file.read_text(encoding="utf-8")


def key_of(path: str) -> str:
    """`sv/hjalp/akut/index.html` -> `hjalp/akut`."""
    return path.partition("/")[2].removesuffix("index.html").strip("/")


def test_titles_that_tell_are_known_and_get_fewer() -> None:
    """If this fails a row in the history, or a tab, tells at a glance what was read; or a title got better and the list was not shortened."""
    found = {key_of(path) for path, html in pages() if (title := _TITLE.search(html)) and telling(unescape(title[1]))}
    assert found == known("titles")


def test_link_previews_that_tell_are_known_and_get_fewer() -> None:
    """If this fails a link that is sent to a friend shows in the list of messages what it is about."""
    found = {key_of(path) for path, html in pages() for _, text in _META.findall(html) if telling(unescape(text))}
    assert found == known("previews")


def test_addresses_that_tell_are_known_and_get_fewer() -> None:
    """If this fails a page has got an address that names what it is about, or one got better and the list was not shortened."""
    keys = {key_of(path) for path, _ in pages() if path.count("/")}
    found = {key for key in keys if telling(key.replace("/", " ").replace("-", " "))}
    folders = {name for name in known("addresses") if name.endswith("/*")}
    assert all(any(key.startswith(folder[:-1]) for key in found) for folder in folders)
    assert {key for key in found if not any(key.startswith(folder[:-1]) for folder in folders)} == known("addresses") - folders


def test_no_name_of_a_file_tells() -> None:
    """If this fails a file that was downloaded or kept by the browser tells by its name."""
    # Pages are addresses, and judged there; here is what a browser can keep or save under its own name.
    names = {file.name for file in SITE.rglob("*") if file.is_file() and not file.name.startswith("index.html")}
    assert [name for name in sorted(names) if telling(_HASH.sub("", name).replace("-", " ").replace(".", " "))] == []


def test_titles_of_the_chat_and_of_its_troubles_do_not_tell(tmp_path: Path) -> None:
    """If this fails the conversation stands in the history under its subject."""
    with Server(tmp_path / "server") as server:
        for tag in LOCALES:
            shown = [server.get(f"/{tag}/chat"), server.form(tag, {"choice": "topic:emergency_now"}), server.form(tag, {"message": "x" * 3000}),
                     server.get(f"/{tag}/none", headers={"accept": "text/html"})]  # fmt: skip
            titles = {unescape(found[1]) for answer in shown if (found := _TITLE.search(answer.text))}
            assert titles and not any(telling(title) for title in titles), titles


@pytest.mark.parametrize("text", ["Våld i nära relationer", "/sv/hjalp/skyddat-boende/".replace("-", " "), "Domestic violence", "العنف في البيت", "Şiddet", "Насильство"])
def test_a_telling_title_is_found(text: str) -> None:
    """If this fails the tests above prove nothing: these titles must be caught."""
    assert telling(text)


def test_every_language_has_its_words() -> None:
    """If this fails a new language goes without the check."""
    assert set(data()["words"]) >= set(KNOWN)
