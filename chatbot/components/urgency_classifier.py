"""A second opinion on danger beside the safety net's rules: how likely a message is one that a good counsellor would answer with emergency help first.

It may add urgency, never take it away (chatbot/engine.py).
"""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from chatbot.components.head_component import HeadComponent
from chatbot.components.ngram_featurizer import rows_of
from chatbot.components.training_examples import Example

URGENT, CALM = "urgent", "calm"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class UrgencyClassifier(HeadComponent):
    """Sets ``urgency``, 0 to 1."""

    @staticmethod
    def label(example: Example) -> str:
        """Whether the example tells of danger."""
        return URGENT if example.urgent else CALM

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message its urgency."""
        if self._head is None or not messages:
            return messages
        column = self._head.labels.index(URGENT)
        for message, row in zip(messages, self._head.scores(rows_of(messages)), strict=True):
            message.set("urgency", min(1.0, max(0.0, float(row[column]))), add_to_output=True)
        return messages
