"""The HTML of the chat form and of its troubles, put into the site's frame (docs/site.md) or, before the site is built, into a bare one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import Response

from api.padding import padded_html
from api.problems import KINDS, detail
from api.render import Offer
from api.talk import Spoken
from api.words import Words
from content.phone import sms_uri
from translations.locales import KNOWN

_TITLE, _MAIN = "<!--friyta:title-->", "<!--friyta:main-->"
MEDIA_TYPE = "text/html; charset=utf-8"


class Html:
    """Renders pages. Reads the site's frame each time, so that a site built anew is taken up at once."""

    def __init__(self, site_dir: Path) -> None:
        """`site_dir` holds `<locale>/_shell.html` once the site is built."""
        self._site = site_dir
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals.update(direction=lambda tag: KNOWN[tag].direction, sms_uri=sms_uri, ltr=_ltr)

    def chat(self, words: Words, spoken: Spoken, chosen: Offer | None) -> Response:
        """The page after one step of a conversation."""
        main = self._render("chat.html", words, reply=spoken.reply, state=spoken.state, chosen=chosen)
        return self._page(words, words.gettext("Chatt"), main, 200, {})

    def trouble(self, words: Words, kind: str, headers: Mapping[str, str]) -> Response:
        """The page for a problem of api/problems.py."""
        main = self._render("trouble.html", words, detail=detail(kind, words))
        return self._page(words, words.gettext("Chatt"), main, KINDS[kind].status, headers)

    def not_found(self, words: Words) -> Response:
        """Nothing at this address: the site's own page where it is built."""
        try:
            body = (self._site / words.lang / "404.html").read_bytes()
        except OSError:
            return self.trouble(words, "not-found", {})
        return Response(body, 404, {"Content-Language": words.lang}, MEDIA_TYPE)

    def _page(self, words: Words, title: str, main: str, status: int, headers: Mapping[str, str]) -> Response:
        frame = self._frame(words)
        page = frame.replace(_TITLE, str(escape(title))).replace(_MAIN, main)
        body = padded_html(page, len(frame.encode()))
        return Response(body, status, {"Content-Language": words.lang, **headers}, MEDIA_TYPE)

    def _frame(self, words: Words) -> str:
        try:
            frame = (self._site / words.lang / "_shell.html").read_text(encoding="utf-8")
        except OSError:
            return self._render("frame.html", words)
        return frame if _MAIN in frame else self._render("frame.html", words)

    def _render(self, template: str, words: Words, **values: object) -> str:
        return self._templates.get_template(template).render(words=words, gettext=words.gettext, _=words.html, **values)


def _ltr(number: str) -> Markup:
    return Markup('<bdi dir="ltr">{}</bdi>').format(number)
