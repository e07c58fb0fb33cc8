"""Counting without persons: what is written has noise, is large, is within a budget, and names no conversation (docs/statistics.md)."""

from __future__ import annotations

import csv
import datetime as dt
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.counts import LEDGER, TOTALS, Counts, Terms, google_noise, spent
from tests.unit.api.test_sources import Clock

TOPICS, TONGUES = ("shelter", "honour", "fri_yta"), ("sv", "ar")
TERMS = Terms(0.5, 20, 3.0)


class Days:
    """A calendar that is turned by hand."""

    def __init__(self) -> None:
        self.day = dt.date(2026, 11, 24)

    def __call__(self) -> dt.date:
        return self.day

    def turn(self) -> None:
        self.day += dt.timedelta(days=1)


def plain(count: int, epsilon: float) -> int:
    """No noise, so that a test sees what would have got it."""
    return count


def rows(folder: Path) -> list[list[str]]:
    path = folder / TOTALS
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1:] if path.exists() else []


def test_a_day_is_written_when_it_is_over_and_small_totals_are_not(tmp_path: Path) -> None:
    """If this fails the one person who asked about honour in Arabic that day stands in a table."""
    days = Days()
    counts = Counts(tmp_path, TOPICS, TONGUES, TERMS, days, plain)
    for _ in range(30):
        counts.add("shelter", "sv")
    for _ in range(19):
        counts.add("honour", "ar")
    assert list(tmp_path.iterdir()) == []
    days.turn()
    counts.close()
    assert rows(tmp_path) == [["2026-11-24", "sv", "shelter", "30"]]
    assert "honour" not in "".join(path.read_text() for path in tmp_path.iterdir())


def test_every_cell_gets_noise_the_empty_ones_too(tmp_path: Path) -> None:
    """If this fails a total that is shown at all tells that somebody was there."""
    asked: list[tuple[int, float]] = []

    def noise(count: int, epsilon: float) -> int:
        asked.append((count, epsilon))
        return 50

    days = Days()
    counts = Counts(tmp_path, TOPICS, TONGUES, TERMS, days, noise)
    counts.add("shelter", "sv")
    days.turn()
    counts.close()
    assert sorted(asked) == sorted([(0, 0.5)] * 5 + [(1, 0.5)])
    assert len(rows(tmp_path)) == 6


def test_the_budget_of_a_year_ends_and_no_day_is_released_twice(tmp_path: Path) -> None:
    """If this fails noise is averaged away by asking again and again."""
    days = Days()
    for _ in range(3):  # a restart every day: the ledger is read from the disk
        counts = Counts(tmp_path, TOPICS, TONGUES, TERMS, days, plain)
        for _ in range(4):
            for _ in range(40):
                counts.add("shelter", "sv")
            days.turn()
            counts.close()
    assert len(rows(tmp_path)) == len(spent(tmp_path / LEDGER)) == 6
    assert sum(spent(tmp_path / LEDGER).values()) <= TERMS.yearly
    days.day = dt.date(2026, 11, 24)
    again = Counts(tmp_path, TOPICS, TONGUES, Terms(0.5, 20, 99.0), days, plain)
    again.add("shelter", "sv")
    days.turn()
    again.close()
    assert len(rows(tmp_path)) == 6


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=8)), max_size=20))
@settings(max_examples=30, deadline=None)
def test_only_closed_lists_are_counted(tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str]]) -> None:
    """If this fails a word that somebody sent becomes a row of a table."""
    folder, days = tmp_path_factory.mktemp("counts"), Days()
    counts = Counts(folder, TOPICS, TONGUES, Terms(0.5, 0, 99), days, plain)
    for topic, locale in said:
        counts.add(topic, locale)
    days.turn()
    counts.close()
    assert {(row[1], row[2]) for row in rows(folder)} == {(locale, topic) for locale in TONGUES for topic in TOPICS}


def test_the_noise_is_the_librarys_and_as_strong_as_it_says() -> None:
    """If this fails the totals are as good as exact, or worthless. Laplace noise of epsilon 0.5 strays by 2 on average."""
    drawn = [google_noise(100, 0.5) for _ in range(4000)]
    assert abs(statistics.mean(drawn) - 100) < 0.5
    assert 1.6 < statistics.mean(abs(one - 100) for one in drawn) < 2.4


def test_off_by_default_and_once_a_conversation(make_app: Callable[..., Any], tmp_path: Path) -> None:
    """If this fails something is counted that nobody asked for, or one long conversation counts as many people."""
    from tests.unit.api.conftest import NOON, Client

    quiet = Client(make_app())
    quiet.say("var kan jag sova")
    folder = tmp_path / "counted"
    clock = Clock()
    now = lambda: NOON + dt.timedelta(days=clock.now)  # noqa: E731
    counting = Client(make_app(statistics_dir=folder, statistics_threshold=5, statistics_epsilon=1.0, clock=now))
    for _ in range(60):
        state = counting.say()["state"]
        state = counting.say("var kan jag sova", state=state)["state"]
        for _ in range(2):
            state = counting.say("var kan jag sova", state=state)["state"]
    clock.now = 1
    counting.say("hej")
    found = {(row[1], row[2]): int(row[3]) for row in rows(folder)}
    assert 40 < found["sv", "shelter"] < 80
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file() and "site" not in path.parts) == sorted([LEDGER, TOTALS])
