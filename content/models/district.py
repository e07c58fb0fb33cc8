"""A city district: what people call its parts, and which team and centre serve it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from content.models.base import Id, Model, Text, TextDate


class DistrictCentre(Model):
    """The relationship violence centre (RVC) of a district, if a source names it. Never guessed: unconfirmed means no
    service."""

    service: Id | None
    confirmed: bool
    source: Text | None
    text_date: TextDate | None = None

    @model_validator(mode="after")
    def _sourced(self) -> DistrictCentre:
        if self.confirmed and (self.service is None or self.source is None or self.text_date is None):
            raise ValueError("confirmed: true needs a service, a source and a text_date")
        if not self.confirmed and self.service is not None:
            raise ValueError("confirmed: false must have service: null; the reader is told to ask RVT")
        return self


class District(Model):
    """One of the districts of today. `spellings` gives other writings (other alphabets too) of a name listed above
    it."""

    id: Id
    name: Text
    earlier: list[Text] = Field(default_factory=list)
    neighbourhoods: Annotated[list[Text], Field(min_length=1)]
    shared: list[Text] = Field(default_factory=list)
    spellings: dict[str, list[Text]] = Field(default_factory=dict)
    administration: Id
    rvt: Id
    rvc: DistrictCentre
    sources: Annotated[list[Text], Field(min_length=1)]
    text_date: TextDate

    @model_validator(mode="after")
    def _known_names(self) -> District:
        names = {self.name, *self.earlier, *self.neighbourhoods, *self.shared}
        for name in self.spellings:
            if name not in names:
                raise ValueError(f"`spellings` names `{name}`, which is no name of this district")
        return self

    def names(self) -> list[str]:
        """Every name and spelling that leads to this district alone."""
        listed = [self.name, *self.earlier, *self.neighbourhoods]
        return listed + [spelling for name in listed for spelling in self.spellings.get(name, [])]
