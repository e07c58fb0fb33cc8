"""Which Swedish texts of the content are translated: pages, services, and what the chatbot says.

Plain functions from loaded content to entries; nothing is read or written here. The Protocols say all that is needed of
an object of content/, so that tests can hand in small ones.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from markdown import Extension, Markdown

from content.errors import Problem
from translations.catalogs import SOURCE_TEXT, Text
from translations.entries import SAFETY_NOTE, Entry
from translations.locales import SOURCE
from translations.markdown_tree import MARKDOWN_EXTENSIONS, Block, TranslateBlocks, markdown_configs

SAFETY = f"{SAFETY_NOTE}: must be whole in every language that is offered; let two people read it."
#: Phrases whose loss could cost a life or a person's trust: danger, children, who is told what.
SAFETY_PHRASES = ("emergency.", "minor.", "anonymous.")

_TITLE = "title of the page; stays neutral, it is seen in the browser's history and tabs"
_DESCRIPTION = "one line about the page, for link previews; stays neutral"
_NAV = "label in the menu; short"
_PARTS = {"messages": "first answer", "more": "what happens then", "easy": "easy words", "urgent_next": "still danger"}
_CODE_HTML = re.compile(r"\s*<(?:pre|div class=\"highlight|table class=\"highlight)")
_MARKUP = re.compile(r"<!--.*?-->|<[^>]*>|&\w+;", re.DOTALL)


class PageTexts(Protocol):
    """What is read of a page."""

    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def nav(self) -> str | None: ...
    @property
    def body(self) -> str: ...
    @property
    def body_line(self) -> int: ...


class ServiceTexts(Protocol):
    """What is read of a service."""

    @property
    def name(self) -> str: ...
    def public_texts(self) -> dict[str, str]: ...


class TopicTexts(Protocol):
    """What is read of a topic."""

    @property
    def means(self) -> str: ...
    @property
    def urgent(self) -> bool: ...


class AnswerTexts(Protocol):
    """What is read of an answer: its paragraphs by part and number."""

    def texts(self) -> dict[tuple[str, int], str]: ...


def blocks(body: str) -> tuple[list[Block], list[str]]:
    """The blocks of a page's Markdown in reading order, and raw HTML with words that nobody could translate."""
    found: list[Block] = []

    def take(block: Block) -> Text:
        found.append(block)
        return Text(block.source, SOURCE, SOURCE_TEXT)

    extensions: list[str | Extension] = [*MARKDOWN_EXTENSIONS, TranslateBlocks(take)]
    markdown = Markdown(extensions=extensions, extension_configs=markdown_configs())
    markdown.convert(body)
    raw = [block for block in markdown.htmlStash.rawHtmlBlocks if isinstance(block, str)]
    return found, [html for html in raw if not _CODE_HTML.match(html) and re.search(r"\w", _MARKUP.sub("", html))]


def page_entries(key: str, page: PageTexts) -> Iterator[Entry]:
    """The texts of one page: title, description, menu label, then block after block."""
    yield Entry(page.title, (f"{key}: {_TITLE}",))
    yield Entry(page.description, (f"{key}: {_DESCRIPTION}",))
    if page.nav is not None:
        yield Entry(page.nav, (f"{key}: {_NAV}",))
    for block in blocks(page.body)[0]:
        yield Entry(block.source, (*([block.note] if block.note else []), f"{key}: {block.kind}"))


def page_problems(file: Path, page: PageTexts) -> list[Problem]:
    """Words in raw HTML, which would stay Swedish in every language without anybody noticing."""
    found = []
    for html in blocks(page.body)[1]:
        lines = page.body.partition(html.strip().splitlines()[0])[0].count("\n")
        what = f"raw HTML with words in it cannot be translated: {' '.join(html.split())[:60]}"
        mend = 'write it in Markdown, or add markdown="1" to the outermost tag'
        found.append(Problem(file, page.body_line + lines, what, mend))
    return found


def pages_entries(pages: Mapping[str, PageTexts]) -> Iterator[Entry]:
    """The texts of all pages, the start page first, then by path."""
    for key in sorted(pages, key=lambda key: (key != "start", key)):
        yield from page_entries(key, pages[key])


def services_entries(services: Mapping[str, ServiceTexts]) -> Iterator[Entry]:
    """The public texts of all services, by id. Names of services are never translated."""
    for key in sorted(services):
        for place, text in services[key].public_texts().items():
            yield Entry(text, (f"{services[key].name}: {place}",))


def phrases_entries(phrases: Mapping[str, str], comments: Mapping[str, str]) -> Iterator[Entry]:
    """What the bot says between its answers, in the order of the file, each with the comment above it as its note."""
    for key, text in phrases.items():
        notes = [comments[key]] if key in comments else []
        if key.startswith(SAFETY_PHRASES):
            notes.insert(0, SAFETY)
        yield Entry(text, (*notes, f"phrase: {key}"))


def answers_entries(topics: Mapping[str, TopicTexts], answers: Mapping[str, AnswerTexts]) -> Iterator[Entry]:
    """The bot's answers in the order of the topics, urgent ones first and marked as safety texts."""
    for key, topic in topics.items():
        if key not in answers:
            continue
        notes = ((SAFETY,) if topic.urgent else ()) + (f"said when: {' '.join(topic.means.split())}",)
        for (part, _), text in answers[key].texts().items():
            yield Entry(text, (*notes, f"answer: {key}, {_PARTS.get(part, part)}"))
