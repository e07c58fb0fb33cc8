"""Measures the safety net on the training messages: ``python -m chatbot.safety.measure [--lang sv] [--missed] [--false] [--topic suicidal]``.

Prints per language and topic how many urgent messages the net catches and how many calm ones set it off, and the time a message takes.
The training messages are what the rules were written with: the figures that count come from ``friyta evaluate``, on messages kept out.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from chatbot.safety.net import Danger, danger
from chatbot.safety.rules import KINDS

DATA = Path(__file__).parents[1] / "data" / "nlu"


@dataclass(frozen=True)
class Judged:
    """One training message and what the net said of it."""

    locale: str
    topic: str
    text: str
    urgent: bool
    danger: Danger | None


def messages(folder: Path, locale: str | None = None) -> Iterator[tuple[str, str, str, bool]]:
    """Give (locale, topic, text, urgent) of every training message. Every message of an urgent topic is urgent, and those marked so elsewhere."""
    for path in sorted(folder.glob(f"{locale or '*'}/*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for example in block["examples"]:
                marked = bool((example.get("metadata") or {}).get("urgent"))
                yield path.parent.name, block["intent"], example["text"], marked or block["intent"] in KINDS


def judge(folder: Path, locale: str | None = None) -> list[Judged]:
    """Ask the net about every training message."""
    return [Judged(*entry, danger(entry[2])) for entry in messages(folder, locale)]


def table(judged: list[Judged]) -> str:
    """Give the figures as lines of text: a language's sum, then its topics."""
    cells: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one in judged:
        for key in ((one.locale, ""), (one.locale, one.topic)):
            cells[key][0 if one.urgent else 2] += one.danger is not None
            cells[key][1 if one.urgent else 3] += 1
    lines = [f"{'':26}{'urgent caught':>20}{'calm set off':>20}"]
    for (locale, topic), (caught, urgent, false, calm) in sorted(cells.items()):
        name = f"  {topic}" if topic else f"{locale} together"
        lines.append(f"{name:26}{_share(caught, urgent):>20}{_share(false, calm):>20}")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:6.1%}" if whole else "-"


def main() -> None:
    """Print the table, and with --missed or --false the messages concerned."""
    options = argparse.ArgumentParser(prog="python -m chatbot.safety.measure", description="The safety net on the training messages.")
    options.add_argument("--lang", help="one language only")
    options.add_argument("--topic", help="list messages of this topic only")
    options.add_argument("--missed", action="store_true", help="list urgent messages the net did not catch")
    options.add_argument("--false", action="store_true", dest="false_alarms", help="list calm messages that set it off")
    chosen = options.parse_args()
    danger("")
    start = time.perf_counter()
    judged = judge(DATA, chosen.lang)
    print(table(judged))
    print(f"{len(judged)} messages, {(time.perf_counter() - start) / max(len(judged), 1) * 1000:.2f} ms each, reading the files included")
    for one in judged:
        if chosen.topic not in (None, one.topic):
            continue
        if chosen.missed and one.urgent and not one.danger:
            print(f"missed {one.locale} {one.topic}: {one.text}")
        if chosen.false_alarms and not one.urgent and one.danger:
            print(f"false {one.locale} {one.topic} {one.danger.rule}: {one.text}")


if __name__ == "__main__":
    main()
