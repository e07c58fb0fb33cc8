"""Gives each message its place in the space of meaning, as a dense sentence feature that the classifiers after it read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tqdm import tqdm

from chatbot.meaning.encoder import Encoder, load_encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MeaningFeaturizer(GraphComponent):
    """Embeds texts with the encoder that the repository carries."""

    def __init__(self, encoder: Encoder) -> None:
        """Keep the encoder."""
        self._encoder = encoder

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set."""
        return {}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> MeaningFeaturizer:
        """Load the encoder."""
        return cls(load_encoder())

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Embed all training messages, with a progress bar."""
        messages = [m for m in training_data.training_examples if m.get(TEXT)]
        with tqdm(total=len(messages), desc="reading messages", unit="msg") as bar:
            vectors = self._encoder.embed_many([m.get(TEXT) for m in messages], progress=bar.update)
        for message, vector in zip(messages, vectors, strict=True):
            _add(message, vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Embed messages as they come."""
        for message in messages:
            _add(message, self._encoder.embed(message.get(TEXT) or ""))
        return messages


def _add(message: Message, vector: npt.NDArray[np.float32]) -> None:
    message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, MeaningFeaturizer.__name__))


def vectors_of(messages: Sequence[Message]) -> npt.NDArray[np.float32]:
    """Give the vectors (len(messages), dimensions) that the featurizer left on messages; raise ``ValueError`` where one has none."""
    found = []
    for message in messages:
        _, sentence = message.get_dense_features(TEXT)
        if sentence is None:
            raise ValueError("MeaningFeaturizer must stand before the classifiers in config.yml")
        found.append(np.asarray(sentence.features, np.float32)[0])
    return np.vstack(found)
