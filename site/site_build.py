"""The build of one language: its state from page to page, and the call of MkDocs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError
from markdown.extensions import Extension
from markupsafe import Markup
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.theme import Theme
from site_assets import asset_urls, hashed_name, read_assets
from site_budgets import check
from site_cards import Cards
from site_context import ROOT, PageState, Site, SiteError
from site_directory import Directory, write
from site_doors import Doors
from site_environment import prepare
from site_pack import pack
from site_plain import plain_text
from site_refs import N_, References
from site_search import entry, index_bytes
from site_view import frame, page_frame, search_frame

from content.load import load_content
from translations.catalogs import Catalogs
from translations.locales import KNOWN, LOCALES
from translations.markdown_tree import TranslateBlocks

CONFIG = Path(__file__).with_name("mkdocs.yml")


@dataclass
class LocaleBuild:
    """One language on its way through MkDocs. site_hooks.py calls it at each station."""

    site: Site
    cards: Cards | None = None
    index: list[dict[str, str]] = field(default_factory=list)
    index_data: bytes = b""
    plain: dict[str, str] = field(default_factory=dict)
    shared: dict[str, Any] = field(default_factory=dict)
    current: tuple[PageState, TranslateBlocks] | None = None
    directory: Directory | None = None
    #: Set when only some pages are built anew (site_one.py): their keys, and the address of the index that is there.
    only: frozenset[str] | None = None
    search_index: str = ""

    def take_theme(self, theme: Theme) -> None:
        """Cards are rendered while pages are read, before MkDocs makes its own environment."""
        self.cards = Cards(self.site, prepare(theme.get_env(), self.site))

    def begin(self, page: MkDocsPage) -> Sequence[Extension]:
        """The Markdown extensions for one page, with a fresh record of what it shows."""
        assert self.cards is not None
        source = self.site.content.pages[_key(page)]
        state = PageState(source, self.site.title(source), self.site.text("pages", source.description))
        self.site.states[source.key] = state
        page.meta["title"] = page.title = state.title.value
        page.meta["description"] = state.description.value
        translation = TranslateBlocks.from_catalogs(self.site.catalogs, self.site.locale.tag)
        self.current = state, translation
        extensions: list[Extension] = [translation, References(self.site, self.cards, state)]
        return [*extensions, Doors(self.cards.environment)] if source.key == "start" else extensions

    def finish(self, page: MkDocsPage, html: str) -> str:
        """Counts what is not translated or not reviewed, and adds the page to the index."""
        assert self.current is not None
        state, translation = self.current
        texts = (state.title, state.description)
        state.fallbacks += translation.report.untranslated + sum(text.locale != self.site.locale.tag for text in texts)
        state.unreviewed += translation.report.unreviewed + sum(not text.approved for text in texts)
        # What the menu calls the page is what people look for, though its title may say it in other words.
        heads = [*(item.title for item in page.toc), self.site.label(state.page).value]
        self.index.append(entry(self.site.url(state.page.key), state.title.value, state.description.value, heads, html))
        if state.page.key == self.site.settings.get("emergency_page"):
            self.plain[f"{state.page.key}.txt"] = plain_text(state.title.value, html)
        return self._scrolling(html)

    def _scrolling(self, html: str) -> str:
        """Each table in a frame that scrolls and has a name of its own: with two of one name a screen reader cannot say which it stands in."""
        first, *tables = html.split("<table>")
        said = self.site.plain("ui", N_("Tabell"))
        names = [f"{said} {number}" if len(tables) > 1 else said for number in range(1, len(tables) + 1)]
        frame = Markup('<div class="scroll" role="region" tabindex="0" aria-label="{}"><table>')
        return first + "".join(str(frame.format(name)) + table.replace("</table>", "</table></div>") for name, table in zip(names, tables, strict=True))

    def environment_for(self, environment: Environment) -> Environment:
        """All pages are read: the index is complete and gets its name, the frame that all pages share is made."""
        assert self.cards is not None
        if self.only is not None:
            self.shared = {**frame(self.site), "search_index": self.search_index}
            return prepare(environment, self.site)
        self.directory = Directory(self.site, self.cards.environment)
        self.index += self.directory.entries()
        self.index_data = index_bytes(sorted(self.index, key=lambda page: page["url"]))
        name = hashed_name(f"search-{self.site.locale.tag}.json", self.index_data)
        self.shared = {**frame(self.site), "search_index": f"/assets/{name}"}
        return prepare(environment, self.site)

    def page_view(self, page: MkDocsPage) -> dict[str, Any]:
        """What `site` is in the template of a page."""
        return page_frame(self.site, self.shared, self.site.states[_key(page)])

    def template_view(self, name: str) -> dict[str, Any]:
        """What `site` is in the templates beside the pages."""
        return search_frame(self.site, self.shared) if name.startswith("sok/") else self.shared

    def check(self, name: str, found: re.Match[str] | None) -> None:
        """Raises SiteError for inline style or script, or an address elsewhere that the browser would load."""
        if found is not None:
            raise SiteError(f"{name}: the page would hold `{found[0][:80]}`, which the content security policy refuses; take it out")


def _key(page: MkDocsPage) -> str:
    return page.file.src_uri.removesuffix(".md")


def new_build(tag: str, offered: Sequence[str], settings: dict[str, Any]) -> LocaleBuild:
    """Loads what one language needs. Raises ContentError for broken content or catalogues."""
    locales = tuple(KNOWN[other] for other in offered)
    catalogs = Catalogs.load(ROOT, locales=(tag,))
    return LocaleBuild(Site(KNOWN[tag], locales, load_content(ROOT), catalogs, asset_urls(read_assets()), settings))


def standalone(config: MkDocsConfig) -> LocaleBuild:
    """For `mkdocs build -f site/mkdocs.yml` without build.py: one language, `extra.locale`."""
    return new_build(str(config.extra["locale"]), list(LOCALES), dict(config.extra))


def build_locale(tag: str, offered: Sequence[str], out: Path) -> bytes:
    """Builds one language into `out` and gives back its search index. Runs in a process of its own.

    Raises SiteError with what MkDocs said, or with every page that is heavier than its budget.
    """
    try:
        config = load_config(str(CONFIG), site_dir=str(out))
        build = new_build(tag, offered, dict(config.extra))
        config.extra["build"] = build
        mkdocs_build(config)
        for name, text in build.plain.items():
            (out / name).write_text(text, encoding="utf-8")
        for path in sorted([*out.rglob("*.html"), *out.rglob("*.txt")]):
            pack(path)
        assert build.directory is not None
        write(build.directory, build.shared, config, out)
        check(out, tag, {hashed_name(name, data): data for name, data in read_assets().items()}, build.index_data)
    except (Abort, MkDocsException) as error:
        raise SiteError(f"{tag}: MkDocs stopped: {error}") from error
    except TemplateError as error:
        raise SiteError(f"{tag}: a template of site/theme cannot be rendered: {error}") from error
    return build.index_data
