"""Says so when no topic stands out: the intent becomes ``unsure`` and the ranking stays, so that the nearest topics can be offered."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

UNSURE = "unsure"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UnsureGate(GraphComponent, IntentClassifier):
    """Turns a weak or narrow first place into ``unsure``, unless a step of the conversation was recognised with certainty."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``threshold``: least probability of the first. ``margin``: least distance to the second, below twice the threshold."""
        return {"threshold": 0.3, "margin": 0.05}

    def __init__(self, config: dict[str, Any]) -> None:
        """Keep the two limits."""
        self._threshold, self._margin = float(config["threshold"]), float(config["margin"])

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> UnsureGate:
        """Make the component; it needs no training."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of each message to ``unsure`` where its ranking is weak."""
        for message in messages:
            ranking = message.get("intent_ranking") or []
            intent = message.get("intent") or {}
            if ranking and intent.get("name") == ranking[0]["name"] and self._weak([r["confidence"] for r in ranking[:2]]):
                message.set("intent", {"name": UNSURE, "confidence": ranking[0]["confidence"]}, add_to_output=True)
        return messages

    def _weak(self, confidences: list[float]) -> bool:
        first, second = [*confidences, 0.0][:2]
        return first < self._threshold or (first < 2 * self._threshold and first - second < self._margin)
