"""Measures the bot on kept-out messages: topic at first, among three, urgency met, false alarms, calibration. Pure but for reading the files.

The messages lie in chatbot/evaluation/<locale>.tsv (topic, urgent! | urgent | calm, message); they are written by people who have not read the training messages.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from chatbot.engine import Engine


@dataclass(frozen=True)
class Case:
    """One kept-out message. explicit: danger said in plain words."""

    topic: str
    urgent: bool
    explicit: bool
    text: str


@dataclass(frozen=True)
class Outcome:
    """What the bot made of a case. three: the topic is the first answer or among the three nearest."""

    case: Case
    topic: str
    three: bool
    urgent: bool
    confidence: float
    unsure: bool


@dataclass(frozen=True)
class Result:
    """All outcomes of a language and the median time of one message, in milliseconds."""

    locale: str
    outcomes: tuple[Outcome, ...]
    median_ms: float


def read_cases(path: Path) -> list[Case]:
    """Read a file of kept-out messages; raise ``ValueError`` with file and line for a line of another form."""
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        parts = line.split("\t")
        if len(parts) != 3 or parts[1] not in ("urgent!", "urgent", "calm"):
            raise ValueError(f"{path}:{number}: wanted topic, urgent! | urgent | calm, message, separated by tabs")
        cases.append(Case(parts[0], parts[1] != "calm", parts[1] == "urgent!", parts[2]))
    return cases


def measure(engine: Engine, locale: str, cases: list[Case]) -> Result:
    """Ask the engine about every case."""
    outcomes, times = [], []
    for case in cases:
        began = time.perf_counter()
        heard = engine.understand(case.text, locale)
        topic, urgent = engine.topic_of(heard)
        times.append(time.perf_counter() - began)
        nearest = [topic, *[t for t in heard.ranking if t != topic]][:3]
        outcomes.append(Outcome(case, topic, case.topic in nearest, urgent, heard.confidence, heard.intent == "unsure"))
    return Result(locale, tuple(outcomes), statistics.median(times) * 1000)


def _share(hits: int, of: int) -> str:
    return f"{100 * hits / of:.1f} %" if of else "-"


def row(result: Result) -> list[str]:
    """Give the figures of one language as text."""
    o = result.outcomes
    urgent, calm = [x for x in o if x.case.urgent], [x for x in o if not x.case.urgent]
    explicit, sure = [x for x in o if x.case.explicit], [x for x in o if not x.unsure]
    return [
        result.locale,
        str(len(o)),
        _share(sum(x.topic == x.case.topic for x in o), len(o)),
        _share(sum(x.three for x in o), len(o)),
        _share(sum(x.urgent for x in urgent), len(urgent)),
        _share(sum(x.urgent for x in explicit), len(explicit)),
        _share(sum(x.urgent for x in calm), len(calm)),
        _share(sum(x.topic == x.case.topic for x in sure), len(sure)),
        _share(len(o) - len(sure), len(o)),
        f"{result.median_ms:.1f} ms",
    ]


_HEAD = [
    "language", "messages", "topic right at first", "topic among three", "urgent answered urgently", "explicit danger answered urgently",
    "calm answered urgently", "right when sure", "unsure", "median",
]  # fmt: skip


def table(results: list[Result]) -> str:
    """Give the figures of all languages as a Markdown table, and the pairs of topics most often confused."""
    lines = [_HEAD, ["---"] * len(_HEAD), *(row(r) for r in results)]
    pairs = Counter((o.case.topic, o.topic) for r in results for o in r.outcomes if o.topic != o.case.topic)
    confused = ", ".join(f"{wanted} taken for {got} ({n})" for (wanted, got), n in pairs.most_common(12))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + f"\n\nMost often confused: {confused or 'none'}."


def wrong_lines(result: Result) -> list[str]:
    """Give a line for each message whose topic or urgency was got wrong; missed urgency first."""
    wrong = [o for o in result.outcomes if o.topic != o.case.topic or o.urgent != o.case.urgent]
    wrong.sort(key=lambda o: (not (o.case.urgent and not o.urgent), o.case.topic))
    return [
        f"{result.locale}\t{'MISSED' if o.case.urgent and not o.urgent else 'alarm' if o.urgent and not o.case.urgent else ''}\t"
        f"{o.case.topic}\t{o.topic}\t{o.confidence:.2f}\t{o.case.text}"
        for o in wrong
    ]
