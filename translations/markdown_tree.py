"""Markdown is translated in the tree, not in the file: a Python-Markdown extension asks for every block's translation.

It runs after the page has been cut into blocks and before links and emphasis inside them are read, so what a translator
sees is the block's own line of Markdown, `{{ … }}` references included. Extraction runs the very same parser with the
same extensions, so a text that is extracted is always found again. Blocks that fall back are marked as Swedish.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.extensions.toc import slugify, unique
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from translations.catalogs import Catalogs, Text
from translations.locales import KNOWN, SOURCE
from translations.placeholders import REFERENCE, replace_references

#: The Markdown of this portal. site/ hands exactly these to MkDocs (and adds its own for references and cards).
MARKDOWN_EXTENSIONS: tuple[str, ...] = (
    "admonition",
    "attr_list",
    "def_list",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.superfences",
    "pymdownx.tabbed",
)
_CONFIGS: dict[str, dict[str, Any]] = {"toc": {"permalink": False}, "pymdownx.tabbed": {"alternate_style": True}}

#: Inline parsing is Python-Markdown's treeprocessor of priority 20; footnotes and the like come before, at 30 and more.
PRIORITY = 25
UNTRANSLATED = "untranslated"

_RAW = re.compile(r"pre|code|script|style|math|svg")
_KINDS = {"li": "list item", "td": "table cell", "th": "table heading", "dt": "term", "dd": "definition"}
_KINDS |= {"label": "tab title", "summary": "box title", "p": "paragraph"} | {f"h{n}": "heading" for n in range(1, 7)}
_STASHED = re.compile("\u0002wzxhzdk:(?P<number>[0-9]+)\u0003")
_NOTE = re.compile(r"<!--\s*Translators:\s*(?P<note>.*?)\s*-->", re.DOTALL)
_ATTRIBUTES = re.compile(r"\s*(?<!\{)\{:?[ ]*(?=[.#]|[\w-]+=)[^{}\n]*\}[ ]*$")
_HARD_BREAK = re.compile(r" {2,}\n\s*")


def markdown_configs() -> dict[str, dict[str, Any]]:
    """Settings of the extensions that have any; a new copy each time, because MkDocs writes into what it is given."""
    return deepcopy(_CONFIGS)


@dataclass(frozen=True, slots=True)
class Block:
    """A block to translate: its source on one line, what it is (heading, list item …), the author's note about it."""

    source: str
    kind: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class TreeReport:
    """What became of a page: its blocks, how many are still Swedish, how many no second person has read."""

    blocks: int = 0
    untranslated: int = 0
    unreviewed: int = 0


Ask = Callable[[Block], Text]


class TranslateBlocks(Extension):
    """Python-Markdown extension; `ask` gives the text for each block, `locale` is the language of the page.

    After each conversion `report` says how many blocks fell back. Headings get the id of their Swedish text, so that a
    link to a section holds in every language. `<!-- Translators: … -->` above a block becomes its note and disappears.
    """

    def __init__(self, ask: Ask, locale: str = SOURCE) -> None:
        super().__init__()
        self.ask = ask
        self.locale = locale
        self.report = TreeReport()

    @classmethod
    def from_catalogs(cls, catalogs: Catalogs, locale: str) -> "TranslateBlocks":
        """The extension for a page in `locale`, with the texts of the domain `pages`."""
        return cls(lambda block: catalogs.text(locale, "pages", block.source), locale)

    def extendMarkdown(self, md: Markdown) -> None:
        """Called by Python-Markdown when it takes the extension in."""
        md.treeprocessors.register(_Translate(md, self), "translate_blocks", PRIORITY)


class _Translate(Treeprocessor):
    def __init__(self, md: Markdown, extension: TranslateBlocks) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        run = _Run(self.extension.ask, self.extension.locale, list(self.md.htmlStash.rawHtmlBlocks))
        run.walk(root, list(root))
        self.extension.report = TreeReport(run.blocks, run.untranslated, run.unreviewed)


