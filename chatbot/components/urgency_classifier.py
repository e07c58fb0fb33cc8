"""A second opinion on danger beside the safety net's rules: how likely a message is one that a good counsellor would answer with emergency help first.

It may add urgency, never take it away (chatbot/engine.py).
"""

from __future__ import annotations

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from chatbot.components.head_component import HeadComponent
from chatbot.components.network_reader import reading_of
from chatbot.components.ngram_featurizer import rows_of
from chatbot.components.training_examples import Example
from chatbot.meaning.blend import urgency_probability

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
            reading = reading_of(message)
            chance = urgency_probability(row[column : column + 1], np.array([reading.danger], np.float32), reading.urgency)
            message.set("urgency", float(chance[0]), add_to_output=True)
        return messages
