"""The shapes that come in and go out over HTTP, with the examples that /openapi.json shows. What they mean: docs/contract.md."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.clean import LONGEST
from translations.locales import LOCALES

#: Problem kinds of our own validation, in the order in which they are looked for; api/problems.py has their words.
BOTH = "both"
Answered = Literal["yes", "no", "unknown"]


class ChatRequest(BaseModel):
    """One message or one choice; neither opens the conversation. Fields nobody knows are not looked at."""

    model_config = ConfigDict(
        strict=True,
        hide_input_in_errors=True,
        json_schema_extra={
            "not": {"required": ["message", "choice"], "properties": {"message": {"type": "string"}, "choice": {"type": "string"}}},
            "examples": [
                {"lang": "sv", "message": "kan jag prata med någon utan att anmäla", "choice": None, "state": None},
                {"lang": "en", "message": None, "choice": "topic:fri_yta", "state": None},
            ],
        },
    )

    lang: Annotated[
        str,
        Field(max_length=20, description="Tag of an offered language; the answer's language.", json_schema_extra={"enum": list(LOCALES)}),
    ]
    message: Annotated[str | None, Field(min_length=1, max_length=LONGEST)] = None
    choice: Annotated[str | None, Field(min_length=1, max_length=80, description="`value` of a choice that was offered.")] = None
    state: Annotated[str | None, Field(description="As received with the last answer.")] = None

    @model_validator(mode="after")
    def _one_of_two(self) -> ChatRequest:
        if self.message is not None and self.choice is not None:
            raise ValueError(BOTH)
        return self


class Choice(BaseModel):
    """Something to tap."""

    label: str
    value: str


class PageLink(BaseModel):
    """A page of the site."""

    title: str
    url: str


class ServiceShort(BaseModel):
    """A service with what is needed to reach it. `open_now` is null where it is not known."""

    id: str
    name: str
    summary: str
    summary_lang: Annotated[str, Field(description="The language of the summary: sv where no translation is ready.")]
    phone: str | None
    phone_uri: str | None
    sms: str | None
    chat_url: str | None
    url: str | None
    page: str
    hours: str
    open_now: bool | None
    languages: list[str]
    checked: str | None
    former: str | None
    labels: dict[str, Answered]
    way_in: str | None


class ChannelOut(BaseModel):
    """One way to reach a service."""

    type: str
    name: str | None
    value: str | None
    uri: str | None
    note: str | None
    hours: str
    open_now: bool | None
    languages: list[str]
    labels: dict[str, Answered]
    former: str | None
    seen: str | None
    checked: str | None


class ServiceFull(ServiceShort):
    """Everything public of a service."""

    kind: str
    organization: str
    alternate_names: list[str]
    status: str
    description: str
    eligibility: str | None
    cost: str | None
    note: str | None
    accessibility: list[str]
    audience: list[str]
    minimum_age: int | None
    maximum_age: int | None
    areas: list[str]
    anonymous: Answered
    confidential: bool
    text_date: str
    channels: list[ChannelOut]


class ServiceList(BaseModel):
    """Services that fit, those open now first."""

    services: list[ServiceFull]
    count: int


class ChatAnswer(BaseModel):
    """The answer. `restarted` and `detected` are there only when they say something; `pad` fills the body up."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "lang": "en",
                    "topic": "fri_yta",
                    "urgent": False,
                    "messages": ["You can talk to somebody without applying for anything first."],
                    "message_langs": ["en"],
                    "choices": [{"label": "What happens then?", "value": "say:more"}],
                    "services": [],
                    "pages": [{"title": "Talk to someone", "url": "/en/hjalp/prata-med-nagon/"}],
                    "suggestions": [],
                    "notice": None,
                    "state": "AQ…",
                    "pad": "   ",
                }
            ]
        }
    )

    lang: str
    topic: str
    urgent: bool
    messages: Annotated[list[str], Field(min_length=1)]
    message_langs: Annotated[list[str], Field(description="The language of each message: sv where no translation is ready.")]
    choices: Annotated[list[Choice], Field(min_length=1)]
    services: list[ServiceShort]
    pages: list[PageLink]
    suggestions: list[str]
    notice: Annotated[str | None, Field(description="A line to show below services whose numbers await the city's check.")]
    detected: str | None = None
    restarted: bool | None = None
    state: str
    pad: str


class DistrictOut(BaseModel):
    """A district with the team that decides (RVT) and the centre for talks (RVC), if a source names it."""

    id: str
    name: str
    earlier: list[str]
    neighbourhoods: list[str]
    rvt: ServiceShort | None
    rvc: ServiceShort | None
    rvc_confirmed: bool
    note: str | None
    text_date: str


class DistrictList(BaseModel):
    """All districts."""

    districts: list[DistrictOut]
    count: int


class TopicOut(BaseModel):
    """One thing a person can need. `label` is what a reader taps; null for small talk."""

    id: str
    group: str
    urgent: bool
    means: str
    label: str | None
    offers: list[str]
    pages: list[PageLink]


class TopicList(BaseModel):
    """All topics in their order."""

    topics: list[TopicOut]
    count: int


class ProblemOut(BaseModel):
    """RFC 9457. `detail` is for the reader, in the reader's language where it is known; nothing of the request is repeated."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={"examples": [{"type": "urn:friyta:problem:busy", "title": "Too many requests", "status": 429, "detail": "…"}]},
    )

    type: str
    title: str
    status: int
    detail: str


class Live(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class Ready(BaseModel):
    """What is loaded. Answers 200 only if all is."""

    status: Literal["ok", "not ready"]
    engine: bool
    site: bool


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an endpoint that can fail with these statuses."""
    schema = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    return {status: {"description": "Problem (RFC 9457)", "content": schema} for status in statuses}
