"""The directory of one language: a page and a card for each service, the list with its filters, the lists by choice. docs/site.md says more.

MkDocs makes pages of Markdown; these are made of data, straight from the templates, so that 5,000 services cost thousands of small
renderings and not thousands of MkDocs pages. The frame is rendered once; titles and texts are put at its marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape
from site_context import DIRECTORY as KEY
from site_context import Site, SiteError, page_url
from site_directory_guard import guard
from site_directory_hours import Window, build_day, window_of
from site_directory_lists import FACETS, choices_of, facet_values, groups_of
from site_directory_needs import Needs, needs
from site_directory_qr import qr_svg
from site_directory_view import RESERVED, ServiceView, Views, page_of, service_key
from site_pack import pack
from site_refs import N_
from site_search import entry
from site_words import day_names

from content.load import Content
from translations.locales import KNOWN, SOURCE

#: The articles of every service in one file: the list shows a service in place, and the server does not learn which.
BUNDLE = "alla.json"
#: The form to choose with, what each service answers to, and when it is open.
CHOICES = "val.json"
#: Brotli's best takes fifty times as long as this for a tenth of the size; these pages are many.
QUALITY = 7
_MARKS = {"title": "\u2060title\u2060", "description": "\u2060description\u2060", "main": "\u2060main\u2060"}
_PLACE = "\u2060place\u2060"


@dataclass(frozen=True)
class Facet:
    """One kind of choice: its page."""

    id: str
    name: Markup
    lead: Markup | None
    url: str


class Directory:
    """Makes every page of the directory in one language."""

    def __init__(self, site: Site, environment: Environment, window: Window | None = None) -> None:
        """`environment` is one of the theme's, prepared for the language. Raises SiteError for a service whose name is taken."""
        self.site, self.environment = site, environment
        self.window = window or window_of(build_day())
        taken = sorted(RESERVED & set(site.content.services))
        if taken:
            raise SiteError(f"content/services/{taken[0]}.yaml: the id is the name of a list of the directory; choose another")
        views = Views(site, environment, self.window)
        self.views: dict[str, ServiceView] = {service.id: views.view(service) for service in site.content.services.values()}
        self.needs: Needs = needs(site.content, self.window.aged)
        self.articles = {name: self._article(view) for name, view in self.views.items()}

    # ---- What others ask for

    def entries(self) -> list[dict[str, str]]:
        """The directory in the search index. The addresses lead to the list, which opens the service in place: a fragment is never sent."""
        name = self.site.plain("ui", N_("Hjälp och stöd"))
        found = [entry(self.site.url(KEY), name, self.site.plain("ui", _LEAD), [], "")]
        for view in self.views.values():
            service = view.service
            # Without the description, which would double the index: what a service is for stands in its summary.
            said = self.site.plain("services", service.eligibility) if service.eligibility else ""
            other = [*service.alternate_names, service.organization]
            one = entry(f"{self.site.url(KEY)}#{service.id}", service.name, self.site.plain("services", service.summary), other, str(escape(said)))
            guard(service, "the search index", str(escape(" \n".join(one.values()))))
            found.append(one)
        return found

    def files(self, shared: Mapping[str, Any], config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Every file of the directory, by its path below the language: pages, cards and the bundle."""
        put = self._frame(shared, config)
        title = self.site.plain("ui", N_("Hjälp och stöd"))  # of every page: the name of a service would stand in the history
        facets = self._facets()
        yield f"{KEY}/index.html", put(title, self.site.plain("ui", _LEAD), self._list(facets), KEY)
        for facet in facets:
            key = f"{KEY}/urval/{facet.id}"
            yield f"{key}/index.html", put(title, "", self._facet(facet), key)
        for view in self.views.values():
            key = service_key(view.id)
            path = self._path(self.site.url(KEY), None)
            yield f"{key}/index.html", put(title, "", path + self.articles[view.id], key)
            if view.numbers and view.service.status != "ended":
                yield f"{key}/kort/index.html", put(title, "", self._card(view, str(config["site_url"] or "")), f"{key}/kort")
        yield f"{KEY}/{BUNDLE}", _json(self.articles)
        yield f"{KEY}/{CHOICES}", _json(self._choices())

    # ---- Pieces

    def _article(self, view: ServiceView) -> Markup:
        made = self._render("directory/service.html", view=view, site=page_of(self.site, view), aliases=self._aliases)
        guard(view.service, "its page", made)
        return made

    def _choices(self) -> dict[str, object]:
        form = self._render("directory/choices.html", choices=choices_of(self.site.content, self.needs))
        entries = [entry for group in groups_of(self.needs, self.views) for entry in group.entries]
        return {"form": form, "services": {entry.id: [entry.filter, entry.hours] for entry in entries}}

    def _list(self, facets: list[Facet]) -> Markup:
        listed = [self.views[service.id] for service in self.needs.listed]
        name = self.site.text("ui", N_("Hjälp och stöd"))
        notes = {
            **{"is_source": self.site.locale.is_source, "reviewed": not any(view.unreviewed for view in listed)},
            "fallbacks": sum(view.fallbacks for view in listed) + (name.locale != self.site.locale.tag),
            "unchecked_numbers": any(view.unchecked_numbers for view in listed),
            "source_url": page_url(SOURCE, KEY),
        }
        return self._render(
            "directory/list.html", site=notes, facets=facets, groups=groups_of(self.needs, self.views), top=None, above=None,
            bundle=f"{self.site.url(KEY)}{BUNDLE}", choices=f"{self.site.url(KEY)}{CHOICES}",
        )  # fmt: skip

    def _facet(self, facet: Facet) -> Markup:
        values = facet_values(facet.id, self.site.content, self.needs, self.views)
        return self._render("directory/facet.html", facet=facet, values=values, top=self.site.url(KEY), above=None)

    def _card(self, view: ServiceView, site_url: str) -> Markup:
        address = site_url.rstrip("/") + view.url
        above = {"url": view.url, "name": Markup('<bdi lang="sv">{}</bdi>').format(view.service.name)}
        made = self._render(
            "directory/card.html", view=view, qr=qr_svg(address), address=address, emergency=self.site.emergency, top=self.site.url(KEY), above=above
        )
        guard(view.service, "its card", made)
        return made

    def _path(self, top: str | None, above: Mapping[str, object] | None) -> Markup:
        return self._render("directory/path.html", top=top, above=above)

    def _facets(self) -> list[Facet]:
        leads = {"stadsdel": self.site.say("ui", N_("Stöd som gäller hela staden eller hela landet gäller också dig. De står i de andra listorna."))}
        names = {"behov": _BY_NEED, "vem": _BY_PERSON, "sprak": _BY_LANGUAGE, "stadsdel": _BY_DISTRICT, "kontakt": _BY_CONTACT,
                 "anonym": _BY_ANONYMITY, "oppet": _BY_HOURS}  # fmt: skip
        return [Facet(one, self.site.say("ui", names[one]), leads.get(one), self.site.url(f"{KEY}/urval/{one}")) for one in FACETS]

    def _aliases(self, service: Any) -> Markup:
        comma = str(self.environment.globals["comma"])
        return Markup('<bdi lang="sv">{}</bdi>').format(comma.join(service.alternate_names))

    def _render(self, template: str, **values: object) -> Markup:
        html = self.environment.get_template(template).render(
            number=self.site.number, service_url=self.site.service_url, districts=self.site.content.districts,
            plain_phrase=lambda key: self.site.phrase(key).striptags(), home=self.site.url("start"), **values,
        )  # fmt: skip
        return Markup(html)  # our own template, which escapes what it is given

    def _frame(self, shared: Mapping[str, Any], config: Mapping[str, Any]) -> Any:
        """The frame as a function of title, description, main text and key."""
        site = {**shared, "key": _PLACE, "alternates": [_alternate(other.tag) for other in self.site.offered]}
        days = [str(day) for day in KNOWN[self.site.locale.tag].cldr().days["format"]["wide"].values()]
        frame = self._render("directory/frame.html", site=site, config=config, page=None, marks=_MARKS, days=days or day_names(self.site.locale.tag))
        before, after = frame.split(_MARKS["main"])

        def put(title: str, description: str, main: str, key: str) -> str:
            head = before.replace(_MARKS["title"], escape(title)).replace(_MARKS["description"], escape(description))
            return str(head.replace(_PLACE, key) + main + after)

        return put


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _alternate(tag: str) -> dict[str, str]:
    other = KNOWN[tag]
    return {"tag": tag, "name": other.name, "direction": other.direction, "url": page_url(tag, _PLACE)}


def page_keys(content: Content) -> list[str]:
    """The keys of the directory's pages, for the sitemap. Cards and lists by choice are left to the pages that lead to them."""
    return [KEY, *(service_key(name) for name in content.services)]


def write(directory: Directory, shared: Mapping[str, Any], config: Mapping[str, Any], out: Path) -> None:
    """Writes every file of the directory below `out`, each also compressed."""
    for name, text in directory.files(shared, config):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        pack(path, QUALITY)


#: Translators: sentence under the heading of the directory of all services, and its description for search engines
_LEAD = N_("Här står alla stöd som vi känner till, med nummer, tider och vad det kostar och visar.")
# Translators: links to lists of the same services, sorted in seven ways
_BY_NEED = N_("Efter vad det gäller")
_BY_PERSON = N_("Efter vem du är")
_BY_LANGUAGE = N_("Efter språk")
_BY_DISTRICT = N_("Efter stadsdel")
_BY_CONTACT = N_("Efter hur du vill ha kontakt")
_BY_ANONYMITY = N_("Efter om du får vara anonym")
_BY_HOURS = N_("Efter när det är öppet")
