"""Counts the n-grams of each message once, as a sparse sentence feature that the components after it read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse
from tqdm import tqdm

from chatbot.meaning.ngrams import count_rows

COLUMNS = 1 << 18


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class NgramFeaturizer(GraphComponent):
    """Adds one sparse row of hashed n-gram counts to each message. Needs no training."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set."""
        return {}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> NgramFeaturizer:
        """Make the component."""
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Count all training messages, with a progress bar."""
        for message in tqdm(training_data.training_examples, desc="reading messages", unit=" messages", mininterval=0.5):
            if message.get(TEXT):
                _add(message)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Count messages as they come."""
        for message in messages:
            _add(message)
        return messages


def _add(message: Message) -> None:
    row = count_rows([message.get(TEXT) or ""], COLUMNS)
    message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, NgramFeaturizer.__name__))


def rows_of(messages: Sequence[Message]) -> sparse.csr_matrix:
    """Give the rows (len(messages), COLUMNS) that the featurizer left; raise ``ValueError`` where a message has none."""
    found = []
    for message in messages:
        _, sentence = message.get_sparse_features(TEXT)
        if sentence is None:
            raise ValueError("NgramFeaturizer must stand before the classifiers in config.yml")
        found.append(sentence.features)
    return sparse.vstack(found).tocsr() if len(found) > 1 else found[0].tocsr()
