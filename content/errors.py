"""What can be wrong with the content, said so that an editor can mend it: file, line, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one place. A `warning` is shown but stops nothing."""

    file: Path
    line: int
    what: str
    mend: str
    level: Level = "error"

    def __str__(self) -> str:
        note = "warning: " if self.level == "warning" else ""
        return f"{self.file}:{self.line}: {note}{self.what} -> {self.mend}"


class ContentError(Exception):
    """The content cannot be used. `problems` holds every mistake of the run, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: list[Problem] = sorted(problems)
        shown = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{len(self.problems)} problem(s) in the content\n{shown}")
