"""A page of the site: its front matter, and its Markdown with the line on which it begins."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from content.models.base import Model, PageKey, Text, TextDate, TopicId
from content.models.vocabulary import PageAudience, PageKind, ReviewState


class PageSource(Model):
    """What a claim of law, number or date on the page rests on."""

    title: Text
    date: TextDate
    url: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None = None


class Review(Model):
    """When the page was last gone through, and how far it has come."""

    date: dt.date
    state: ReviewState
    by: Text | None = None


class Page(Model):
    """One page. `key` is its path without suffix; `body` is the Markdown after the front matter, from line
    `body_line` on."""

    key: PageKey
    title: Annotated[Text, Field(max_length=70)]
    description: Annotated[Text, Field(max_length=200)]
    audience: PageAudience
    kind: PageKind
    topics: list[TopicId] = Field(default_factory=list)
    easy: PageKey | None = None
    full: PageKey | None = None
    order: int
    nav: Text | None = None
    sources: dict[str, PageSource] = Field(default_factory=dict)
    review: Review
    body: Text
    body_line: int
