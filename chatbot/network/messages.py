"""What the network learns from: the training messages, their English renderings, and how people mistype them. Only for making the network."""

from __future__ import annotations

import random
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from chatbot.components.training_examples import URGENT_INTENTS

_EVERY_NTH_KEPT_OUT = 20
_SHORTEST_TO_MISTYPE = 6


@dataclass(frozen=True)
class Lesson:
    """A message, its topic, whether it tells of danger, the language it was written for, and its English rendering."""

    text: str
    topic: str
    urgent: bool
    locale: str
    english: str

    @property
    def kept_out(self) -> bool:
        """Whether the message is kept out of learning, to settle how far the network is believed; every twentieth, by its letters."""
        return zlib.crc32(self.text.encode()) % _EVERY_NTH_KEPT_OUT == 0


def lessons(folder: Path) -> Iterator[Lesson]:
    """Read the training messages of data/nlu, in the order of the files."""
    for path in sorted(folder.glob("*/*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            for example in block["examples"]:
                told = example.get("metadata") or {}
                urgent = bool(told.get("urgent")) or block["intent"] in URGENT_INTENTS
                yield Lesson(example["text"], block["intent"], urgent, path.parent.name, told.get("en", ""))


def mistyped(text: str, chance: random.Random) -> str:
    """Give the text as it might have been typed: without diacritics, without signs, with a slip or two, a word left out; a third stays as it is."""
    if chance.random() < 0.35:
        return text
    if chance.random() < 0.25:
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    if chance.random() < 0.15:
        text = "".join(c for c in text if c not in ".,?!;:،؟")
    if chance.random() < 0.5 and len(text) > _SHORTEST_TO_MISTYPE:
        for _ in range(chance.choice((1, 1, 2))):
            text = _slip(text, chance)
    words = text.split()
    if len(words) > 4 and chance.random() < 0.15:
        words.pop(chance.randrange(len(words)))
        text = " ".join(words)
    return text


def _slip(text: str, chance: random.Random) -> str:
    """A letter left out, two letters exchanged, or a letter typed twice."""
    at = chance.randrange(len(text) - 1)
    kind = chance.random()
    if kind < 0.4:
        return text[:at] + text[at + 1 :]
    if kind < 0.7:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at] + text[at:]
