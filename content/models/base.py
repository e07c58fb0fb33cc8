"""What all models of the content share: nothing unknown is let through, nothing is changed after reading."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from content.models.vocabulary import SeenConfidence

_ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_TOPIC = r"^[a-z0-9]+(?:_[a-z0-9]+)*$"
_PAGE = r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*$"
_TEXT_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z")


class Model(BaseModel):
    """Base of all content models. A field nobody knows is an error; numbers in text fields are read as text."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, str_strip_whitespace=True)


def earliest(text_date: str) -> dt.date | None:
    """The first day that `2024`, `2024-04` or `2024-04-16` can mean; None for `undated`. First, so that age is never
    understated."""
    match = _TEXT_DATE.match(text_date)
    if match is None:
        return None
    return dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))


def _text_date(value: str) -> str:
    if value == "undated":
        return value
    try:
        found = earliest(value)
    except ValueError as error:
        raise ValueError(f"`{value}` is no date in the calendar") from error
    if found is None:
        raise ValueError(f"`{value}` is not written as 2024, 2024-04, 2024-04-16 or undated")
    return value


Id = Annotated[str, StringConstraints(pattern=_ID)]
TopicId = Annotated[str, StringConstraints(pattern=_TOPIC)]
PageKey = Annotated[str, StringConstraints(pattern=_PAGE)]
Text = Annotated[str, StringConstraints(min_length=1)]
TextDate = Annotated[str, AfterValidator(_text_date)]


class Seen(Model):
    """Where a fact was seen: pages or files, the date of their text, and how sure that makes us."""

    sources: Annotated[list[Text], Field(min_length=1)]
    text_date: TextDate
    confidence: SeenConfidence


class Checked(Model):
    """A person tried the fact live: who, and on which day."""

    by: Text
    date: dt.date
