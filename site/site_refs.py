"""References in Markdown, such as `{{ service("bris") }}`; all of them stand in translations/placeholders.py.

A Python-Markdown extension puts them in, after translation (translations.markdown_tree runs at 25, inline parsing at 20), so a
translator moves a reference within the sentence and cannot break it. `reference_problems` finds every bad one beforehand.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markupsafe import Markup
from site_cards import Cards
from site_context import STATE_NUMBERS, PageState, Site

from content.errors import Problem
from content.load import Content
from content.models import Page
from content.phone import national
from translations.placeholders import (
    REFERENCE,
    BadReference,
    Reference,
    parse_reference,
)

BLOCKS = ("service", "districts", "performance", "report", "traces")
AFTER_TRANSLATION = 22
BEFORE_ESCAPES = 185
_ALONE = re.compile(r"\s*\{\{(?P<inside>[^{}]*)\}\}\s*\Z")


class References(Extension):
    """Turns the references of the page at hand into links, numbers and cards."""

    def __init__(self, site: Site, cards: Cards, state: PageState) -> None:
        super().__init__()
        self.site, self.cards, self.state = site, cards, state

    def extendMarkdown(self, md: Markdown) -> None:  # Python-Markdown's name
        """Called by Python-Markdown when it takes the extension in."""
        md.treeprocessors.register(_Blocks(md, self), "friyta_blocks", AFTER_TRANSLATION)
        md.inlinePatterns.register(_Inline(self, md), "friyta_references", BEFORE_ESCAPES)

    def block(self, reference: Reference, level: int) -> Markup:
        """A card, the list of districts, what was measured or a part of the safety report; headings inside begin at `level`."""
        if reference.name == "districts":
            self.state.needs_find = True
            return self.cards.districts(self.state, level)
        if reference.name == "performance":
            return self.cards.performance()
        if reference.name in ("report", "traces"):
            return self.cards.report(reference.name)
        self.state.services += 1
        return self.cards.service(self.site.content.services[reference.fixed[0]], self.state, level)

    def inline(self, reference: Reference) -> Element | Markup:
        """A link or a number inside a sentence."""
        if reference.name == "phone":
            return self._phone(reference.fixed[0])
        if reference.name == "src":
            return self._source(reference.fixed[0])
        link = Element("a")
        if reference.name == "chat":
            link.set("href", self.site.chat_url)
            link.text = reference.words
            return link
        key = reference.fixed[0]
        link.set("href", self.site.url(key))
        if reference.words is not None:
            link.text = reference.words
            return link
        title = self.site.title(self.site.content.pages[key])
        link.text = AtomicString(title.value)
        if title.locale != self.site.locale.tag:
            link.set("lang", title.locale)
        return link

    def _phone(self, service_id: str) -> Markup:
        service = self.site.content.services[service_id]
        if service.phone is None or service.phone.value is None:
            return Markup('<bdi lang="sv">{}</bdi>').format(service.name)
        if service.phone.checked is None and national(service.phone.value) not in STATE_NUMBERS:
            self.state.unchecked_numbers = True
        return self.site.number(service.phone.value)

    def _source(self, key: str) -> Markup:
        if key not in self.state.cited:
            self.state.cited.append(key)
        number = self.state.cited.index(key) + 1
        name = self.site.plain("ui", N_("Källa {number}"), number=number)
        return Markup('<sup class="src"><a href="#kalla-{}" aria-label="{}">{}</a></sup>').format(number, name, number)


class _Blocks(Treeprocessor):
    """Cards and lists: a paragraph that holds nothing but the reference."""

    def __init__(self, md: Markdown, extension: References) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        self._walk(root, 1)

    def _walk(self, parent: Element, level: int) -> int:
        for element in parent:
            if re.fullmatch(r"h[1-6]", str(element.tag)):
                level = int(str(element.tag)[1])
            found = _ALONE.match(element.text or "") if element.tag == "p" and not len(element) else None
            if found is None:
                level = self._walk(element, level)
                continue
            reference = parse_reference(found["inside"])
            if reference.name in BLOCKS:
                element.text = self.md.htmlStash.store(str(self.extension.block(reference, min(level + 1, 6))))
        return level


class _Inline(InlineProcessor):
    """Links and numbers inside a sentence."""

    def __init__(self, extension: References, md: Markdown) -> None:
        super().__init__(REFERENCE.pattern, md)
        self.extension = extension

    def handleMatch(  # type: ignore[override]  # Python-Markdown's name; it is untyped about what may be given back
        self, match: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        made = self.extension.inline(parse_reference(match["inside"]))
        if isinstance(made, Markup):
            return self.md.htmlStash.store(str(made)), match.start(0), match.end(0)
        return made, match.start(0), match.end(0)


def reference_problems(content: Content, folder: Path) -> list[Problem]:
    """Every reference of every page that leads nowhere, each with its file and line."""
    found: list[Problem] = []
    for page in content.pages.values():
        for match in REFERENCE.finditer(page.body):
            wrong = _wrong(match, page, content)
            if wrong is not None:
                line = page.body_line + page.body.count("\n", 0, match.start())
                found.append(Problem(folder / f"{page.key}.md", line, *wrong))
    return sorted(found)


def _wrong(match: re.Match[str], page: Page, content: Content) -> tuple[str, str] | None:
    try:
        reference = parse_reference(match["inside"])
    except BadReference as error:
        return str(error), "write it as docs/rooms.md shows"
    first = reference.fixed[0] if reference.fixed else ""
    if reference.name in ("service", "phone") and first not in content.services:
        return f"there is no service `{first}`", "write the name of a file in content/services, without .yaml"
    if reference.name == "phone" and content.services[first].phone is None:
        return f"the service `{first}` has no phone number that was seen", f'write {{{{ service("{first}") }}}} on a line of its own'
    if reference.name == "page" and first not in content.pages:
        return f"there is no page `{first}`", "write the path of a file in content/pages, without .md"
    if reference.name == "src" and first not in page.sources:
        return f"the page names no source `{first}`", "add it under `sources:` at the top of the page"
    if reference.name in BLOCKS and not _stands_alone(page.body, match):
        return f"{reference.name}() stands inside a sentence", "give it a line of its own with an empty line before and after"
    return None


def _stands_alone(body: str, match: re.Match[str]) -> bool:
    before = body[: match.start()].rpartition("\n\n")[2]
    after = body[match.end() :].partition("\n\n")[0]
    return not before.strip() and not after.strip()


def N_(text: str) -> str:  # gettext's name for it
    """Marks a text for the extraction of interface strings; it is looked up where it is shown."""
    return text
