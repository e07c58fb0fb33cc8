"""What people write is led to people who help: real server, real engine, real model."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from content.load import load_content
from tests.serving import ROOT, Server, built

URGENT = {
    "sv": "han slår mig o jag vågar inte va hemma inatt",
    "en": "he hits me and i dont dare to be at home tonight",
    "ar": "عم يضربني وما بسترجي ضل بالبيت الليلة",
}


def values(answer: dict[str, Any]) -> list[str]:
    """What can be tapped."""
    return [choice["value"] for choice in answer["choices"]]


@pytest.mark.parametrize("lang", list(URGENT))
def test_a_night_of_danger_is_urgent_in_every_language(lang: str, server: Server) -> None:
    """If this fails somebody who is hit and has nowhere to go tonight is not told to call 112 first, or not shown a way to shelter."""
    answer: dict[str, Any] = server.say(URGENT[lang], lang)
    assert answer["lang"] == lang
    assert answer["urgent"] is True
    assert "112" in answer["messages"][0]
    assert (answer["services"][0]["id"], answer["services"][0]["phone_uri"]) == ("nodnummer-112", "tel:112")
    reached = [*values(answer), *(service["id"] for service in answer["services"])]
    assert "topic:shelter" in reached or {"socialjouren-stockholm", "rvt"} & set(reached)


def test_the_same_need_has_the_same_topic(server: Server) -> None:
    """If this fails whether one is understood depends on the language one has."""
    assert len({server.say(message, lang)["topic"] for lang, message in URGENT.items()}) == 1


def test_talking_without_the_husband_knowing_leads_to_fri_yta(server: Server) -> None:
    """If this fails an Arabic speaker who only wants to talk is not shown where."""
    answer: dict[str, Any] = server.say("بدي احكي مع حدا بدون ما يعرف جوزي", "ar")
    services = [service["id"] for service in answer["services"]]
    assert "fri-yta" in services and "kvinnofridslinjen" in services


def test_the_opening_greets_and_offers(server: Server) -> None:
    """If this fails the first thing somebody sees is not what this is and what can be asked."""
    answer: dict[str, Any] = server.say()
    assert len(values(answer)) >= 8
    assert answer["topic"] == "greet"


def test_urgency_stays_until_it_is_taken_back(server: Server) -> None:
    """If this fails 112 disappears from the screen with the next word somebody writes."""
    first = server.say(URGENT["sv"])
    second: dict[str, Any] = server.say("ok", state=first["state"])
    assert second["urgent"] is True and "112" in second["messages"][0]
    third: dict[str, Any] = server.say(None, choice="safe:yes", state=second["state"])
    assert third["urgent"] is False
    assert "112" in " ".join(third["messages"])


def test_a_conversation_survives_kill_and_restart_with_the_same_key(tmp_path: Path) -> None:
    """If this fails every update or crash of the service makes people tell their story again."""
    built()
    running = Server(tmp_path / "server").start()
    first = running.say("var ligger närmaste RVC")
    running.kill()
    running.start()
    try:
        second: dict[str, Any] = running.say("Enskede", state=first["state"])
        assert "restarted" not in second
        assert second["topic"] == first["topic"]
        third = running.say(None, choice="say:more", state=second["state"])
        assert "restarted" not in third
    finally:
        running.stop()
    with Server(tmp_path / "other", keys="") as stranger:
        assert "FRIYTA_KEYS is not set" in stranger.output()
        assert stranger.say("hej", state=first["state"])["restarted"] is True


def test_ten_steps_by_form_reach_the_centre_of_a_district(server: Server) -> None:
    """If this fails somebody with a text browser and no JavaScript cannot find the centre for the district."""
    content = load_content(ROOT)
    page = server.get("/sv/chat").text
    steps = [
        {"message": "hej"}, {"message": "min kille skriker på mig jämt"}, {"choice": "say:more"}, {"choice": "menu"}, {"choice": "topic:fri_yta"},
        {"message": "kostar det nåt"}, {"choice": "say:more"}, {"choice": "topic:find_service"}, {"message": "enskede"},
    ]  # fmt: skip
    for step in steps:
        state = re.search(r'name="state" value="([^"]+)"', page)
        assert state
        answer = server.form("sv", {"message": "", "state": state[1], **step})
        assert answer.status_code == 200
        page = answer.text
    assert content.services["rvc-sydost"].name in page
    assert content.phrases["restarted"] not in page


def test_many_at_once_are_all_answered_with_their_own(server: Server) -> None:
    """If this fails one person gets another's answer, or none."""
    asked = [URGENT["sv"], "vad kostar det", "finns det tolk", "hur raderar jag att jag varit här"] * 8
    with ThreadPoolExecutor(16) as pool:
        topics = list(pool.map(lambda message: server.say(message)["topic"], asked))
    assert topics == [server.say(message)["topic"] for message in asked]