class _Run:
    """One page on its way through: counts, heading ids already given, the note waiting for its block."""

    def __init__(self, ask: Ask, locale: str, stash: list[Any]) -> None:
        self.ask, self.locale, self.stash = ask, locale, stash
        self.blocks = self.untranslated = self.unreviewed = 0
        self.ids: set[str] = set()
        self.note: str | None = None

    def walk(self, parent: Element, children: list[Element]) -> None:
        for element in children:
            if self._take_note(element):
                parent.remove(element)
                continue
            if not isinstance(element.tag, str) or _RAW.fullmatch(element.tag):
                continue
            inside = list(element)  # taken first: a mark put around an item's own words is no block of its own
            if _is_source(element.text):
                self._block(element)
            self.walk(element, inside)
            for child in inside:
                if _is_source(child.tail):
                    self._tail(element, child)

    def _take_note(self, element: Element) -> bool:
        found = _STASHED.fullmatch((element.text or "").strip()) if element.tag == "p" and not len(element) else None
        raw = self.stash[int(found["number"])] if found else None
        note = _NOTE.fullmatch(raw.strip()) if isinstance(raw, str) else None
        if note is None:
            return False
        self.note = " ".join(note["note"].split())
        return True

    def _block(self, element: Element) -> None:
        source, attributes = split_attributes(element.text or "")
        if re.fullmatch(r"h[1-6]", element.tag) and "#" not in attributes and "id" not in element.attrib:
            element.set("id", unique(slugify(words(source), "-") or "section", self.ids))
        kind = "box title" if "admonition-title" in element.get("class", "") else _KINDS.get(element.tag, "paragraph")
        text = self._answer(source, kind)
        element.text = broken_lines(text.value) + attributes
        if text.locale == self.locale:
            return
        if len(element) == 0:
            _mark(element, text.locale)
        else:  # a list item with a list inside: only its own words are Swedish, the items inside may be translated
            span = Element("span")
            span.text, element.text = broken_lines(text.value), attributes
            _mark(span, text.locale)
            element.insert(0, span)

    def _tail(self, parent: Element, child: Element) -> None:
        text = self._answer(child.tail or "", "paragraph")
        child.tail = "\n" + broken_lines(text.value)
        if text.locale != self.locale:
            span = Element("span")
            span.text, child.tail = broken_lines(text.value), "\n"
            _mark(span, text.locale)
            parent.insert(list(parent).index(child) + 1, span)

    def _answer(self, source: str, kind: str) -> Text:
        note, self.note = self.note, None
        text = self.ask(Block(one_line(source), kind, note))
        self.blocks += 1
        self.untranslated += text.locale != self.locale
        self.unreviewed += text.locale == self.locale and not text.approved
        return text


def _mark(element: Element, locale: str) -> None:
    element.set("lang", locale)
    element.set("dir", KNOWN[locale].direction)
    element.set("class", f"{element.get('class', '')} {UNTRANSLATED}".strip())


def _is_source(text: str | None) -> bool:
    """True for a text with words in it. References alone, a stashed code block, `[TOC]` have nothing to translate."""
    if text is None or isinstance(text, AtomicString) or text.strip() == "[TOC]":
        return False
    bare = re.sub(r"<https?://[^>]*>", "", _STASHED.sub("", split_attributes(text)[0]))
    return any(letter.isalpha() for letter in words(bare))


def words(source: str) -> str:
    """What is read of a block: references give their words, links their text, emphasis signs fall away."""
    text = replace_references(source, lambda reference: reference.words or "")
    text = REFERENCE.sub("", text)
    text = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?", r"\1", text)
    return re.sub(r"[*_`]|<[^>]*>", "", text).strip()


def split_attributes(text: str) -> tuple[str, str]:
    """A block's text and the attribute list behind it (`{ .button #id }`), which no translator should meet."""
    found = _ATTRIBUTES.search(text)
    return (text[: found.start()], found[0]) if found else (text, "")


def one_line(source: str) -> str:
    """The source as translators see it: wrapped lines joined, a hard line break as a plain line break."""
    return "\n".join(" ".join(line.split()) for line in _HARD_BREAK.split(source.strip()))


def broken_lines(text: str) -> str:
    """The way back: a line break in a translation is a hard line break in Markdown."""
    return text.replace("\n", "  \n")
