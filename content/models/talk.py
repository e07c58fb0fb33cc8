"""What the conversation knows in Swedish: topics, the bot's answers, and the choices a reader may tap."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from content.models.base import Id, Model, PageKey, Text, TopicId

# Choice values of docs/rooms.md. The part after the colon of topic:, page: and district: is checked against the
# content.
PLAIN_CHOICES: frozenset[str] = frozenset(
    {
        "yes",
        "no",
        "menu",
        "human",
        "district",
        "district:skip",
        "who:self",
        "who:other",
        "say:more",
        "say:easy",
        "say:short",
        "way",
        "way:phone",
        "way:chat",
        "way:write",
        "way:visit",
        "helper",
        "police",
        "safe:yes",
    }
)
OPEN_CHOICES: tuple[str, ...] = ("topic", "page", "district", "lang")

# Placeholders a Swedish text may hold, and what the API puts there.
ANSWER_PLACEHOLDERS: frozenset[str] = frozenset({"emergency"})
PHRASE_PLACEHOLDERS: frozenset[str] = ANSWER_PLACEHOLDERS | {
    "language",
    "district",
    "rvt",
    "rvc",
    "service",
    "page",
    "topic",
}
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
SERVICE_PLACEHOLDER = re.compile(r"service:([a-z0-9-]+)\Z")

Paragraph = Annotated[Text, Field(max_length=280)]


class Topic(Model):
    """One thing a person can need. `pages` and `choices` are gathered from the pages and answers that serve the
    topic."""

    id: TopicId
    group: str
    means: Text
    urgent: bool
    offers: list[Id] = Field(default_factory=list)
    pages: list[PageKey] = Field(default_factory=list)
    choices: list[str] = Field(default_factory=list)


class Answer(Model):
    """What the bot says for one topic: the first answer, what happens then, and the same in easy words."""

    topic: TopicId
    messages: Annotated[list[Paragraph], Field(min_length=1, max_length=3)]
    more: Annotated[list[Paragraph], Field(max_length=3)] = Field(default_factory=list)
    easy: list[Paragraph] = Field(default_factory=list)
    urgent_next: list[Paragraph] = Field(default_factory=list)
    pages: list[PageKey] = Field(default_factory=list)
    choices: list[str] = Field(default_factory=list)

    def texts(self) -> dict[tuple[str, int], str]:
        """Every paragraph with its place in the file."""
        parts = {"messages": self.messages, "more": self.more, "easy": self.easy, "urgent_next": self.urgent_next}
        return {(name, index): text for name, texts in parts.items() for index, text in enumerate(texts)}


def placeholders(text: str) -> list[str]:
    """The names in braces of a text, in order."""
    return [match[1] for match in PLACEHOLDER.finditer(text)]
