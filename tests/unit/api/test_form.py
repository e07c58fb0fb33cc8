"""The conversation as a plain form: the agreed marks, the words, and nothing of what was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SHELL = '<!doctype html><html lang="sv"><title><!--friyta:title--></title><main id="main"><!--friyta:main--></main></html>'


def hidden_state(page: str) -> str:
    """The state of a page."""
    found = re.search(r'name="state" value="([^"]*)"', page)
    assert found
    return found[1]


def test_the_form_has_what_the_script_and_the_site_agreed_on(client: Any) -> None:
    """If this fails the script of the site does not find the form, or a keyboard offers to remember what was typed."""
    page = client.get("/sv/chat").text
    assert '<form id="chat" method="post" action="/sv/chat" autocomplete="off" data-lang="sv">' in page
    assert '<ol id="chat-log" aria-live="polite">' in page
    assert '<div id="chat-choices"' in page
    assert re.search(r'<textarea [^>]*name="message"[^>]*maxlength="2000"[^>]*autocomplete="off"[^>]*spellcheck="false"[^>]*autocapitalize="off"', page)
    assert 'href="tel:112"' in page


def test_it_stands_in_the_frame_of_the_site(make_app: Callable[..., Any], client: Any, tmp_path: Path) -> None:
    """If this fails the chat looks like another site, without exit and menu."""
    shell = tmp_path / "site" / "sv" / "_shell.html"
    shell.parent.mkdir(parents=True)
    shell.write_text(SHELL, encoding="utf-8")
    page = client.get("/sv/chat")
    assert page.text.startswith('<!doctype html><html lang="sv"><title>Chatt</title><main id="main"><h1>')
    assert len(page.content) % 4096 == 0


def test_ten_steps_without_a_script_reach_a_centre_by_district(client: Any, content: Any) -> None:
    """If this fails somebody without JavaScript does not find the centre of the district."""
    page = client.get("/sv/chat").text
    sourced = next(d for d in content.districts.values() if d.rvc.confirmed)
    steps = [
        "jag vill prata",
        "topic:find_service",
        "say:more",
        "topic:shelter",
        "menu",
        "topic:fri_yta",
        "say:more",
        "human",
        "topic:find_service",
    ]
    for step in steps:
        sent = {"choice": step} if ":" in step or step in ("menu", "human") else {"message": step}
        answer = client("POST", "/sv/chat", data={"message": "", "state": hidden_state(page), **sent})
        assert answer.status_code == 200
        page = answer.text
    page = client("POST", "/sv/chat", data={"message": "", "choice": f"district:{sourced.id}", "state": hidden_state(page)}).text
    assert content.services[sourced.rvc.service].name in page
    assert content.phrases["restarted"] not in page


def test_what_was_written_is_nowhere_on_the_page(client: Any) -> None:
    """If this fails the next person at the screen reads it."""
    page = client("POST", "/sv/chat", data={"message": "kanariefagel <b>sova</b>", "state": ""}).text
    assert "kanariefagel" not in page and "<b>sova" not in page


def test_a_tapped_choice_stands_whatever_was_begun_in_the_field(client: Any, engine: Any) -> None:
    """If this fails half a sentence in the field makes every button an error."""
    assert client("POST", "/sv/chat", data={"message": "halv men", "choice": "topic:shelter", "state": ""}).status_code == 200
    assert engine.asked[-1][:2] == (None, "topic:shelter")


def test_switching_the_language_gives_the_page_of_that_language(client: Any) -> None:
    """If this fails the reader stays on a page he or she cannot read."""
    state = hidden_state(client("POST", "/sv/chat", data={"message": "sova", "state": ""}).text)
    page = client("POST", "/sv/chat", data={"message": "", "choice": "lang:ar", "state": state}).text
    assert 'dir="rtl"' in page
    assert 'action="/ar/chat"' in page


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"data": {"message": "x" * 2001}}, 422),
        ({"data": {"message": "x" * 40_000}}, 413),
        ({"content": b"{}", "headers": {"content-type": "application/json"}}, 415),
        ({"content": b"&".join([b"a=1"] * 100), "headers": {"content-type": "application/x-www-form-urlencoded"}}, 422),
        ({"content": b"message=%ff%fe%00", "headers": {"content-type": "application/x-www-form-urlencoded"}}, 200),
        ({"content": b"", "headers": {"content-type": "application/x-www-form-urlencoded"}}, 200),
    ],
)
def test_trouble_is_a_page_with_the_way_on(given: dict[str, Any], status: int, client: Any) -> None:
    """If this fails somebody without JavaScript gets bare text for machines."""
    answer = client("POST", "/sv/chat", **given)
    assert answer.status_code in (status, 400 if status == 422 else status)
    assert answer.headers["content-type"].startswith("text/html")
    assert "tel:112" in answer.text
    assert 'action="/sv/chat"' in answer.text or 'href="/sv/chat"' in answer.text
    assert len(answer.content) % 4096 == 0


def test_2000_signs_of_any_script_fit(client: Any) -> None:
    """If this fails a long message in Arabic, or with emoji, is refused though it keeps the limit."""
    for sign in ("ع", "😀", "å"):
        assert client("POST", "/ar/chat", data={"message": sign * 2000, "state": "A" * 559}).status_code == 200


def test_all_pages_of_a_language_have_one_length(client: Any, content: Any) -> None:
    """If this fails who watches the wire can tell what somebody asked."""
    lengths = {len(client("POST", "/sv/chat", data={"choice": f"topic:{topic}"}).content) for topic in content.topics}
    assert len(lengths) == 1
