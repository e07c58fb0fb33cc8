"""What our components read from Rasa's training data: text, intent, language and whether it tells of danger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

URGENT_INTENTS = frozenset({"emergency_now", "suicidal", "rape_recent", "child_self"})


@dataclass(frozen=True)
class Example:
    """One training message."""

    text: str
    intent: str
    locale: str
    urgent: bool


def examples_of(training_data: Any) -> list[Example]:
    """Give the examples of Rasa's ``TrainingData`` that have text and intent; `urgent: true` and `lang` come from their metadata."""
    found = []
    for message in training_data.intent_examples:
        metadata = message.get("metadata") or {}
        own, shared = metadata.get("example") or {}, metadata.get("intent") or {}
        intent = message.get("intent")
        found.append(
            Example(
                text=message.get("text"),
                intent=intent,
                locale=shared.get("lang", "sv"),
                urgent=intent in URGENT_INTENTS or bool(own.get("urgent")),
            )
        )
    return found
