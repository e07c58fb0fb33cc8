"""Runs everything there is to say about the content, and returns it sorted by file and line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from content.checks import editorial, safety
from content.errors import Problem
from content.freshness import build_warnings, release_problems
from content.load import read_content


def check_content(root: Path, today: dt.date | None = None, release: bool = False) -> list[Problem]:
    """All problems of all files in one run. `release` adds the numbers that nobody has tried live. Never raises for
    bad content.

    Problems of level `warning` stop nothing. `today` decides what is old; by default the day it is.
    """
    day = today or dt.date.today()
    content, problems = read_content(root)
    found = [*problems, *safety(content, day), *editorial(content), *build_warnings(content, day)]
    if release:
        found += release_problems(content, day)
    return sorted(set(found))
