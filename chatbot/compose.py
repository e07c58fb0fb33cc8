"""Puts a turn together: from what Rasa decided (payloads of responses) and what content/ says a topic offers. Pure.

Order of things is safety: danger first, then the way to a human, then everything else. Nothing here is text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from chatbot.state import WAYS, Asked, State, Way
from chatbot.turn import Turn
from content.load import Content
from content.models import Service

EMERGENCY = "nodnummer-112"
#: The kinds of channel by which each way of reaching help goes.
WAY_CHANNELS: dict[str, frozenset[str]] = {
    "phone": frozenset({"phone", "text_phone", "video"}),
    "chat": frozenset({"chat"}),
    "write": frozenset({"chat", "sms", "text_phone"}),
    "visit": frozenset({"visit"}),
}
SOURCE_LANGUAGE = "sv"  # what helpers speak anyway
TALK = ("greet", "thanks", "goodbye", "affirm", "deny", "out_of_scope")
MENU_TOPICS = (
    "emergency_now", "fri_yta", "what_is_violence", "shelter", "young_relationship", "disability_access", "worried_other", "find_service",
    "professional",
)  # fmt: skip
#: The menu's groups and their topics, in order; content/answers/_phrases.yaml names them (`menu.group.<name>`).
MENU_GROUPS: dict[str, tuple[str, ...]] = {
    "danger": ("emergency_now", "suicidal", "rape_recent", "child_self"),
    "talk": ("fri_yta", "what_is_violence", "digital_violence", "health_care", "human", "language_help"),
    "shelter_home": ("shelter", "leave_plan", "housing_later", "protected_identity"),
    "law_money": ("police_report", "legal_process", "economic_violence", "immigration_status"),
    "family": ("children_affected", "worried_other"),
    "me": (
        "young_relationship", "disability_access", "older_person", "men_victim", "lgbtqi", "honour", "trafficking_sex", "addiction",
    ),
    "change": ("perpetrator",),
    "practical": ("find_service", "how_it_works", "cost", "anonymity", "hide_traces"),
    "work": ("professional", "programme"),
}  # fmt: skip


@dataclass(frozen=True)
class Decision:
    """What Rasa decided. intent: the intent it acted on. payloads: the custom payloads of its responses, in order. group: of the menu, if tapped.
    way: how the reader has chosen to reach help, if that was tapped.
    """

    intent: str
    payloads: tuple[dict[str, Any], ...]
    suggestions: tuple[str, ...]
    confidence: float
    detected: str | None = None
    group: str = ""
    way: Way | str = ""


def next_state(state: State, topic: str, urgent_topic: str, decision: Decision, district: str) -> State:
    """Give the state after a decision: topic, urgency (sticky until taken back), the open question, whom it is about."""
    calm = any(p.get("set") == "calm" for p in decision.payloads)
    who = {"who_self": "self", "who_other": "other", "worried_other": "other"}.get(decision.intent, state.who)
    if decision.intent in ("affirm", "deny") and state.asked == "who":
        who = "self" if decision.intent == "affirm" else "other"
    return replace(
        state,
        topic=topic,
        urgent=not calm and (state.urgent or bool(urgent_topic)),
        urgent_topic="" if calm else (urgent_topic or state.urgent_topic),
        district=district or state.district,
        who=who,
        asked=_question(decision, state),
        minor=state.minor or topic == "child_self",
        way=_way(decision.way) or state.way,
        own_language=state.own_language or decision.intent == "own_language",
        turns=state.turns + 1,
    )


def _way(value: str) -> Way:
    return next((way for way in WAYS if way == value), "")


def _question(decision: Decision, state: State) -> Asked:
    asked: Asked = "nothing"
    for payload in decision.payloads:
        asked = payload.get("ask", asked)
    return "more" if asked == "who" and state.who else asked


def turn_of(decision: Decision, state: State, content: Content, newly_urgent: bool, lang: str = SOURCE_LANGUAGE) -> Turn:
    """Give the answer for a decision and the state that follows it, without words. lang: of the page; only a wish for a helper who speaks it looks at it."""
    unsure = any(p.get("set") == "unsure" for p in decision.payloads)
    offered = _services(state, content, unsure)
    fitting = tuple(s for s in offered if _fits(content.services[s], state, lang))
    say = [key for p in decision.payloads for key in _texts(p, state, content, bool(fitting))]
    if state.urgent and (not say or say[0] not in {f"answer:{t}{part}" for t in _urgent(content) for part in ("", ":short")}):
        say = ["phrase:emergency.first" if newly_urgent else "phrase:emergency.still", *say]
    if state.minor and state.topic not in (*TALK, "child_self") and f"answer:{state.topic}" in say:
        # A minor learns who has to tell others before being told or asked anything more, whatever is talked of next.
        say.insert(1 if state.urgent else 0, "phrase:minor.first")
    if state.asked == "who" and "phrase:ask.who" not in say:
        say.append("phrase:ask.who")
    if not state.urgent and state.topic not in TALK:
        say.append("phrase:emergency.line")
    return Turn(
        topic=state.topic,
        urgent=state.urgent,
        say=tuple(dict.fromkeys(say)),
        choices=_choices(decision, state, content, lang),
        services=tuple(dict.fromkeys([*(s for s in offered if s == EMERGENCY and state.urgent), *fitting, *offered])),
        pages=() if unsure else tuple(content.topics[state.topic].pages or content.answers[state.topic].pages),
        suggestions=decision.suggestions if unsure else (),
        detected=decision.detected,
        confidence=decision.confidence,
    )


def _urgent(content: Content) -> list[str]:
    return [t.id for t in content.topics.values() if t.group == "urgent"]


def _fits(service: Service, state: State, lang: str) -> bool:
    """Whether a service can be reached in the way, and speaks the language, that the reader has asked for."""
    ways = WAY_CHANNELS.get(state.way)
    channels = [c for c in service.channels if ways is None or c.type in ways]
    return bool(channels) and (not state.own_language or any(lang in c.languages for c in channels))


def _texts(payload: dict[str, Any], state: State, content: Content, fitting: bool) -> list[str]:
    answer = content.answers[state.topic]
    keys: list[str] = []
    for key in payload.get("say", []):
        if key == "answer":
            keys.append(f"answer:{state.topic}")
        elif key == "more":
            keys.append(f"answer:{state.topic}:more" if answer.more else f"answer:{state.topic}")
        elif key == "easy":
            keys.append(f"answer:{state.topic}:easy" if answer.easy else f"answer:{state.topic}")
        elif key == "short":
            keys.append(f"answer:{state.topic}:short")
        elif key in ("way", "helper"):
            keys.append(f"phrase:{key}.{'first' if fitting else 'none'}")
        elif key == "district":
            keys.append(f"district:{state.district}")
        else:
            keys.append(key)
    return keys


def _services(state: State, content: Content, unsure: bool) -> tuple[str, ...]:
    offers = list(content.topics["human" if unsure else state.topic].offers)
    if state.urgent:
        offers = [EMERGENCY, *(content.topics[state.urgent_topic].offers if state.urgent_topic else []), *offers]
    if state.district and any(o in ("rvc", "rvt", "fri-yta") for o in offers):
        near = content.districts[state.district].rvc.service
        if near:
            offers.insert(offers.index("rvc") if "rvc" in offers else len(offers), near)
    return tuple(dict.fromkeys(o for o in offers if o in content.services))


def _choices(decision: Decision, state: State, content: Content, lang: str) -> tuple[str, ...]:
    offered: list[str] = []
    marks = {p.get("set") for p in decision.payloads}
    if state.urgent:
        offered.append("safe:yes")
    if "unsure" in marks:
        offered += [f"topic:{t}" for t in decision.suggestions]
    if state.asked == "district":
        offered += [f"district:{d}" for d in content.districts] + ["district:skip"]
    elif state.asked == "who":
        offered += ["who:self", "who:other"]
    if "menu" in marks:
        offered += [f"topic:{t}" for t in MENU_GROUPS[decision.group]] if decision.group else [f"menu:{g}" for g in MENU_GROUPS]
    elif state.topic in ("greet", "out_of_scope", "deny", "affirm"):
        offered += [f"topic:{t}" for t in MENU_TOPICS]
    answer = content.answers[state.topic]
    said = {key for p in decision.payloads for key in p.get("say", [])}
    if "answer" in said and answer.more:
        offered.append("say:more")
    offered += [c for c in answer.choices if c not in (f"topic:{state.topic}", "safe:yes")]
    if "ask_way" in marks:
        offered += [f"way:{way}" for way in WAY_CHANNELS]
    if state.topic not in TALK and "unsure" not in marks:  # a guess is not remembered: there is nothing to say more shortly
        offered += _wishes(said, state, content, lang)
    offered += ["human", "menu"]
    return tuple(dict.fromkeys(offered))


def _wishes(said: set[str], state: State, content: Content, lang: str) -> list[str]:
    """What may be asked of any answer: easier or shorter words, another way to reach help, one's own language, what becomes of what one tells."""
    answer = content.answers[state.topic]
    wishes = ["say:easy"] if "easy" not in said and answer.easy else []
    if "short" not in said and ("answer" in said or "more" in said) and len(answer.messages) > 1:
        wishes.append("say:short")
    if content.topics[state.topic].offers:
        wishes += ["way", *(["helper"] if lang != SOURCE_LANGUAGE and not state.own_language else [])]
    return [*wishes, *(["police"] if "phrase:police.what" not in said else [])]
