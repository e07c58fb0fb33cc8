"""The chat in place: nothing kept, nothing lost while it matters, and usable without seeing. The API is played by the test."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
OpenSite = Callable[..., Page]
SECRET = "han slår mig KANARIE-7319"

ANSWER: dict[str, Any] = {
    "lang": "sv", "topic": "shelter", "urgent": False, "messages": ["Du kan få en plats att sova.", "Vi hjälper dig vidare."],
    "choices": [{"label": "Vad händer sen?", "value": "say:more"}, {"label": "Ja", "value": "yes"}],
    "services": [{"id": "x", "name": "Socialjouren", "summary": "Hjälper när annat är stängt.", "summary_lang": "sv", "phone": "08-508 40 700",
                  "phone_uri": "tel:+46850840700", "sms": None, "chat_url": None, "url": None, "hours": "Dygnet runt", "open_now": True,
                  "languages": ["sv"], "checked": None, "former": None, "labels": {}, "way_in": None}],
    "pages": [{"title": "Skyddat boende", "url": "/sv/hjalp/bo/"}], "suggestions": [], "state": "s1", "notice": None,
}  # fmt: skip
URGENT = {**ANSWER, "urgent": True, "messages": ["Ring 112 nu om du kan."], "state": "s2"}


def chat(open_site: OpenSite, *answers: dict[str, Any] | int, path: str = "/sv/chat/", **options: object) -> tuple[Page, list[dict[str, Any]]]:
    """The chat page with an API that gives the answers in turn (a number: that status) and the last one ever after."""
    page = open_site(path, **options)
    sent: list[dict[str, Any]] = []

    def reply(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "{}"))
        answer = answers[min(len(sent), len(answers)) - 1]
        if isinstance(answer, int):
            route.fulfill(status=answer, content_type="application/problem+json", body=json.dumps({"type": "x", "status": answer}))
        else:
            route.fulfill(content_type="application/json", body=json.dumps(answer))

    page.route("**/api/chat", reply)
    return page, sent


def write(page: Page, text: str = SECRET) -> None:
    page.fill("#message", text)
    page.click("#chat > [type=submit]")


def test_message_and_choice_are_answered_in_place(open_site: OpenSite) -> None:
    """Each answer loads the page anew, and each leaves an entry behind."""
    page, sent = chat(open_site, ANSWER, URGENT)
    depth = page.evaluate("history.length")
    write(page)
    page.wait_for_selector("#chat-log .card")
    assert sent[0] == {"lang": "sv", "message": SECRET, "choice": None, "state": "s0"}
    assert page.input_value("#message") == "" and page.get_attribute("[name=state]", "value") is not None
    assert page.get_attribute("#chat-log a.tel", "href") == "tel:+46850840700"
    page.click("#chat-choices >> text=Vad händer sen?")
    page.wait_for_selector("#chat-log li.urgent")
    assert sent[1] == {"lang": "sv", "message": None, "choice": "say:more", "state": "s1"}
    assert page.evaluate("document.activeElement.classList.contains('urgent')"), "the answer to a tapped choice gets the focus"
    assert page.evaluate("history.length") == depth
    assert page.url.endswith("/sv/chat/")
    assert page.faults == []  # type: ignore[attr-defined]


def test_nothing_of_the_message_is_kept_or_put_into_an_address(open_site: OpenSite) -> None:
    """The words stand in the history, in a log of the router, or in the browser's storage."""
    page, _ = chat(open_site, ANSWER)
    write(page)
    page.wait_for_selector("#chat-log li.you")
    assert not [address for address in page.asked if "KANARIE" in address]  # type: ignore[attr-defined]
    kept = page.evaluate(
        """async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length,
        window.isSecureContext && window.caches ? (await caches.keys()).length : 0, history.state]"""
    )
    assert kept == [0, 0, "", 0, 0, None]


def test_text_of_an_answer_is_never_read_as_html(open_site: OpenSite) -> None:
    """A forged answer runs as a script."""
    page, _ = chat(open_site, {**ANSWER, "messages": ["<img src=x onerror=alert(1)>"], "choices": [{"label": "<b>x</b>", "value": "yes"}]})
    write(page, "<script>alert(1)</script>")
    page.wait_for_selector("#chat-log li.us >> nth=1")
    assert page.locator("#chat-log img, #chat-log script, #chat-choices b").count() == 0


