"""Parameters that several endpoints share, as named types."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from api.languages import offered
from api.problems import Refused
from translations.locales import LOCALES

Lang = Annotated[str, Query(max_length=20, description="Tag of an offered language.", json_schema_extra={"enum": list(LOCALES)}, examples=["sv"])]


def known_lang(lang: str) -> str:
    """The language, if it is offered. Raises Refused."""
    found = offered(lang)
    if found is None:
        raise Refused("language")
    return found
