"""What one build of one language knows: texts, addresses, assets, and what has been noticed about the page at hand.

Made once for each locale by site_locale.py (or by site_hooks.py when MkDocs is called by itself) and handed round; nothing is global.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from content.addresses import address_of
from content.load import Content
from content.models import Page
from content.phone import national, uri
from translations.catalogs import Catalogs, Text
from translations.locales import KNOWN, Locale
from translations.placeholders import fill

ROOT = Path(__file__).resolve().parent.parent
EMERGENCY_SERVICE = "nodnummer-112"
#: The directory's address within a language (site_directory.py); a service's page lies below it.
DIRECTORY = "hjalp-och-stod"
#: Numbers that are the state's own and shown without the line that numbers await a check: 112 and the police's 114 14.
STATE_NUMBERS = frozenset({"112", "114 14"})


class SiteError(Exception):
    """The site cannot be built; the message says where, what, and what to do."""


@dataclass
class PageState:
    """What rendering a page has shown about it: filled while its Markdown is turned into HTML, read by the templates."""

    page: Page
    title: Text
    description: Text
    fallbacks: int = 0
    unreviewed: int = 0
    unchecked_numbers: bool = False
    cited: list[str] = field(default_factory=list)
    services: int = 0
    needs_find: bool = False


@dataclass(frozen=True)
class Site:
    """One language's build. `states` is filled page by page, in the order in which MkDocs reads them."""

    locale: Locale
    offered: tuple[Locale, ...]
    content: Content
    catalogs: Catalogs
    assets: Mapping[str, str]
    settings: Mapping[str, Any]
    states: dict[str, PageState] = field(default_factory=dict)

    # ---- Texts

    def text(self, domain: str, msgid: str) -> Text:
        """The text in this language, or in Swedish where it is not translated yet."""
        return self.catalogs.text(self.locale.tag, domain, msgid)

    def plain(self, domain: str, msgid: str, **values: object) -> str:
        """The text without marks of its language: for attributes and titles."""
        return fill(self.text(domain, msgid).value, values)

    def say(self, domain: str, msgid: str, **values: object) -> Markup:
        """The text as HTML: values may be HTML themselves, the text may not. A Swedish fallback is marked as Swedish."""
        text = self.text(domain, msgid)
        safe = {name: value if isinstance(value, Markup) else escape(str(value)) for name, value in values.items()}
        return self.marked(text, fill(str(escape(text.value)), safe))

    def marked(self, text: Text, html: str | None = None) -> Markup:
        """`html` (else the text itself, escaped) with lang and dir around it if it is in another language than the page."""
        inner = Markup(html) if html is not None else escape(text.value)  # only `say` gives HTML, made of escaped parts
        if text.locale == self.locale.tag:
            return inner
        other = KNOWN[text.locale]
        return Markup('<span lang="{}" dir="{}">{}</span>').format(other.tag, other.direction, inner)

    def phrase(self, key: str, **values: object) -> Markup:
        """A sentence of content/answers/_phrases.yaml. Raises SiteError if it is not there."""
        try:
            sentence = self.content.phrases[key]
        except KeyError:
            raise SiteError(f"content/answers/_phrases.yaml: the phrase `{key}` is missing; the site shows it, add it") from None
        return self.say("chat", sentence, **values)

    def number(self, value: str) -> Markup:
        """A phone number as a link, kept from left to right in every script."""
        return Markup('<a class="tel" href="{}"><bdi dir="ltr">{}</bdi></a>').format(uri(value), national(value))

    @property
    def emergency(self) -> Markup:
        """The emergency number as a link. Raises SiteError if the directory has none."""
        service = self.content.services.get(EMERGENCY_SERVICE)
        if service is None or service.phone is None or service.phone.value is None:
            raise SiteError(
                f"content/services/{EMERGENCY_SERVICE}.yaml: the emergency number is missing; every page begins with it, add the service"
            )
        return self.number(service.phone.value)

    # ---- Addresses

    def url(self, key: str, tag: str | None = None) -> str:
        """Where the page is, in this language or another: `/sv/` for the start page, `/sv/hjalp/akut/` for others."""
        return page_url(tag or self.locale.tag, key)

    @property
    def chat_url(self) -> str:
        """The chat of this language, served by api/."""
        return f"/{self.locale.tag}/chat"

    @property
    def search_url(self) -> str:
        """Search, and the list of every page."""
        return f"/{self.locale.tag}/sok/"

    @property
    def directory_url(self) -> str:
        """The directory of all services."""
        return self.url(DIRECTORY)

    def service_url(self, service_id: str) -> str:
        """The page of a service."""
        return self.url(f"{DIRECTORY}/{service_id}")

    def optional_url(self, setting: str) -> str | None:
        """The address of a page named in mkdocs.yml under `extra`, if that page has been written."""
        key = self.settings.get(setting)
        return self.url(key) if key in self.content.pages else None

    def asset(self, name: str) -> str:
        """The address of an asset, with the hash of its bytes in its name. Raises SiteError for one that does not exist."""
        try:
            return self.assets[name]
        except KeyError:
            raise SiteError(f"site/theme asks for the asset `{name}`, which is not in site/assets") from None

    def title(self, page: Page) -> Text:
        """The page's title."""
        return self.text("pages", page.title)

    def label(self, page: Page) -> Text:
        """What the page is called in menus."""
        return self.text("pages", page.nav or page.title)


def page_url(tag: str, key: str) -> str:
    """The address of a page from its key, the one place that decides it."""
    return f"/{tag}/" if key == "start" else f"/{tag}/{address_of(key)}/"


def part_of(key: str) -> str | None:
    """The folder a page lies in, which is its part of the menu; None for the start page."""
    return key.split("/", 1)[0] if "/" in key else None


def parts(pages: Mapping[str, Page], order: Sequence[str]) -> list[tuple[str, list[Page]]]:
    """The menu: each part with its pages by their `order`. Raises SiteError for a page whose part the menu does not know."""
    known = set(order)
    for key in pages:
        part = part_of(key)
        if key != "start" and part not in known:
            raise SiteError(
                f"content/pages/{key}.md: its folder is no part of the menu; "
                "name it in site/mkdocs.yml (extra.parts) and in site/theme/partials/parts.html"
            )
    found = [(part, sorted((page for page in pages.values() if part_of(page.key) == part), key=_in_order)) for part in order]
    return [(part, entries) for part, entries in found if entries]


def _in_order(page: Page) -> tuple[bool, int, str]:
    return (not page.key.endswith("/start"), page.order, page.key)