@pytest.mark.parametrize("status", [500, 429, 503])
def test_trouble_keeps_the_text_and_shows_the_emergency_number(open_site: OpenSite, status: int) -> None:
    """What took courage to write is gone, and nobody says where to call."""
    page, sent = chat(open_site, status, ANSWER)
    write(page)
    page.wait_for_selector("#chat-log .emergency-box")
    assert page.input_value("#message") == SECRET
    assert page.get_attribute("#chat-log .emergency-box a", "href") == "tel:112"
    assert "Din text finns kvar" in page.inner_text(".chat-status")
    page.click("#chat > [type=submit]")
    page.wait_for_selector("#chat-log .card")
    assert len(sent) == 2 and page.locator("#chat-log .emergency-box").count() == 0


def test_network_gone_keeps_the_text_and_shows_the_emergency_number(open_site: OpenSite) -> None:
    """In the stairwell the line breaks, and the page only turns its wheel."""
    page = open_site("/sv/chat/")
    page.route("**/api/chat", lambda route: route.abort())
    write(page)
    page.wait_for_selector("#chat-log .emergency-box")
    assert page.input_value("#message") == SECRET


def test_slow_answer_shows_the_emergency_number_meanwhile(open_site: OpenSite) -> None:
    """Somebody waits half a minute for a computer while they could have called."""
    page = open_site("/sv/chat/")
    page.clock.install()
    page.route("**/api/chat", lambda route: None)
    write(page)
    page.clock.run_for(6500)
    assert page.locator("#chat-log .emergency-box").count() == 1
    assert page.input_value("#message") == SECRET


def test_clear_now_takes_everything_away(open_site: OpenSite) -> None:
    """Steps come up the stairs; what was written stays on the screen."""
    page, sent = chat(open_site, ANSWER)
    write(page)
    page.wait_for_selector("#chat-log li.you")
    page.fill("#message", "mer")
    page.click("text=Rensa nu")
    page.wait_for_selector("#chat-log li.us")
    assert page.locator("#chat-log li.you").count() == 0 and page.input_value("#message") == ""
    assert sent[-1] == {"lang": "sv", "message": None, "choice": None, "state": None}
    assert page.inner_text(".chat-status") == "Samtalet är borta från sidan."


def test_two_minutes_out_of_sight_clear_the_conversation(open_site: OpenSite) -> None:
    """The phone lies on the table; the other one turns it on."""
    page, _ = chat(open_site, ANSWER)
    write(page)
    page.wait_for_selector("#chat-log li.you")
    page.clock.install()
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true}), document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.run_for(119_000)
    assert page.locator("#chat-log li.you").count() == 1
    page.clock.run_for(2_000)
    assert page.locator("#chat-log li").count() == 0
    assert page.input_value("[name=state]") == ""


def test_screen_reader_hears_answers_and_states(open_site: OpenSite) -> None:
    """Whoever does not see the page does not know that an answer came."""
    page, _ = chat(open_site, ANSWER)
    assert page.get_attribute("#chat-log", "aria-live") == "polite"
    assert page.get_attribute(".chat-status", "role") == "status"
    page.click("#chat > [type=submit]")
    assert page.inner_text(".chat-status") == "Skriv några ord, eller välj något nedan."
    assert page.evaluate("document.activeElement.id") == "message"
    write(page)
    page.wait_for_selector("#chat-log li.you")
    assert page.inner_text("#chat-log li.you .quiet").startswith("Du skrev")
    assert page.get_attribute("#chat-choices", "role") == "group"


def test_arabic_chat_shows_a_swedish_fallback_as_swedish(open_site: OpenSite) -> None:
    """Numbers and Swedish words change places inside Arabic."""
    answer = {**ANSWER, "lang": "ar", "messages": ["مرحبا", "Svenska."], "message_langs": ["ar", "sv"]}
    page, _ = chat(open_site, answer, path="/ar/chat/")
    write(page)
    page.wait_for_selector("#chat-log .card")
    assert page.get_attribute("#chat-log li.us >> nth=-1 >> p >> nth=1", "dir") == "ltr"
    assert page.locator("#chat-log li.us >> nth=-1 >> bdi[dir=ltr]").count() == 1


def test_form_works_without_scripts(open_site: OpenSite) -> None:
    """Old phone, blocked scripts: the conversation is still a form."""
    page = open_site("/sv/chat/", java_script_enabled=False)
    assert page.get_attribute("#chat", "method") == "post" and page.locator("#chat-choices button").count() == 1
    assert not page.locator("text=Rensa nu").count(), "a button that does nothing is not shown"
