"""What rasa decides, asked once for everything there is to decide.

RulePolicy sees an intent, the question that stands open, and whether a district is known: a few hundred cases, all from closed lists. So the whole table
is asked of rasa at start, in less than a second, and a message looks its case up. The table is the same in every copy and at every hour; it holds nothing
of any conversation (docs/decisions/0082-every-decision-asked-at-start.md).
"""

from __future__ import annotations

from collections.abc import Coroutine, Iterable
from typing import Any

from chatbot.state import ASKED, State

#: Intent, open question, whether the district is known.
Case = tuple[str, str, bool]
Payloads = tuple[dict[str, Any], ...]
#: Stands for any district: rasa sees only that there is one.
SOME_DISTRICT = "somewhere"


def decide(processor: Any, intent: str, state: State) -> Payloads:
    """Ask rasa what to do: the custom payloads of the responses it chooses, in order. A tracker lives for this call."""
    from rasa.core.channels.channel import CollectingOutputChannel
    from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    tracker = DialogueStateTracker("", processor.domain.slots, max_event_history=50)
    slots = {"asked": state.asked, "district": state.district or None, "who": state.who or None}
    tracker.update_with_events([SlotSet(k, v) for k, v in slots.items() if v is not None], processor.domain)
    tracker.update(ActionExecuted("action_listen"), processor.domain)
    tracker.update(UserUttered("", {"name": intent, "confidence": 1.0}, []), processor.domain)
    channel = CollectingOutputChannel()
    _finished(processor._run_prediction_loop(channel, tracker))
    return tuple(m["custom"] for m in channel.messages if "custom" in m)


def every_decision(processor: Any) -> dict[Case, Payloads]:
    """Every case with what rasa decides."""
    return {
        (intent, asked, known): decide(processor, intent, State(asked=asked, district=SOME_DISTRICT if known else ""))
        for intent in _intents(processor)
        for asked in ASKED
        for known in (False, True)
    }


def _intents(processor: Any) -> Iterable[str]:
    return [str(intent) for intent in processor.domain.intents]


def _finished(work: Coroutine[Any, Any, None]) -> None:
    """Runs what waits for nothing: rasa's loop is a coroutine only because other people's actions call servers. Raises RuntimeError if it does wait."""
    try:
        work.send(None)
    except StopIteration:
        return
    work.close()
    raise RuntimeError("rasa's decision waits for something; none of our actions may")
