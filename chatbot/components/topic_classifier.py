"""Says which of the 42 topics a message is about, with a probability each: n-grams and network weighed together."""

from __future__ import annotations

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from chatbot.components.head_component import HeadComponent
from chatbot.components.network_reader import reading_of
from chatbot.components.ngram_featurizer import rows_of
from chatbot.components.training_examples import Example
from chatbot.meaning.blend import topic_probabilities

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
        for message, scores in zip(messages, self._head.scores(rows_of(messages)), strict=True):
            reading = reading_of(message)
            spoken_for = scores[[self._head.labels.index(topic) for topic in reading.topics]]
            row = topic_probabilities(spoken_for[None, :], reading.logits[None, :], *reading.topic)[0]
            best = np.argsort(-row)[:_RANKED]
            ranking = [{"name": reading.topics[i], "confidence": float(row[i])} for i in best]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
