"""The emergency page as plain text: readable in anything, printable on half a page, a few hundred bytes on the line."""

from __future__ import annotations

import re
import textwrap
from html import escape
from html.parser import HTMLParser

WIDTH = 72
_BLOCKS = frozenset({"p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "summary", "section", "ul", "ol", "dl", "div", "details", "table", "tr", "br"})
_SKIPPED = frozenset({"script", "style", "svg", "sup", "template", "nav", "summary"})
_HEADINGS = {"h1": "=", "h2": "-", "h3": ""}


def plain_text(title: str, html: str) -> str:
    """The text of a page, a paragraph a block, headings underlined, lists with dashes. Folded details are left out."""
    reader = _Reader()
    reader.feed(f"<h1>{escape(title)}</h1>{html}")
    reader.close()
    reader.end_block()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(reader.lines)).strip() + "\n"


class _Reader(HTMLParser):
    """Collects blocks; `details` of a card hold what a person in danger does not need."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.words: list[str] = []
        self.block = "p"
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED or tag == "details":
            self.end_block()
            self.skipped += 1
        elif tag in _BLOCKS or ("class", "small") in attrs:
            self.end_block()
            self.block = tag

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED or tag == "details":
            self.skipped -= 1
        elif tag in _BLOCKS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.words.append(data)

    def end_block(self) -> None:
        """Writes what has been gathered as one block."""
        text = " ".join("".join(self.words).split())
        self.words = []
        if not text:
            return
        if self.block in _HEADINGS:
            line = _HEADINGS[self.block] * min(len(text), WIDTH)
            self.lines += ["", text, *([line] if line else []), ""]
        elif self.block in ("li", "dd"):
            self.lines += textwrap.wrap(text, WIDTH, initial_indent="- ", subsequent_indent="  ")
        else:
            self.lines += ["", *textwrap.wrap(text, WIDTH)]
        self.block = "p"
