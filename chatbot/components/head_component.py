"""What the two classifiers share: a linear head that is trained, kept and loaded in Rasa's model storage."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.components.ngram_featurizer import rows_of
from chatbot.components.training_examples import Example, examples_of
from chatbot.meaning.head import LinearHead

_FILE = "head.npz"


class HeadComponent(GraphComponent, IntentClassifier, ABC):
    """Trains a head on the n-grams of the training messages."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, head: LinearHead | None = None
    ) -> None:
        """Keep what is needed to train and persist."""
        self._config, self._storage, self._resource, self._head = config, storage, resource, head

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``ridge``: how strongly the weights are held back."""
        return {"ridge": 0.5}

    @staticmethod
    @abstractmethod
    def label(example: Example) -> str:
        """Give what the head shall say of an example."""

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Self:
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the head and keep it."""
        rows = rows_of(training_data.intent_examples)
        labels = [self.label(example) for example in examples_of(training_data)]
        self._head = LinearHead.fit(rows, labels, float(self._config["ridge"]))
        with self._storage.write_to(self._resource) as folder:
            self._head.save(folder / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """Load the trained head."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearHead.load(folder / _FILE))
