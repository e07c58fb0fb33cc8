"""A service of the directory and the channels by which it is reached, in Open Referral's words where they exist."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from content.models.base import Checked, Id, Model, Seen, Text, TextDate
from content.models.hours import Hours
from content.models.vocabulary import Audience, ChannelType, Kind, Label, Status, TextConfidence


class Labels(Model):
    """What using a channel costs and reveals. `unknown` is honest and is shown as such."""

    free: Label
    on_bill: Label
    in_call_log: Label
    anonymous: Label
    reports_children: Label
    register_first: Label
    face_visible: Label
    interpreter: Label


class FormerValue(Model):
    """The value a channel had before, shown beside the one of today so that old leaflets lead right."""

    value: Text
    note: Text | None = None
    seen: Seen
    checked: Checked | None = None


class Channel(Model):
    """One way to reach a service. A value stands here only if it was seen; `checked` only if a person tried it."""

    type: ChannelType
    value: Text | None
    name: Text | None = None
    note: Text | None = None
    languages: list[str] = Field(default_factory=list)
    labels: Labels | None = None
    seen: Seen | None = None
    checked: Checked | None = None
    former: FormerValue | None = None
    hours: Hours | None = None

    @model_validator(mode="after")
    def _complete(self) -> Channel:
        if self.labels is None and self.type != "web":
            raise ValueError("`labels` is missing: all eight are needed, unknown is allowed")
        if self.value is None and self.type != "visit":
            raise ValueError("`value` is empty: leave the whole channel out and say the way in `way_in`")
        if self.value is not None and self.seen is None:
            raise ValueError("`seen` is missing: a value needs the source and date where it was seen")
        return self


class Period(Model):
    """The years or dates a service is known for."""

    from_: Annotated[TextDate | None, Field(alias="from")] = None
    to: TextDate | None = None
    note: Text | None = None


class Service(Model):
    """One service, organisation, team or programme. Public texts are Swedish."""

    id: Id
    kind: Kind
    name: Text
    alternate_names: list[Text] = Field(default_factory=list)
    organization: Text
    status: Status
    period: Period | None = None
    part_of: Id | None = None
    see: list[Id] = Field(default_factory=list)
    summary: Annotated[Text, Field(max_length=160)]
    description: Annotated[Text, Field(max_length=900)]
    eligibility: Text | None = None
    way_in: Text | None = None
    cost: Text | None = None
    note: Text | None = None
    accessibility: list[Text] = Field(default_factory=list)
    audience: Annotated[list[Audience], Field(min_length=1)]
    minimum_age: Annotated[int, Field(ge=0, le=120)] | None = None
    maximum_age: Annotated[int, Field(ge=0, le=120)] | None = None
    areas: Annotated[list[Id], Field(min_length=1)]
    anonymous: Label
    confidential: bool
    url: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None = None
    channels: list[Channel]
    sources: Annotated[list[Text], Field(min_length=1)]
    text_date: TextDate
    confidence: TextConfidence
    checked: Checked | None = None
    verify: list[Text] = Field(default_factory=list)

    @model_validator(mode="after")
    def _consistent(self) -> Service:
        if self.status in ("ended", "period") and self.period is None:
            raise ValueError("`period` is missing: status ended or period must say for which time the service is known")
        if self.minimum_age is not None and self.maximum_age is not None and self.maximum_age < self.minimum_age:
            raise ValueError("`maximum_age` is below `minimum_age`")
        if not self.channels and self.way_in is None and self.url is None:
            raise ValueError("there is no channel, no `way_in` and no `url`: nobody could reach the service")
        return self

    def channels_of(self, *types: ChannelType) -> list[Channel]:
        """The channels of the given types, in the file's order."""
        return [channel for channel in self.channels if channel.type in types]

    @property
    def phone(self) -> Channel | None:
        """The first phone channel, if there is one."""
        found = self.channels_of("phone")
        return found[0] if found else None

    @property
    def languages(self) -> list[str]:
        """Every language a channel is served in, once, in the file's order."""
        return list(dict.fromkeys(tag for channel in self.channels for tag in channel.languages))

    def public_texts(self) -> dict[str, str]:
        """The Swedish texts a reader may see, by their place in the file (`channels.0.note`)."""
        fields = {
            name: getattr(self, name) for name in ("summary", "description", "eligibility", "way_in", "cost", "note")
        }
        fields.update({f"accessibility.{index}": line for index, line in enumerate(self.accessibility)})
        if self.period is not None:
            fields["period.note"] = self.period.note
        for index, channel in enumerate(self.channels):
            fields[f"channels.{index}.name"] = channel.name
            fields[f"channels.{index}.note"] = channel.note
            if channel.former is not None:
                fields[f"channels.{index}.former.note"] = channel.former.note
            if channel.hours is not None:
                fields[f"channels.{index}.hours.note"] = channel.hours.note
                for number, exception in enumerate(channel.hours.exceptions):
                    fields[f"channels.{index}.hours.exceptions.{number}.note"] = exception.note
        return {place: text for place, text in fields.items() if text is not None}
