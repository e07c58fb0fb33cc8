"""MkDocs hooks: what happens to a page on its way through MkDocs. `config.extra["build"]` holds the build of the language at hand.

MkDocs reads all pages first (on_page_markdown, on_page_content) and renders them afterwards (on_page_context), so whatever a page's
Markdown has shown - numbers nobody has tried, blocks still in Swedish - is known when its template asks.
"""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from site_build import LocaleBuild, standalone

from content.addresses import address_of
from translations.markdown_tree import MARKDOWN_EXTENSIONS, markdown_configs

TEMPLATES = ("404.html", "_shell.html", "sok/index.html")
_FORBIDDEN = re.compile(r"<[^>]*\s(style|on[a-z]+)\s*=|<style|<script(?![^>]*\ssrc=)|\s(?:src|srcset)=\"(?:https?:)?//", re.IGNORECASE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Takes in the Markdown of this portal and says which frames beside the pages are rendered."""
    if not isinstance(config.extra.get("build"), LocaleBuild):
        config.extra["build"] = standalone(config)
    config.markdown_extensions = list(MARKDOWN_EXTENSIONS)
    # Without the setting, columns are aligned by style attributes, which the content security policy refuses.
    config.mdx_configs = {**markdown_configs(), "tables": {"use_align_attribute": True}}
    config.theme.static_templates = set(TEMPLATES) if _build(config).only is None else set()
    _build(config).take_theme(config.theme)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leaves only the pages: nothing of what Material brings along is served. The start page becomes the language's first page;
    a page whose name would tell lies at another address."""
    for file in list(files):
        if not file.is_documentation_page() or not _wanted(_build(config), file.src_uri.removesuffix(".md")):
            files.remove(file)
        elif file.src_uri == "start.md":
            file.dest_uri = "index.html"
            file.url = "./"
        elif (address := address_of(key := file.src_uri.removesuffix(".md"))) != key:
            file.dest_uri = f"{address}/index.html"
            file.url = f"{address}/"
    return files


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Sets the page's extensions (translation, references) for the one conversion that follows."""
    build = _build(config)
    config["markdown_extensions"] = [*MARKDOWN_EXTENSIONS, *build.begin(page)]  # Python-Markdown takes objects beside names
    return markdown


def on_page_content(html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Notes what the conversion has shown, and puts the page into the search index."""
    return _build(config).finish(page, html)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Gives the templates our functions, and writes the index that the search page names."""
    return _build(config).environment_for(env)


def on_page_context(context: dict[str, Any], page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """What the template of a page sees."""
    return {**context, "site": _build(config).page_view(page)}


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """What the templates beside the pages see."""
    return {**context, "site": _build(config).template_view(template_name)}


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Refuses what the strict content security policy would refuse in the browser, while an editor is still looking."""
    _build(config).check(page.file.src_uri, _FORBIDDEN.search(output))
    return output


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The same for the templates beside the pages."""
    _build(config).check(template_name, _FORBIDDEN.search(output_content))
    return output_content


def _wanted(build: LocaleBuild, key: str) -> bool:
    return build.only is None or key in build.only


def _build(config: MkDocsConfig) -> LocaleBuild:
    build = config.extra["build"]
    assert isinstance(build, LocaleBuild)
    return build
