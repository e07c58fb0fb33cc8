"""Finds the name of a Stockholm district, an earlier one or a neighbourhood in a message, in any spelling content/ knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from content.districts import find_district, lookup_table
from content.load import read_content
from content.models.district import District

_FEW_WORDS = 4
_CONTENT = Path(__file__).resolve().parents[2] / "content"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DistrictExtractor(GraphComponent, EntityExtractorMixin):
    """Sets the entity ``district``; a message of a few words that names one becomes the intent ``tell_district``."""

    def __init__(self, districts: dict[str, District]) -> None:
        """Keep the districts of content/districts.yaml."""
        self._districts = districts
        self._table = lookup_table(districts)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set."""
        return {}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> DistrictExtractor:
        """Make the component with the districts of content/."""
        return cls(read_content(_CONTENT)[0].districts)

    def process(self, messages: list[Message]) -> list[Message]:
        """Look for a district in each message."""
        for message in messages:
            text = message.get("text") or ""
            district = find_district(text, self._districts, self._table)
            if district is None:
                continue
            entity = {"entity": "district", "value": district.id, "start": 0, "end": len(text), "extractor": type(self).__name__}
            message.set("entities", [*(message.get("entities") or []), entity], add_to_output=True)
            if len(text.split()) <= _FEW_WORDS and self._only_a_place(message):
                message.set("intent", {"name": "tell_district", "confidence": 1.0}, add_to_output=True)
        return messages

    @staticmethod
    def _only_a_place(message: Message) -> bool:
        """A few words with a place in them are an answer to "which district?", unless another topic is plain ("knivhot i Farsta")."""
        intent = message.get("intent") or {}
        return intent.get("name") == "find_service" or float(intent.get("confidence") or 0.0) < 0.6
