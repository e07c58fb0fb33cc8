"""The chat as JSON, with a small engine: the contract's fields, and a useful answer whatever goes wrong inside."""

from __future__ import annotations

import datetime as dt
import json
import logging
import time
from collections.abc import Callable
from typing import Any

import pytest

FIELDS = {"lang", "topic", "urgent", "messages", "choices", "services", "pages", "suggestions", "state", "pad"}
SERVICE_FIELDS = {"id", "name", "phone", "phone_uri", "sms", "chat_url", "url", "hours", "open_now", "languages", "checked"}


def test_the_opening_greets_and_offers_a_menu(client: Any, content: Any) -> None:
    """If this fails the first thing somebody sees is not what this is and what can be asked."""
    answer = client.say()
    assert FIELDS <= set(answer)
    assert answer["messages"][0] == content.phrases["greeting"]
    assert answer["choices"]


def test_services_have_the_fields_of_the_contract(client: Any) -> None:
    """If this fails a client cannot show whom to call."""
    for service in client.say("jag måste sova någonstans")["services"]:
        assert SERVICE_FIELDS <= set(service)


def test_the_state_carries_the_conversation(client: Any, engine: Any) -> None:
    """If this fails every message is the first one."""
    first = client.say("jag behöver sova någonstans")
    second = client.say(choice="say:more", state=first["state"])
    assert second["topic"] == "shelter"
    assert "restarted" not in second
    assert engine.asked[-1][3].topic == "shelter"


@pytest.mark.parametrize("state", ["", "x", "A" * 559, "ä" * 559, "<script>", "A" * 3000])
def test_a_state_that_cannot_be_read_starts_afresh_and_is_answered(state: str, client: Any) -> None:
    """If this fails somebody who left the page open gets an error for an answer."""
    answer = client.say("jag behöver sova någonstans", state=state)
    assert answer["topic"] == "shelter"
    assert answer.get("restarted", False) is bool(state)


def test_an_old_state_starts_afresh(make_app: Callable[..., Any], client: Any) -> None:
    """If this fails a conversation can be read half an hour later by whoever holds the phone."""
    now = [dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)]
    client.app = make_app(clock=lambda: now[0])
    state = client.say("sova")["state"]
    now[0] += dt.timedelta(minutes=29)
    assert "restarted" not in client.say("sova", state=state)
    now[0] += dt.timedelta(minutes=3)
    assert client.say("sova", state=state)["restarted"] is True


def test_switching_the_language_keeps_the_conversation(client: Any) -> None:
    """If this fails somebody who changes language has to tell everything again."""
    first = client.say("jag behöver sova någonstans")
    arabic = client.say(choice="lang:ar", state=first["state"])
    assert (arabic["lang"], arabic["topic"]) == ("ar", "shelter")
    assert "restarted" not in arabic
    again = client.say(choice="say:more", lang="ar", state=arabic["state"])
    assert "restarted" not in again
    assert client.say(choice="say:more", lang="sv", state=arabic["state"])["restarted"] is True


def test_another_language_is_noticed_and_offered(client: Any) -> None:
    """If this fails a person who writes Arabic on the Swedish page is not offered Arabic."""
    answer = client.say("اريد مساعدة")
    assert answer["detected"] == "ar"
    assert "lang:ar" in [choice["value"] for choice in answer["choices"]]


@pytest.mark.parametrize("message", ["explode", "nonsense", "hang"])
def test_a_failing_engine_still_leads_to_help(message: str, make_app: Callable[..., Any], client: Any, caplog: Any) -> None:
    """If this fails an error inside leaves somebody alone at the worst moment."""
    client.app = make_app(engine_seconds=0.2)
    begun = time.monotonic()
    with caplog.at_level(logging.DEBUG):
        answer = client.say(message)
    assert time.monotonic() - begun < 30, "far less than the minute that the engine hangs"
    assert "112" in answer["messages"][0]
    assert [choice["value"] for choice in answer["choices"]].count("human") == 1
    assert len([choice for choice in answer["choices"] if choice["value"].startswith("topic:")]) == 3
    assert answer["services"][0]["id"] == "nodnummer-112"
    assert message not in caplog.text


def test_without_an_engine_danger_is_still_seen(make_app: Callable[..., Any], client: Any) -> None:
    """If this fails a missing model makes the bot deaf to danger."""
    client.app = make_app(engine=None)
    answer = client.say("han står utanför dörren med kniv och säger att han ska döda mig")
    assert answer["urgent"] is True
    assert client.say(choice="menu", state=answer["state"])["urgent"] is True


def test_a_blank_message_gets_a_kind_line(client: Any, content: Any) -> None:
    """If this fails a slip of the thumb ends in an error."""
    assert client.say("\u0000 \u202e ")["messages"][0] == content.phrases["empty"]


@pytest.mark.parametrize(
    "message",
    [
        '/emergency_now{"a": 1}',
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "a\u202eb\u0000c",
        "'; DROP TABLE",
        "😀" * 1000,
        "ა" * 2000,
        "\u0301" * 500,
    ],
)
def test_odd_text_is_only_words_and_is_not_repeated(message: str, client: Any) -> None:
    """If this fails somebody's text is run, breaks the bot, or stands in an answer that others may see."""
    answer = client.say(message)
    del answer["state"]
    assert message not in json.dumps(answer, ensure_ascii=False)


def test_all_answers_have_one_size(client: Any, content: Any) -> None:
    """If this fails who watches the wire can tell what somebody asked."""
    sizes = {len(client("POST", "/api/chat", json={"lang": lang, "choice": f"topic:{topic}"}).content) for lang in ("sv", "en", "ar") for topic in content.topics}
    assert len(sizes) == 1
    assert sizes.pop() % 4096 == 0


def test_answers_leave_in_step(make_app: Callable[..., Any], client: Any) -> None:
    """If this fails the time an answer takes tells what it was about."""
    client.app = make_app(answer_step_ms=100)
    begun = time.monotonic()
    client.say("sova")
    assert time.monotonic() - begun >= 0.1


def test_the_headers_forbid_keeping(client: Any) -> None:
    """If this fails the conversation may stay on the phone."""
    headers = client("POST", "/api/chat", json={"lang": "sv"}).headers
    assert "no-store" in headers["cache-control"]
    assert not {"set-cookie", "etag", "server", "last-modified"} & set(headers)
