"""Notices when a message is clearly written in another offered language than the one asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.components.training_examples import examples_of
from chatbot.meaning.language import LanguageModel

_FILE = "language.npz"
_FEWEST_WORDS = 2  # "haha" and "ok" are words of every language


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageGuesser(GraphComponent, IntentClassifier):
    """Sets ``language_guess`` to a tag where another language than the one of the metadata leads clearly, else to None."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: LanguageModel | None = None
    ) -> None:
        """Keep what is needed to train and persist."""
        self._lead = float(config["lead"])
        self._storage, self._resource, self._model = storage, resource, model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``lead``: how far the log-probability of the guessed language must lead."""
        return {"lead": 12.0}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> LanguageGuesser:
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Count n-grams per language."""
        examples = examples_of(training_data)
        model = LanguageModel.fit([e.text for e in examples], [e.locale for e in examples])
        with self._storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / _FILE, tags=np.array(model.tags), weights=model.weights.astype(np.float16))
        self._model = model
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageGuesser:
        """Load the trained component."""
        with model_storage.read_from(resource) as folder:
            data = np.load(folder / _FILE)
            model = LanguageModel(tuple(str(t) for t in data["tags"]), data["weights"].astype(np.float32))
        return cls(config, model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Guess the language of each message."""
        for message in messages:
            asked_for = (message.get("metadata") or {}).get("lang")
            guess = None
            if self._model is not None:
                text = message.get("text") or ""
                tag, lead = self._model.guess(text)
                if text.isascii() and len(text.split()) < _FEWEST_WORDS:
                    lead = 0.0
                guess = tag if lead >= self._lead and asked_for is not None and tag != asked_for else None
            message.set("language_guess", guess, add_to_output=True)
        return messages
