"""Says which of the 42 topics a message is about, with a probability each."""

from __future__ import annotations

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from chatbot.components.head_component import HeadComponent
from chatbot.components.ngram_featurizer import rows_of
from chatbot.components.training_examples import Example

_RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(HeadComponent):
    """Sets ``intent`` and ``intent_ranking`` as Rasa's own classifiers do."""

    @staticmethod
    def label(example: Example) -> str:
        """The intent."""
        return example.intent

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the topics for each message."""
        if self._head is None or not messages:
            return messages
        for message, row in zip(messages, self._head.probabilities(rows_of(messages)), strict=True):
            best = np.argsort(-row)[:_RANKED]
            ranking = [{"name": self._head.labels[i], "confidence": float(row[i])} for i in best]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
