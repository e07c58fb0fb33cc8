"""One answer of the bot without a word in it: keys of texts, choices, services and pages that api/ puts into the reader's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """What the bot does after one message or choice.

    topic: an id of content/topics.yaml. say: keys of texts, ``answer:<topic>``, ``answer:<topic>:more``, ``answer:<topic>:easy``, ``phrase:<key>`` or
    ``district:<id>``. choices: values to tap. services, pages: ids, best first. suggestions: the nearest topics when unsure, best first. detected:
    the language the message is clearly written in, where it differs from the one asked for. confidence: 0-1, of the topic.
    """

    topic: str
    urgent: bool
    say: tuple[str, ...]
    choices: tuple[str, ...]
    services: tuple[str, ...]
    pages: tuple[str, ...]
    suggestions: tuple[str, ...] = ()
    detected: str | None = None
    confidence: float = 1.0
