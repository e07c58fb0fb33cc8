"""The real engine with the trained model: whole conversations in three languages."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from chatbot.engine import BadState, Engine, State
from chatbot.train import train
from chatbot.turn import Turn
from content.load import Content, load_content

ROOT = Path(__file__).resolve().parents[3]
URGENT = {"emergency_now", "suicidal", "rape_recent", "child_self"}


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(ROOT)


@pytest.fixture(scope="module")
def engine(content: Content) -> Engine:
    train(ROOT / ".build" / "models", print)
    return Engine.load(ROOT / ".build" / "models", content)


@dataclass
class Talk:
    """One conversation."""

    engine: Engine
    lang: str
    state: State = field(default_factory=State)

    def write(self, text: str) -> Turn:
        turn, self.state = asyncio.run(self.engine.respond(message=text, lang=self.lang, state=self.state))
        return turn

    def tap(self, choice: str) -> Turn:
        turn, self.state = asyncio.run(self.engine.respond(choice=choice, lang=self.lang, state=self.state))
        return turn


DANGER = {
    "sv": "han slår mig o jag vågar inte va hemma inatt",
    "en": "he is hitting me and i dont dare to be home tonite",
    "ar": "عم يضربني وخايفة ضل بالبيت الليلة",
}
LAUGHTER = {"sv": ["haha", "ok", "ja", "vad ska jag göra", "hej då"], "en": ["haha", "ok", "yes", "what should i do", "bye"], "ar": ["هههه", "اوكي", "نعم", "شو اعمل", "مع السلامة"]}


@pytest.mark.parametrize("lang", DANGER)
def test_the_same_danger_is_met_in_each_language(engine: Engine, lang: str) -> None:
    """Somebody who is beaten tonight must get 112 first and a way to shelter, in whatever language it is told."""
    turn = Talk(engine, lang).write(DANGER[lang])
    assert turn.urgent and turn.topic in URGENT
    assert turn.services[0] == "nodnummer-112"
    assert "topic:shelter" in turn.choices


@pytest.mark.parametrize("lang", DANGER)
def test_small_talk_never_ends_the_urgency(engine: Engine, lang: str) -> None:
    """After danger was told, "haha" or "bye" may be written with somebody looking over the shoulder."""
    talk = Talk(engine, lang)
    talk.write(DANGER[lang])
    for text in LAUGHTER[lang]:
        turn = talk.write(text)
        assert turn.urgent and turn.services[0] == "nodnummer-112", text
        assert "safe:yes" in turn.choices
    assert not talk.tap("safe:yes").urgent


def test_talking_without_the_husband_knowing(engine: Engine) -> None:
    """The person who only dares to talk in secret must reach Fri yta and Kvinnofridslinjen."""
    turn = Talk(engine, "ar").write("بدي احكي مع حدا بدون ما يعرف جوزي")
    assert turn.topic == "fri_yta"
    assert {"fri-yta", "kvinnofridslinjen"} <= set(turn.services)


def test_from_where_to_the_centre_of_the_district(engine: Engine) -> None:
    """Who asks where to go must come to the centre of the district, typed with mistakes or tapped."""
    talk = Talk(engine, "sv")
    turn = talk.write("var ligger rvc")
    assert turn.topic == "find_service" and "phrase:ask.district" in turn.say
    assert len([c for c in turn.choices if c.startswith("district:")]) == 12
    turn = talk.write("sodermalm")
    assert "district:sodermalm" in turn.say and "rvc-innerstaden" in turn.services
    turn = talk.tap("district")
    assert "phrase:ask.district" in turn.say
    assert "district:farsta" in talk.tap("district:farsta").say


def test_yes_and_no_belong_to_the_open_question(engine: Engine) -> None:
    """"Yes" must go on with what was asked, not start something else."""
    talk = Talk(engine, "sv")
    talk.tap("topic:what_is_violence")
    assert talk.state.asked == "more"
    assert "answer:what_is_violence:more" in talk.write("ja").say
    talk.tap("topic:shelter")
    assert talk.state.asked == "who"
    assert "phrase:other.first" in talk.write("nej").say
    assert talk.state.who == "other"


def test_unsure_offers_three_topics_and_a_human(engine: Engine) -> None:
    """Who is not understood must be offered the nearest topics and a human, never a dead end."""
    for text in ("blå", "asdf qwer", "kanske det där"):
        turn = Talk(engine, "sv").write(text)
        if turn.suggestions:
            assert len(turn.suggestions) == 3
            assert {f"topic:{t}" for t in turn.suggestions} | {"human"} <= set(turn.choices)
            return
    pytest.fail("no nonsense message was met with suggestions")


def test_every_topic_is_in_reach_by_tapping(engine: Engine, content: Content) -> None:
    """A person who cannot type must reach every topic in at most three taps from the menu."""
    reached, edge = {"greet"}, [(("menu",), Talk(engine, "sv"))]
    for _ in range(3):
        onward = []
        for path, _talk in edge:
            talk = Talk(engine, "sv")
            for choice in path:
                turn = talk.tap(choice)
            for choice in turn.choices:
                topic = {"human": "human", "district": "find_service"}.get(choice) or choice.removeprefix("topic:")
                if topic in content.topics and topic not in reached:
                    reached.add(topic)
                    onward.append(((*path, choice), talk))
                elif choice.startswith("menu:"):
                    onward.append(((*path, choice), talk))
        edge = onward
    talk_only = {t.id for t in content.topics.values() if t.group == "talk"}
    assert set(content.topics) - talk_only <= reached, sorted(set(content.topics) - talk_only - reached)


def test_a_message_in_another_language_is_noticed(engine: Engine) -> None:
    """Somebody who writes Arabic on the Swedish page must be offered Arabic."""
    assert Talk(engine, "sv").write("زوجي يأخذ كل راتبي ولا يتركني أشتغل").detected == "ar"
    assert Talk(engine, "sv").write("min man tar hela min lön och jag får inte jobba").detected is None


def test_rasas_commands_are_only_words(engine: Engine) -> None:
    """Nobody may steer the bot from outside by writing Rasa's own commands."""
    turn = Talk(engine, "sv").write('/goodbye{"district": "farsta"}')
    assert turn.topic not in ("", None)
    assert Talk(engine, "sv").write("/restart").services is not None


