"""What the templates see of the page at hand: `site.…` in site/theme. Addresses, menu, notes; no wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from site_context import PageState, Site, page_url, part_of, parts
from site_words import said_date

from content.models import Page
from translations.locales import KNOWN, SOURCE

#: How many pages of the same part are named below a page.
NEIGHBOURS = 6


@dataclass(frozen=True)
class Link:
    """A line of a menu or list."""

    key: str
    url: str
    label: Markup
    description: Markup


def frame(site: Site) -> dict[str, Any]:
    """What is the same on every page of a language."""
    locale = site.locale
    return {
        "tag": locale.tag,
        "name": locale.name,
        "direction": locale.direction,
        "is_source": locale.is_source,
        "home": site.url("start"),
        "chat": site.chat_url,
        "search": site.search_url,
        "directory": site.directory_url,
        "exit_url": locale.exit,
        "emergency": site.emergency,
        **{name: site.optional_url(name) for name in ("emergency_page", "exit_page", "translation_page", "accessibility_page")},
        "menu": [{"id": part, "entries": [_link(site, page) for page in pages]} for part, pages in _parts(site)],
        "search_index": site.assets.get("search", ""),
        "key": "",
        "is_start": False,
        "alternates": _alternates(site, "chat"),
    }


def page_frame(site: Site, shared: Mapping[str, Any], state: PageState) -> dict[str, Any]:
    """`frame` and what belongs to one page."""
    page = state.page
    part = part_of(page.key)
    beginning = f"{part}/start"
    twin = page.easy or page.full
    return {
        **shared,
        "key": page.key,
        "is_start": page.key == "start",
        "part": part,
        "part_url": site.url(beginning) if beginning in site.content.pages and page.key != beginning else None,
        "alternates": _alternates(site, page.key),
        "source_url": page_url(SOURCE, page.key),
        "title_attrs": _marks(site, state),
        "plain": f"{site.url(page.key).rstrip('/')}.txt" if page.key == site.settings.get("emergency_page") else None,
        "twin": {"url": site.url(twin), "easy": page.easy is not None} if twin in site.content.pages else None,
        "neighbours": _neighbours(site, page),
        "sources": _sources(site, state),
        "fallbacks": state.fallbacks,
        "reviewed": not state.unreviewed,
        "unchecked_numbers": state.unchecked_numbers,
        "needs_find": state.needs_find,
    }


def search_frame(site: Site, shared: Mapping[str, Any]) -> dict[str, Any]:
    """`frame` for the search page."""
    return {**shared, "key": "sok", "alternates": _alternates(site, "sok")}


def _parts(site: Site) -> list[tuple[str, list[Page]]]:
    return parts(site.content.pages, site.settings["parts"])


def _link(site: Site, page: Page) -> Link:
    return Link(page.key, site.url(page.key), site.marked(site.label(page)), site.say("pages", page.description))


def _alternates(site: Site, key: str) -> list[dict[str, str]]:
    """The same page in every language. The chat is no page of ours, so its address has no slash at the end."""
    return [
        {
            "tag": other.tag,
            "name": other.name,
            "direction": other.direction,
            "url": f"/{other.tag}/chat" if key == "chat" else page_url(other.tag, key),
        }
        for other in site.offered
    ]


def _marks(site: Site, state: PageState) -> Markup:
    if state.title.locale == site.locale.tag:
        return Markup("")
    other = KNOWN[state.title.locale]
    return Markup(' lang="{}" dir="{}"').format(other.tag, other.direction)


def _neighbours(site: Site, page: Page) -> list[Link]:
    """The pages that follow in the same part, going round."""
    if page.key == "start":
        return []
    same = next((pages for part, pages in _parts(site) if part == part_of(page.key)), [])
    at = [other.key for other in same].index(page.key)
    return [_link(site, other) for other in [*same[at + 1 :], *same[:at]][:NEIGHBOURS]]


def _sources(site: Site, state: PageState) -> list[dict[str, Any]]:
    tag = site.locale.tag
    found = []
    for number, key in enumerate(state.cited, start=1):
        source = state.page.sources[key]
        date = "" if source.date == "undated" else said_date(source.date, tag)
        found.append({"number": number, "title": source.title, "date": date, "url": source.url})
    return found
