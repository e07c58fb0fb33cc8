"""The rules of the content, one idea a module. Each rule takes the `Content` and gives the problems it finds; none
raises.

`safety` are the rules whose breach could hurt somebody: without them nothing is built or served. `editorial` are the
others.
"""

from __future__ import annotations

import datetime as dt

from content.checks import districts, easy, numbers, pages, references, secret_places, talk, typed, wording
from content.errors import Problem
from content.load import Content


def safety(content: Content, today: dt.date | None = None) -> list[Problem]:
    """Numbers without reason, numbers of other municipalities, dates in the future, secret addresses."""
    day = today or dt.date.today()
    return [
        *numbers.check(content),
        *numbers.check_foreign(content),
        *numbers.check_dates(content, day),
        *secret_places.check(content),
    ]


def editorial(content: Content) -> list[Problem]:
    """References, texts, links, phrases, easy read, wording, districts."""
    found: list[Problem] = []
    for rule in (references.check, districts.check, typed.check, pages.check, talk.check, easy.check, wording.check):
        found += rule(content)
    return found
