"""The engine: one message or choice and a state in, a language-neutral turn and a state out. All that api/ sees of the bot.

Rasa decides (classification by our graph components, next step by RulePolicy, asked at start for every case there is); the safety net stands beside it and
can only add urgency. The text goes to the classifier and the net and nowhere else: the rules see the intent alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from chatbot.compose import MENU_GROUPS, TALK, Decision, next_state, turn_of
from chatbot.decisions import decide, every_decision
from chatbot.safety.net import Danger, danger, sounds_young
from chatbot.silence import silence_rasa
from chatbot.state import WAYS, BadState, State
from chatbot.straight_runner import StraightRunner
from chatbot.tensorflow_shim import install
from chatbot.turn import Turn
from content.load import Content

__all__ = ["BadState", "Engine", "NoModel", "State", "Turn"]

URGENCY_ALONE = 0.28  # how sure the second opinion must be to make an answer urgent by itself (docs/decisions/0005-safety-net.md)
SURE = 0.5  # probability from which a voice counts as sure
CHILD = 0.6  # probability from which the writer is answered as a child
CHILD_WITHOUT_WORDS = 0.9  # the same, where nothing in the message sounds young
_STEPS = {
    "district": "choose_district", "district:skip": "skip_district", "who:self": "who_self", "who:other": "who_other", "say:more": "say_more",
    "say:easy": "say_easy", "say:short": "say_short",
    "way": "choose_way", "helper": "own_language", "police": "ask_police", "yes": "affirm",
    "no": "deny", "safe:yes": "safe_now", "menu": "menu", "human": "human",
}  # fmt: skip
_KEEPS_TOPIC = frozenset(
    {"tell_district", "skip_district", "choose_district", "who_self", "who_other", "say_more", "say_easy", "say_short", "safe_now", "menu"}
    | {"choose_way", "tell_way", "own_language", "ask_police"}
)


class NoModel(RuntimeError):
    """Raised when there is no trained model to load; the message says what to do."""


@dataclass(frozen=True)
class Heard:
    """What was understood of one message or choice."""

    intent: str
    confidence: float
    ranking: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    urgency: float = 0.0
    language: str | None = None
    district: str = ""
    danger: Danger | None = None
    group: str = ""
    way: str = ""
    young: bool = False

    def share(self, topic: str) -> float:
        """Give the probability of a topic, 0 for one that was not ranked."""
        return dict(zip(self.ranking, self.shares, strict=False)).get(topic, 0.0)


class Engine:
    """Answers messages. Safe to call from many requests at once: holds nothing of them."""

    def __init__(self, processor: Any, content: Content) -> None:
        """Take a loaded Rasa ``MessageProcessor`` and the content; use ``load`` instead."""
        self._processor = processor
        self._content = content
        self._decisions = every_decision(processor)

    @classmethod
    def load(cls, model_dir: Path, content: Content) -> Self:
        """Load the newest model of a folder; raise ``NoModel`` when there is none."""
        models = sorted(model_dir.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime_ns)  # their names are hashes
        if not models:
            raise NoModel(f"{model_dir}: no trained model. Run `friyta train`.")
        install()
        silence_rasa()
        from rasa.core.agent import Agent

        agent = Agent.load(str(models[-1]))
        silence_rasa()
        agent.processor.graph_runner = StraightRunner.instead_of(agent.processor)
        return cls(agent.processor, content)

    async def respond(
        self, message: str | None = None, choice: str | None = None, lang: str = "sv", state: State | None = None
    ) -> tuple[Turn, State]:
        """Answer one message or one choice; with neither, open the conversation.

        Raises ``BadState`` when the state names a topic or district that does not exist.
        """
        before = self._checked(state or State())
        heard = self._in_context(self._hear(message, choice, lang, before), before)
        topic, urgent_topic = self._settle(heard, before)
        guessed = heard.intent == "unsure" and not urgent_topic
        acted_on = replace(before, topic=topic, district=heard.district or before.district)
        decision = self._decide(heard, acted_on)
        after = next_state(acted_on, topic, urgent_topic, decision, heard.district)
        newly_urgent = bool(urgent_topic) and not before.urgent
        turn = turn_of(decision, after, self._content, newly_urgent, lang)
        return turn, replace(after, topic=before.topic) if guessed else after  # a guess is offered, not remembered

    def understand(self, message: str, lang: str) -> Heard:
        """Classify one message without a conversation; for evaluation and tests."""
        return self._read(message, lang)

    def topic_of(self, heard: Heard) -> tuple[str, bool]:
        """Give the topic and the urgency that an opening message would be answered with; for evaluation."""
        topic, urgent_topic = self._settle(heard, State())
        return topic, bool(urgent_topic)

    def _checked(self, state: State) -> State:
        topics = {"", *self._content.topics}
        if state.topic not in topics or state.urgent_topic not in topics or state.district not in {"", *self._content.districts}:
            raise BadState("an id of an earlier release")
        return state

    def _hear(self, message: str | None, choice: str | None, lang: str, state: State) -> Heard:
        if choice is not None:
            return self._tapped(choice, state)
        if message is None or not message.strip():
            return Heard("greet", 1.0)
        return self._read(message, lang)

    @staticmethod
    def _in_context(heard: Heard, state: State) -> Heard:
        """A place named after the question of the district is its answer; small talk in danger asks what to do next."""
        if state.asked == "district" and heard.district and not heard.danger:
            return replace(heard, intent="tell_district", confidence=1.0)
        small = heard.intent in TALK or heard.intent in ("unsure", "say_more")
        if state.urgent and small and not heard.danger and heard.urgency < URGENCY_ALONE:
            return replace(heard, intent="say_more")
        return heard

    def _tapped(self, choice: str, state: State) -> Heard:
        kind, _, value = choice.partition(":")
        if kind == "topic" and value in self._content.topics:
            return Heard(value, 1.0, ranking=(value,), shares=(1.0,), young=True)  # who taps "I am under 18" is no guess
        if kind == "district" and value in self._content.districts:
            return Heard("tell_district", 1.0, district=value)
        if kind == "way" and value in WAYS and value:
            return Heard("tell_way", 1.0, way=value)
        if kind == "menu" and value in MENU_GROUPS:
            return Heard("menu", 1.0, group=value)
        if kind == "lang":
            topic = state.topic or "greet"
            return Heard(topic, 1.0, ranking=(topic,), shares=(1.0,), young=True)  # said again in another language, to the same person
        return Heard(_STEPS.get(choice, "menu"), 1.0)

    def _read(self, message: str, lang: str) -> Heard:
        from rasa.core.channels.channel import UserMessage
        from rasa.shared.core.trackers import DialogueStateTracker

        words = message.lstrip(" /")  # a slash first would be read by rasa as the name of an intent
        parsed = self._processor._parse_message_with_graph(
            UserMessage(text=words, sender_id="", metadata={"lang": lang}), DialogueStateTracker.from_events("", []), False
        )
        ranked = parsed.get("intent_ranking", [])
        places = [e["value"] for e in parsed.get("entities", []) if e.get("entity") == "district"]
        return Heard(
            intent=parsed["intent"]["name"] or "unsure",
            confidence=float(parsed["intent"]["confidence"]),
            ranking=tuple(item["name"] for item in ranked),
            shares=tuple(float(item["confidence"]) for item in ranked),
            urgency=float(parsed.get("urgency", 0.0)),
            language=parsed.get("language_guess"),
            district=places[0] if places else "",
            danger=danger(message),
            young=sounds_young(message),
        )

    def _settle(self, heard: Heard, state: State) -> tuple[str, str]:
        """Give (topic of the answer, urgent topic or ""). Doubt counts as danger; small talk never ends an urgency."""
        topics = self._content.topics
        urgent = {t.id for t in topics.values() if t.group == "urgent"}
        best = heard.ranking[0] if heard.intent in ("unsure", "tell_district") and heard.ranking else heard.intent
        if heard.danger:
            kind = heard.danger.kind
            return (best if self._stands(best, kind, heard) else kind), kind
        if heard.intent in urgent:
            return self._grown_up(heard.intent, heard), heard.intent
        if heard.urgency >= URGENCY_ALONE:
            nearest = self._grown_up(next((t for t in heard.ranking if t in urgent), "emergency_now"), heard)
            return (best if self._stands(best, nearest, heard) else nearest), nearest
        if heard.intent in _KEEPS_TOPIC or (heard.intent in ("affirm", "deny") and state.asked != "nothing"):
            default = "find_service" if "district" in heard.intent else "greet"
            return ("greet" if heard.intent == "menu" else state.topic or default), ""
        return (best if best in topics else "out_of_scope"), ""

    @staticmethod
    def _grown_up(topic: str, heard: Heard) -> str:
        """Nobody is taken for a child on a mere guess: a grown-up who is beaten must be shown the way to shelter.

        Words of the young (an age, a class, a parent who hits) must stand in the message, or the likelihood be very great.
        """
        return "emergency_now" if topic == "child_self" and not Engine._is_child(heard) else topic

    @staticmethod
    def _is_child(heard: Heard) -> bool:
        return heard.share("child_self") >= (CHILD if heard.young else CHILD_WITHOUT_WORDS)

    @staticmethod
    def _stands(best: str, urgent_topic: str, heard: Heard) -> bool:
        """Whether the understood topic is answered, with the emergency help before it, or the urgent topic itself.

        Small talk never stands against plain danger; another topic stands when it is clearly likelier than the urgent one. Where the second opinion
        is sure of danger too, only a topic that is sure of itself stands.
        """
        if best == urgent_topic:
            return True
        if best in TALK and (heard.danger is None or heard.danger.explicit):
            return False
        if best == "child_self" and not Engine._is_child(heard):
            return False
        return heard.share(best) > 2 * heard.share(urgent_topic) and (heard.urgency < SURE or heard.share(best) >= SURE)

    def _decide(self, heard: Heard, state: State) -> Decision:
        intent = self._intent_to_act_on(heard, state)
        payloads = self._decisions.get((intent, state.asked, bool(state.district)))
        if payloads is None:  # an intent that the domain does not name
            payloads = decide(self._processor, intent, state)
        suggestions = tuple(t for t in heard.ranking if t in self._content.topics and t not in TALK)[:3]
        return Decision(intent, payloads, suggestions, heard.confidence, heard.language, heard.group, heard.way)

    def _intent_to_act_on(self, heard: Heard, state: State) -> str:
        """In danger the answer of the settled topic is given, whatever doubt was heard."""
        settled, urgent_topic = self._settle(heard, state)
        return settled if urgent_topic and settled in self._content.topics else heard.intent
