"""From a decision to a turn: danger first, a way to a human always."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.compose import EMERGENCY, WAY_CHANNELS, Decision, next_state, turn_of
from chatbot.state import State
from chatbot.turn import Turn
from content.load import Content, read_content

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content(ROOT)[0]


def answer(content: Content, topic: str, state: State, urgent_topic: str = "", **payload: object) -> tuple[Turn, State]:
    decision = Decision(topic, ({"say": ["answer"], **payload},), ("shelter", "fri_yta", "human"), 0.9)
    after = next_state(state, topic, urgent_topic, decision, "")
    return turn_of(decision, after, content, bool(urgent_topic) and not state.urgent), after


def test_every_answer_offers_a_human_and_the_menu(content: Content) -> None:
    """Somebody who cannot type must always be able to go on."""
    for topic in content.topics:
        turn, _ = answer(content, topic, State())
        assert {"human", "menu"} <= set(turn.choices), topic


def test_danger_in_a_calm_topic_puts_112_first(content: Content) -> None:
    """A person who asks for an interpreter while being hunted must see 112 before anything else."""
    turn, after = answer(content, "language_help", State(), urgent_topic="emergency_now")
    assert turn.urgent and after.urgent
    assert turn.say[0] == "phrase:emergency.first"
    assert turn.services[0] == EMERGENCY
    assert turn.choices[0] == "safe:yes"


def test_urgency_stays_until_the_reader_takes_it_back(content: Content) -> None:
    """A follow-up question must not make the emergency help disappear."""
    _, after = answer(content, "emergency_now", State(), urgent_topic="emergency_now")
    turn, after = answer(content, "cost", after)
    assert turn.urgent and turn.say[0] == "phrase:emergency.still" and turn.services[0] == EMERGENCY
    decision = Decision("safe_now", ({"say": ["phrase:safe.ok"], "set": "calm"},), (), 1.0)
    assert not next_state(after, "cost", "", decision, "").urgent


def test_calm_answers_end_with_the_emergency_line(content: Content) -> None:
    """Things may turn dangerous after the answer was read."""
    turn, _ = answer(content, "what_is_violence", State())
    assert turn.say[-1] == "phrase:emergency.line"


def test_the_confirmed_centre_of_the_district_comes_first(content: Content) -> None:
    """Who told the district must not have to look for the centre again; where it is not confirmed nothing is guessed."""
    turn, _ = answer(content, "fri_yta", State(district="sodermalm"))
    assert turn.services.index("rvc-innerstaden") < turn.services.index("rvc")
    turn, _ = answer(content, "fri_yta", State(district="farsta"))
    assert not [s for s in turn.services if s.startswith("rvc-")]


def test_who_hurts_others_gets_no_plan_to_leave(content: Content) -> None:
    """A person who hits must not be shown what the one who is hit plans."""
    turn, _ = answer(content, "perpetrator", State())
    assert "topic:leave_plan" not in turn.choices and "topic:shelter" not in turn.choices
    assert not {"skyddat-boende", "unizon", "roks"} & set(turn.services)


def follow(content: Content, intent: str, state: State, say: list[str], lang: str = "sv", **decided: str) -> tuple[Turn, State]:
    decision = Decision(intent, ({"say": say},), (), 1.0, **decided)
    after = next_state(state, state.topic, "", decision, "")
    return turn_of(decision, after, content, False, lang), after


@pytest.mark.parametrize("way", WAY_CHANNELS)
def test_who_can_be_reached_as_the_reader_wishes_comes_first(content: Content, way: str) -> None:
    """Somebody who cannot speak aloud would be shown numbers to call before the chats."""
    for topic in content.topics:
        turn, after = follow(content, "tell_way", State(topic=topic), ["way"], way=way)
        fits = [any(c.type in WAY_CHANNELS[way] for c in content.services[s].channels) for s in turn.services]
        assert fits == sorted(fits, reverse=True), topic
        assert turn.say[0] == ("phrase:way.first" if any(fits) else "phrase:way.none"), topic
        assert after.way == way
        assert set(turn.services) == set(follow(content, "say_more", State(topic=topic), ["more"])[0].services), "a wish must not hide a way to help"


def test_in_danger_112_stays_before_the_wish(content: Content) -> None:
    """A wish to chat, made in danger, must not push the emergency number down."""
    turn, _ = follow(content, "tell_way", State(topic="emergency_now", urgent=True, urgent_topic="emergency_now"), ["way"], way="chat")
    assert turn.services[0] == EMERGENCY and turn.say[0] == "phrase:emergency.still"


def test_a_helper_of_ones_own_language_is_asked_for_where_it_is_not_swedish(content: Content) -> None:
    """A reader of Swedish would be offered what every helper speaks; others would not be told to ask for an interpreter."""
    assert "helper" not in answer(content, "fri_yta", State())[0].choices
    turn, after = follow(content, "own_language", State(topic="fri_yta"), ["helper"], lang="ti")
    assert turn.say[0] == "phrase:helper.none" and after.own_language
    turn, _ = follow(content, "say_more", State(topic="fri_yta"), ["answer"], lang="ti")
    assert "helper" in turn.choices


def test_shorter_and_the_question_of_the_police_are_always_there(content: Content) -> None:
    """Who has little time, or fears what is passed on, must not have to type."""
    for topic, told in content.topics.items():
        turn, _ = answer(content, topic, State())
        if told.group != "talk":
            assert "police" in turn.choices, topic
            assert ("say:short" in turn.choices) == (len(content.answers[topic].messages) > 1), topic


def test_shorter_in_danger_says_112_once(content: Content) -> None:
    """Who asks for fewer words while in danger would have to read the number twice before the step that follows."""
    turn, _ = follow(content, "say_short", State(topic="emergency_now", urgent=True, urgent_topic="emergency_now"), ["short"])
    assert turn.say == ("answer:emergency_now:short",)


def test_a_guess_offers_topics_and_no_more_of_itself(content: Content) -> None:
    """Tapping "shorter" after "I am not sure what you mean" led back to the greeting."""
    decision = Decision("unsure", ({"say": ["phrase:unsure.intro"], "set": "unsure"},), ("shelter", "fri_yta", "human"), 0.2)
    turn = turn_of(decision, next_state(State(topic="shelter"), "shelter", "", decision, ""), content, False)
    assert not {"say:short", "way", "police"} & set(turn.choices)
    assert {"topic:shelter", "human", "menu"} <= set(turn.choices)
