"""One step of a conversation: opens the sealed state, asks the engine, puts its turn into words, seals the state again.

Whatever goes wrong inside, the reader gets a useful answer: the emergency number, three topics, the way to a human. Nothing is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from api.clean import clean
from api.counts import Counts
from api.engine_thread import EngineStuck, EngineThread
from api.faults import report
from api.render import Nonsense, Reply, offer_of, render
from api.seal import Sealer, Unreadable
from api.words import EMERGENCY, Words
from chatbot.meaning.normalise import normalise
from chatbot.safety.net import danger
from chatbot.state import BadState, State
from chatbot.turn import Turn
from content.load import Content
from translations.catalogs import Catalogs
from translations.locales import LOCALES

PURPOSE = "chat"
#: Follow-ups that are understood when their label is typed.
TYPED = (
    "say:more", "say:easy", "say:short", "way", "way:phone", "way:chat", "way:write", "way:visit", "helper", "police", "district", "district:skip",
    "who:self", "who:other", "menu",
)  # fmt: skip
_LONGEST_LABEL = 80
#: Stands in the token beside the slots once a conversation is counted (docs/statistics.md), so that it is counted once.
_COUNTED = "counted"
_NO_TOPIC = "greet"
#: What is offered when the engine cannot say what is near: danger, somebody to talk to, understanding; then a human.
MENU_OF_FAILURE = ("topic:emergency_now", "topic:fri_yta", "topic:what_is_violence", "human")
HELP_OF_FAILURE = (EMERGENCY, "kvinnofridslinjen", "socialjouren-stockholm")


@dataclass(frozen=True)
class Spoken:
    """A reply with the state to carry to the next message."""

    reply: Reply
    state: str
    restarted: bool


class Talk:
    """The conversation as HTTP sees it. Safe to use from many requests at once."""

    def __init__(
        self, engine: EngineThread | None, content: Content, catalogs: Catalogs, sealer: Sealer, clock: Callable[[], dt.datetime],
        counts: Counts | None = None,
    ) -> None:  # fmt: skip
        """Without an engine every answer is the one for failures. `counts` takes the first topic of each conversation, if anybody counts at all."""
        self._engine, self._content, self._catalogs, self._sealer, self._clock = engine, content, catalogs, sealer, clock
        self._counts = counts

    async def answer(self, lang: str, message: str | None, choice: str | None, token: str | None) -> Spoken:
        """Answer a message or a choice; with neither, open the conversation. Raises nothing while the content can be read."""
        opening = message is None and choice is None
        state, restarted, counted = (State(), False, False) if opening else self._opened(token, lang, choice)
        if choice is not None and choice.removeprefix("lang:") in LOCALES and choice.startswith("lang:"):
            lang = choice.removeprefix("lang:")
        words = Words(lang, self._content, self._catalogs)
        text = None if message is None else clean(message)
        choice = choice or _label_typed(text, words)
        try:
            turn, after, afresh = await self._ask(None if choice else text, choice, lang, state)
            restarted = restarted or afresh
            reply = render(_said(turn, opening, text, restarted), words, self._clock())
            counted = self._count(turn.topic, lang, counted)
            token = self._seal(after, lang, counted)
        except Exception as error:
            report(error)
            state = _in_danger(state, text, slow=isinstance(error, TimeoutError | EngineStuck))
            reply = render(_failure(state, restarted), words, self._clock())
            token = self._seal(state, lang, counted)
        return Spoken(reply, token, restarted)

    def _count(self, topic: str, lang: str, counted: bool) -> bool:
        """Count the first topic of a conversation; greetings and the menu are none. Gives whether the conversation has been counted."""
        if self._counts is None or counted or topic == _NO_TOPIC:
            return counted
        try:
            self._counts.add(topic, lang)
        except Exception as error:  # a full disk must not cost anybody the answer
            report(error)
        return True

    def _seal(self, state: State, lang: str, counted: bool) -> str:
        return self._sealer.seal({**state.to_dict(), **({_COUNTED: True} if counted else {})}, lang, PURPOSE)

    def _opened(self, token: str | None, lang: str, choice: str | None) -> tuple[State, bool, bool]:
        """The state of a token, whether the conversation starts afresh because it cannot be read, and whether it has been counted."""
        if not token:
            return State(), False, False
        # A token fits one language. Only who taps "switch language" may bring one of another.
        for locale in [lang, *LOCALES] if (choice or "").startswith("lang:") else [lang]:
            try:
                slots = self._sealer.open(token, locale, PURPOSE)
                counted = isinstance(slots, dict) and slots.pop(_COUNTED, False) is True
                return State.from_dict(slots), False, counted
            except (Unreadable, BadState):
                continue
        return State(), True, False

    async def _ask(self, text: str | None, choice: str | None, lang: str, state: State) -> tuple[Turn, State, bool]:
        if self._engine is None:
            raise Nonsense("engine")
        try:
            turn, after = await self._engine.respond(text, choice, lang, state)
            return turn, after, False
        except BadState:
            turn, after = await self._engine.respond(text, choice, lang, State())
            return turn, after, True


def _label_typed(text: str | None, words: Words) -> str | None:
    """The follow-up whose label somebody typed or dictated instead of tapping it. "I am not in danger" is not among them: that is only tapped."""
    if not text or len(text) > _LONGEST_LABEL:
        return None
    wanted = _bare(text)
    return next((value for value in TYPED if (offer := offer_of(value, words)) is not None and _bare(offer.label) == wanted), None)


def _bare(text: str) -> str:
    return normalise(text).strip(" .!?،؟…")


def _failure(state: State, restarted: bool) -> Turn:
    """The answer when the engine gives none: the emergency text first, whatever was asked."""
    return Turn(
        topic="human",
        urgent=state.urgent,
        say=("phrase:emergency.first", "phrase:failed", *(["phrase:restarted"] if restarted else [])),
        choices=MENU_OF_FAILURE,
        services=HELP_OF_FAILURE,
        pages=("hjalp/akut",),
        confidence=0.0,
    )


def _said(turn: Turn, opening: bool, text: str | None, restarted: bool) -> Turn:
    """The turn with what only the door knows: that somebody just came in, sent nothing, or was away too long."""
    if opening:
        # Nothing has been said that could be told more of, and the menu is there.
        choices = tuple(choice for choice in turn.choices if choice not in ("say:more", "say:easy", "menu"))
        return replace(turn, say=("phrase:greeting", "phrase:menu.title"), choices=choices)
    if text == "":
        return replace(turn, say=("phrase:empty",))
    return replace(turn, say=(*turn.say, "phrase:restarted")) if restarted else turn


def _in_danger(state: State, text: str | None, *, slow: bool) -> State:
    """The state after a failure: the safety net, which needs no engine, still speaks; where it cannot, doubt counts as danger."""
    if not text:
        return state
    try:
        # What made the engine slow could make the net slow too, and it would hold up everybody else here.
        found = None if slow else danger(text)
    except Exception as error:
        report(error)
        slow, found = True, None
    if found is None:
        return replace(state, urgent=True, urgent_topic=state.urgent_topic or "emergency_now") if slow else state
    return replace(state, urgent=True, urgent_topic=found.kind)
