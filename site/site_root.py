"""The files above the languages: the choice of language, robots.txt, sitemap.xml, security.txt. Pure, from data to text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from site_context import Site, SiteError, page_url

from content.load import Content
from translations.catalogs import Catalogs
from translations.locales import KNOWN, SOURCE

THEME = Path(__file__).with_name("theme")
#: RFC 9116 advises less than a year; shorter than this many days left, the build says so.
WARN_DAYS = 30


def language_choice(
    offered: Sequence[str], content: Content, catalogs: Catalogs, assets: Mapping[str, str], settings: Mapping[str, Any]
) -> str:
    """The page at `/`: every language by its own name, the emergency line in each. Redirects nobody, keeps nothing."""
    environment = Environment(loader=FileSystemLoader(THEME), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    locales = tuple(KNOWN[tag] for tag in offered)
    sites = [Site(locale, locales, content, catalogs, assets, settings) for locale in locales]
    first = next((site for site in sites if site.locale.tag == SOURCE), sites[0])

    def say(msgid: str, site: Site, **values: object) -> Markup:
        return site.say("ui", msgid, **values)

    environment.globals.update(_=say, gettext=lambda text: first.plain("ui", text), asset=first.asset)
    return environment.get_template("choose.html").render(sites=sites, first=first, name=settings["site_name"])


def robots(site_url: str) -> str:
    """Everything may be found, except the conversation."""
    return f"User-agent: *\nDisallow: /api/\nDisallow: /*/chat$\n\nSitemap: {_base(site_url)}/sitemap.xml\n"


def sitemap(site_url: str, keys: Sequence[str], offered: Sequence[str]) -> str:
    """Every page in every language, each naming its fellows (hreflang). Without dates: the same content gives the same bytes."""
    base = _base(site_url)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for key in sorted(keys, key=lambda key: (key != "start", key)):
        fellows = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(tag)} href={quoteattr(base + page_url(tag, key))}/>' for tag in offered
        )
        lines += [f"<url><loc>{escape(base + page_url(tag, key))}</loc>{fellows}</url>" for tag in offered]
    return "\n".join([*lines, "</urlset>", ""])


def security(site_url: str, offered: Sequence[str], settings: Mapping[str, Any], today: dt.date) -> tuple[str, str | None]:
    """`.well-known/security.txt` (RFC 9116), and a warning when it soon runs out. Raises SiteError when it has run out."""
    expires: dt.date = settings["security"]["expires"]
    left = (expires - today).days
    mend = "read the text, then set a new date under extra.security.expires"
    if left < 0:
        raise SiteError(f"site/mkdocs.yml: security.txt ran out on {expires}; {mend}")
    warning = f"site/mkdocs.yml: security.txt runs out in {left} days; {mend}" if left < WARN_DAYS else None
    base = _base(site_url)
    contact = base + page_url(SOURCE if SOURCE in offered else offered[0], settings["security"]["contact_page"])
    lines = [f"Contact: {contact}", f"Expires: {expires.isoformat()}T00:00:00Z", f"Preferred-Languages: {', '.join(_spoken(offered))}",
             f"Canonical: {base}/.well-known/security.txt"]  # fmt: skip
    return "\n".join([*lines, ""]), warning


def _spoken(offered: Sequence[str]) -> list[str]:
    return [tag for tag in ("sv", "en") if tag in offered] or [offered[0]]


def _base(site_url: str) -> str:
    return site_url.rstrip("/")
