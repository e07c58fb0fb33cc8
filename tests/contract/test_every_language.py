"""The bot speaks every offered language, in whole answers, with help first when it is urgent; and whoever writes in one language is heard in it."""

from __future__ import annotations

import pytest

from tests.serving import Server
from translations.locales import LOCALES

#: Plain danger in each language, as people write it; the contract's own examples for sv, en and ar.
DANGER = {
    "sv": "han slår mig o jag vågar inte va hemma inatt, han har kniv", "en": "he has a knife and he is outside", "fi": "sillä on puukko ja se on oven takana",
    "ar": "معه سكين وهو عند الباب", "fa": "چاقو داره و پشت دره", "ckb": "چەقۆی پێیە و لە پشت دەرگایە", "so": "mindi ayuu hayaa oo albaabka ayuu taagan yahay",
    "ti": "ካራ ሒዙ ኣብ ማዕጾ ኣሎ", "tr": "elinde bıçak var kapıda", "es": "tiene un cuchillo y está en la puerta", "pl": "ma nóż i stoi pod drzwiami",
    "uk": "у нього ніж, він під дверима",
}  # fmt: skip


@pytest.fixture(scope="module")
def topics(server: Server) -> list[str]:
    return [topic["id"] for topic in server.get("/api/topics").json()["topics"]]


@pytest.mark.parametrize("lang", LOCALES)
def test_every_answer_is_whole_in_the_language_asked_for(lang: str, server: Server, topics: list[str]) -> None:
    """A reader of one language would get Swedish in the middle of an answer about danger."""
    for topic in topics:
        answer = server.ask({"lang": lang, "choice": f"topic:{topic}"}).json()
        assert set(answer["message_langs"]) == {lang} and answer["topic"] == topic, topic
        assert all(choice["label"] for choice in answer["choices"]), topic
        for follow in ("say:more", "say:easy", "say:short", "way", "way:chat", "helper", "police"):
            if follow in {choice["value"] for choice in answer["choices"]}:
                told = server.ask({"lang": lang, "choice": follow, "state": answer["state"]}).json()
                assert set(told["message_langs"]) == {lang} and told["topic"] == topic, (topic, follow)


@pytest.mark.parametrize("lang", LOCALES)
def test_danger_told_in_each_language_puts_112_first(lang: str, server: Server) -> None:
    """Who writes in this language that somebody is at the door with a knife would not be shown 112."""
    answer = server.ask({"lang": lang, "message": DANGER[lang]}).json()
    assert answer["urgent"] and "112" in answer["messages"][0]
    assert answer["services"][0]["id"] == "nodnummer-112"
    after = server.ask({"lang": lang, "message": "ok", "state": answer["state"]}).json()
    assert after["urgent"] and "112" in after["messages"][0], "the urgency stays"


@pytest.mark.parametrize("lang", LOCALES)
def test_a_label_may_be_typed(lang: str, server: Server) -> None:
    """Who dictates a label instead of tapping it would get another answer."""
    answer = server.ask({"lang": lang, "choice": "topic:fri_yta"}).json()
    label = next(choice["label"] for choice in answer["choices"] if choice["value"] == "say:more")
    typed = server.ask({"lang": lang, "message": label.upper() if lang != "tr" else label, "state": answer["state"]}).json()
    tapped = server.ask({"lang": lang, "choice": "say:more", "state": answer["state"]}).json()
    assert typed["messages"] == tapped["messages"]


@pytest.mark.parametrize("lang", LOCALES)
def test_every_answer_has_one_of_two_sizes(lang: str, server: Server, topics: list[str]) -> None:
    """Letters of some languages take three bytes: their readers must not be told apart by the length of what they get."""
    assert len({len(server.ask({"lang": lang, "choice": f"topic:{topic}"}).content) for topic in topics}) <= 2
    assert len({len(server.form(lang, {"choice": f"topic:{topic}"}).content) for topic in topics}) <= 2
