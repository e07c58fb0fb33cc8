"""The bot's Swedish texts: an answer for every topic, known choices and placeholders, help first when it is urgent,
no phrase missing."""

from __future__ import annotations

from collections.abc import Collection

from content.checks.references import unknown
from content.errors import Problem
from content.load import Content
from content.models import Answer
from content.models.talk import (
    ANSWER_PLACEHOLDERS,
    OPEN_CHOICES,
    PHRASE_PLACEHOLDERS,
    PLAIN_CHOICES,
    SERVICE_PLACEHOLDER,
    placeholders,
)
from content.models.vocabulary import LOCALE_TAGS
from content.source import Source
from content.yaml_lines import Loc

SMALL_TALK = "talk"  # the group of topics without services, `more` and `easy`

# Phrases the conversation cannot do without, beside a label for every choice. docs/rooms.md and the API name them.
REQUIRED_PHRASES: tuple[str, ...] = (
    "greeting",
    "menu.title",
    "menu.group.danger",
    "menu.group.talk",
    "menu.group.shelter_home",
    "menu.group.me",
    "menu.group.practical",
    "choice.lang",
    "ask.district",
    "ask.district.again",
    "ask.who",
    "ask.way",
    "way.first",
    "way.none",
    "helper.first",
    "helper.none",
    "police.what",
    "district.found",
    "district.rvc_unconfirmed",
    "unsure.intro",
    "unsure.human",
    "emergency.first",
    "emergency.line",
    "emergency.cannot_speak",
    "emergency.still",
    "safe.ok",
    "restarted",
    "busy",
    "failed",
    "too_long",
    "empty",
    "lang.switch",
    "minor.first",
    "other.first",
    "service.no_number",
    "service.unverified",
    "numbers.unchecked",
    "anonymous.short",
)
MUST_HOLD: dict[str, tuple[str, ...]] = {
    "emergency.first": ("emergency",),
    "emergency.line": ("emergency",),
    "emergency.cannot_speak": ("emergency",),
    "emergency.still": ("emergency",),
    "choice.lang": ("language",),
    "lang.switch": ("language",),
    "helper.first": ("language",),
    "helper.none": ("language",),
    "police.what": ("emergency",),
    "district.found": ("district", "rvt"),
}


def check(content: Content) -> list[Problem]:
    """All rules of this module."""
    problems = _missing_answers(content)
    for topic, answer in content.answers.items():
        problems += _answer(content, topic, answer)
    return problems + _phrases(content)


def _missing_answers(content: Content) -> list[Problem]:
    problems = []
    for key in content.topics:
        if ("answer", key) not in content.files:
            problems.append(
                content.files[("topic", key)].problem(
                    (), f"the topic `{key}` has no answer", f"write content/answers/{key}.yaml"
                )
            )
    return problems


def _answer(content: Content, topic: str, answer: Answer) -> list[Problem]:
    source = content.files[("answer", topic)]
    problems = unknown(source, ("topic",), "topic", topic, content.topics)
    for index, page in enumerate(answer.pages):
        problems += unknown(source, ("pages", index), "page", page, content.pages)
    for index, choice in enumerate(answer.choices):
        problems += _choice(content, source, ("choices", index), choice)
    for loc, text in answer.texts().items():
        problems += _placeholders(content, source, loc, text, ANSWER_PLACEHOLDERS)
    known = content.topics.get(topic)
    if known is None:
        return problems
    if known.urgent:
        for part, paragraphs in (("messages", answer.messages), ("easy", answer.easy)):
            if paragraphs and "{emergency}" not in paragraphs[0]:
                problems.append(
                    source.problem(
                        (part, 0),
                        "the topic is urgent but its first paragraph does not name {emergency}",
                        "begin with calling {emergency}",
                    )
                )
    if known.group != SMALL_TALK:
        for part in ("more", "easy"):
            if not getattr(answer, part):
                problems.append(
                    source.problem(
                        (),
                        f"`{part}` is missing",
                        "say what happens then" if part == "more" else "say it in easy words",
                    )
                )
    if not answer.choices:
        problems.append(
            source.problem((), "there is nothing to tap next", "give at least one choice, for example human")
        )
    return problems


def _choice(content: Content, source: Source, loc: Loc, choice: str) -> list[Problem]:
    if choice in PLAIN_CHOICES:
        return []
    kind, colon, value = choice.partition(":")
    if not colon or kind not in OPEN_CHOICES:
        return unknown(source, loc, "choice", choice, PLAIN_CHOICES | {f"{kind}:…" for kind in OPEN_CHOICES})
    known: dict[str, Collection[str]] = {
        "topic": content.topics,
        "page": content.pages,
        "district": content.districts,
        "lang": LOCALE_TAGS,
    }
    return unknown(source, loc, kind, value, known[kind])


def _placeholders(content: Content, source: Source, loc: Loc, text: str, allowed: frozenset[str]) -> list[Problem]:
    problems: list[Problem] = []
    for name in placeholders(text):
        service = SERVICE_PLACEHOLDER.match(name)
        if service is not None:
            problems += unknown(source, loc, "service", service[1], content.services)
        elif name not in allowed:
            problems.append(
                source.problem(
                    loc,
                    f"the placeholder {{{name}}} is not known here",
                    f"use {', '.join(sorted(allowed))} or service:<id>",
                )
            )
    if text.count("{") != text.count("}"):
        problems.append(source.problem(loc, "a brace is not closed", "write placeholders as {name}"))
    return problems


def _phrases(content: Content) -> list[Problem]:
    problems: list[Problem] = []
    for key, text in content.phrases.items():
        problems += _placeholders(content, content.files[("phrase", key)], (), text, PHRASE_PLACEHOLDERS)
        for name in MUST_HOLD.get(key, ()):
            if name not in placeholders(text):
                problems.append(
                    content.files[("phrase", key)].problem(
                        (), f"the phrase `{key}` does not hold {{{name}}}", f"put {{{name}}} where it belongs"
                    )
                )
    if not content.phrases:
        return problems
    labels = [f"choice.{choice}" for choice in sorted(PLAIN_CHOICES)]
    labels += [f"choice.topic:{key}" for key, topic in content.topics.items() if topic.group != SMALL_TALK]
    file = next(iter(content.files[("phrase", key)] for key in content.phrases))
    return problems + [
        Problem(file.path, 1, f"the phrase `{key}` is missing", "write it, with a comment for translators above")
        for key in (*REQUIRED_PHRASES, *labels)
        if key not in content.phrases
    ]
