"""Cuts all public Swedish texts into paragraphs with file and line, so that a rule about texts is written once for
all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from content.load import Content
from content.markers import without_markers
from content.models import Page
from content.source import Source

PieceKind = Literal["page", "answer", "phrase", "service"]

_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")
_LIST = re.compile(r"\s*(?:[-*]|\d+\.)\s")
_URL = re.compile(r"\]\([^)]*\)|https?://\S+")


@dataclass(frozen=True)
class Piece:
    """A paragraph of public text.

    `name` is the page, topic, phrase or service it belongs to, `easy` that it is easy read, `lead` the words that
    introduce a list.
    """

    kind: PieceKind
    name: str
    text: str
    source: Source
    line: int
    easy: bool = False
    lead: str = ""

    def sentences(self) -> list[str]:
        """Its sentences, without Markdown signs. A colon ends one too: what follows it is a new thought."""
        plain = re.sub(r"^[#>\-*\s]*(?:\d+\.\s+)?|[*_`]", "", self.text, flags=re.MULTILINE)
        return [sentence.strip() for sentence in _SENTENCE_END.split(plain) if sentence.strip()]


def pieces(content: Content) -> Iterator[Piece]:
    """Every paragraph a reader may see. References and addresses of links are blanked out."""
    for page in content.pages.values():
        yield from _page(page, content.files[("page", page.key)])
    for topic, answer in content.answers.items():
        source = content.files[("answer", topic)]
        for (part, index), text in answer.texts().items():
            yield Piece("answer", topic, text, source, source.line((part, index)), part == "easy")
    for key, text in content.phrases.items():
        source = content.files[("phrase", key)]
        yield Piece("phrase", key, text, source, source.line(()))
    for service in content.services.values():
        source = content.files[("service", service.id)]
        for place, text in service.public_texts().items():
            yield Piece("service", service.id, text, source, source.line(place))


def _page(page: Page, source: Source) -> Iterator[Piece]:
    for part in ("title", "description", "nav"):
        text = getattr(page, part)
        if text:
            yield Piece("page", page.key, text, source, source.line((part,)))
    body = _URL.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), without_markers(page.body))
    line, lead = page.body_line, ""
    for paragraph in re.split(r"(\n[ \t]*\n)", body):
        if paragraph.strip():
            before = len(paragraph) - len(paragraph.lstrip("\n"))
            text = paragraph.strip("\n")
            before_list = lead if _LIST.match(text) else ""
            yield Piece("page", page.key, text, source, line + before, page.kind == "easy", before_list)
            lead = re.split(r"(?<=[.!?])\s", text.strip())[-1]
        line += paragraph.count("\n")
