"""Lets the network read each message once; the two classifiers after it weigh what it says against the n-grams."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.meaning.network import Network
from chatbot.network import FOLDER

_KEY = "network"


@dataclass(frozen=True)
class Reading:
    """What the network says of one message. topics: names of the logits. topic, urgency: the weights of chatbot/meaning/blend.py."""

    topics: tuple[str, ...]
    logits: npt.NDArray[np.float32]
    danger: float
    topic: tuple[float, float]
    urgency: tuple[float, float, float]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class NetworkReader(GraphComponent):
    """Gives each message a ``Reading``. Needs no training here: `make model` makes the network (docs/decisions/0010)."""

    def __init__(self, network: Network, trust: dict[str, list[float]]) -> None:
        """Take a network and how far it is believed."""
        self._network = network
        by_grams, by_network = trust["topic"]
        grams, logit, constant = trust["urgency"]
        self._topic, self._urgency = (by_grams, by_network), (grams, logit, constant)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set."""
        return {}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> NetworkReader:
        """Load the network of the project."""
        about = json.loads((FOLDER / "about.json").read_text(encoding="utf-8"))
        return cls(Network.load(FOLDER), about["trust"])

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: the classifiers learn from the n-grams alone, the network has learnt elsewhere."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message."""
        for message in messages:
            logits, danger = self._network.read(message.get(TEXT) or "")
            message.set(_KEY, Reading(self._network.topics, logits, danger, self._topic, self._urgency))
        return messages


def reading_of(message: Message) -> Reading:
    """Give what the reader left; raise ``ValueError`` where it has not read the message."""
    found = message.get(_KEY)
    if not isinstance(found, Reading):
        raise ValueError("NetworkReader must stand before the classifiers in config.yml")
    return found
