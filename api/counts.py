"""Counts conversations without persons: how many began with which topic in which language, a day at a time, with noise before anything is written.

Off unless FRIYTA_STATISTICS_DIR is set. docs/statistics.md says what can and cannot be learned from it, and how the privacy budget is kept.
The exact counts live in memory until the day is over, and are lost when the process ends before.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

#: What one conversation can change: one cell by one.
SENSITIVITY = 1.0
LEDGER, TOTALS = "ledger.jsonl", "totals.csv"
_HEAD = ("day", "locale", "topic", "conversations")


class Noise(Protocol):
    """Adds noise to one count."""

    def __call__(self, count: int, epsilon: float) -> int:
        """The count with noise of the given strength."""


class OverBudget(Exception):
    """The year's privacy budget is spent: nothing more is released until it is over."""


@dataclass(frozen=True)
class Terms:
    """Under which terms a day is released: `epsilon` a day, totals under `threshold` left out, at most `yearly` epsilon in a calendar year."""

    epsilon: float
    threshold: int
    yearly: float


def google_noise(count: int, epsilon: float) -> int:
    """Laplace noise by Google's differential-privacy library, made so that the bits of a floating-point number tell nothing."""
    from pydp.algorithms.numerical_mechanisms import LaplaceMechanism

    return int(LaplaceMechanism(epsilon, SENSITIVITY).add_noise(count))


class Counts:
    """The counts of today, over closed lists of topics and languages. Ids outside them are not counted."""

    def __init__(
        self, folder: Path, topics: Iterable[str], locales: Iterable[str], terms: Terms, today: Callable[[], dt.date], noise: Noise = google_noise
    ) -> None:
        """Nothing is read or written before the first day is over."""
        self._folder, self._terms, self._today, self._noise = folder, terms, today, noise
        self._cells = tuple((locale, topic) for locale in locales for topic in topics)
        self._day = today()
        self._counts = dict.fromkeys(self._cells, 0)

    def add(self, topic: str, locale: str) -> None:
        """One conversation has begun with this topic."""
        self.close()
        if (locale, topic) in self._counts:
            self._counts[locale, topic] += 1

    def close(self) -> None:
        """Release the day if it is over: noise on every cell, small totals left out, the budget booked before anything is written."""
        today = self._today()
        if today == self._day:
            return
        day, counts = self._day, self._counts
        self._day, self._counts = today, dict.fromkeys(self._cells, 0)
        try:
            self._book(day)
        except OverBudget:
            return
        # Every cell gets noise, the empty ones too: else a cell that is shown would tell that it was not empty.
        noisy = [(locale, topic, self._noise(counts[locale, topic], self._terms.epsilon)) for locale, topic in self._cells]
        _append(self._folder / TOTALS, _lines(day, [cell for cell in noisy if cell[2] >= self._terms.threshold], new=not (self._folder / TOTALS).exists()))

    def _book(self, day: dt.date) -> None:
        """Raises OverBudget if the day was released before, or the year has nothing left."""
        booked = spent(self._folder / LEDGER)
        year = sum(epsilon for other, epsilon in booked.items() if other[:4] == f"{day.year:04}")
        if day.isoformat() in booked or year + self._terms.epsilon > self._terms.yearly + 1e-9:
            raise OverBudget
        entry = {"day": day.isoformat(), "epsilon": self._terms.epsilon, "threshold": self._terms.threshold, "cells": len(self._cells), "mechanism": "laplace"}
        _append(self._folder / LEDGER, json.dumps(entry) + "\n")


def spent(ledger: Path) -> dict[str, float]:
    """Epsilon by released day."""
    try:
        lines = ledger.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return {entry["day"]: float(entry["epsilon"]) for entry in map(json.loads, lines)}


def _lines(day: dt.date, cells: Iterable[tuple[str, str, int]], *, new: bool) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if new:
        writer.writerow(_HEAD)
    writer.writerows((day.isoformat(), *cell) for cell in cells)
    return text.getvalue()


def _append(path: Path, text: str) -> None:
    """On the disk before the next step: a crash may lose a day's totals, never the note that its budget is spent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