def test_a_state_of_an_earlier_release_is_refused(engine: Engine) -> None:
    """An id that no longer exists must restart the conversation, not break it."""
    with pytest.raises(BadState):
        asyncio.run(engine.respond(message="hej", lang="sv", state=State(topic="gone")))


def said(
    engine: Engine, message: str | None = None, choice: str | None = None, lang: str = "sv", state: State | None = None
) -> tuple[Turn, State]:
    """One step of a conversation."""
    return asyncio.run(engine.respond(message, choice, lang, state))


def test_a_child_who_changes_the_language_stays_a_child(engine: Engine) -> None:
    """A frightened child who switches to Arabic would lose Bris and be answered as a grown-up."""
    _, state = said(engine, choice="topic:child_self")
    turn, after = said(engine, choice="lang:ar", lang="ar", state=state)
    assert (turn.topic, after.topic, turn.urgent) == ("child_self", "child_self", True)


def test_a_minor_learns_who_must_tell_others_before_the_next_answer(engine: Engine) -> None:
    """A child who goes on to ask for somewhere to sleep would name itself to somebody who has to report it, without knowing."""
    _, state = said(engine, choice="topic:child_self")
    turn, _ = said(engine, choice="topic:shelter", state=state)
    assert turn.urgent and turn.say[1] == "phrase:minor.first"
    _, state = said(engine, choice="safe:yes", state=state)
    turn, _ = said(engine, choice="topic:shelter", state=state)
    assert turn.say[0] == "phrase:minor.first"


@pytest.mark.parametrize("lang", ["sv", "en", "es", "fi", "uk", "so", "ti", "ckb", "fa", "tr", "pl", "ar"])
def test_my_husband_hits_me_is_heard_as_what_it_is(engine: Engine, lang: str) -> None:
    """The plainest sentence of all led to the page for men in some languages."""
    plain = {
        "sv": "min man slår mig", "en": "my husband hits me", "es": "mi marido me pega", "fi": "mieheni lyö minua", "uk": "чоловік б'є мене",
        "so": "ninkaygu wuu i garaacaa", "ti": "ሰብኣየይ ይወቕዓኒ", "ckb": "مێردەکەم لێم دەدات", "fa": "شوهرم منو میزنه", "tr": "kocam beni dövüyor",
        "pl": "mąż mnie bije", "ar": "زوجي يضربني",
    }  # fmt: skip
    turn, _ = said(engine, message=plain[lang], lang=lang)
    assert turn.topic in ("emergency_now", "what_is_violence"), turn.topic
