"""`GET|POST /{lang}/chat`: the same conversation as a plain HTML form. Works without JavaScript and in a text browser.

The state travels in a hidden field. What was written is shown nowhere, so that the page can be left open on a table.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.clean import LONGEST
from api.html import Html
from api.render import offer_of
from api.talk import Talk
from api.words import Words
from content.load import Content
from translations.catalogs import Catalogs
from translations.locales import LOCALES

_FIELDS = ("message", "choice", "state")
_LONGEST_CHOICE, _MOST_FIELDS = 80, 20


def form_router(talk: Talk, html: Html, content: Content, catalogs: Catalogs) -> APIRouter:
    """The routes, over one conversation partner."""
    router = APIRouter(include_in_schema=False)

    def add(lang: str) -> None:
        async def begin() -> Response:
            """A new conversation: greeting and menu."""
            return await step(lang, {})

        async def go_on(request: Request) -> Response:
            """The next step: a tapped choice, or else what was written."""
            try:
                pairs = parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
            except ValueError:
                return html.trouble(Words(lang, content, catalogs), "malformed", {})
            return await step(lang, {name: value for name, value in pairs if name in _FIELDS})

        router.add_api_route(f"/{lang}/chat", begin, methods=["GET", "HEAD"])
        router.add_api_route(f"/{lang}/chat", go_on, methods=["POST"])

    async def step(lang: str, sent: dict[str, str]) -> Response:
        words = Words(lang, content, catalogs)
        choice = sent.get("choice", "")[:_LONGEST_CHOICE] or None
        # A field of a form is always sent: a tapped choice stands, whatever was begun in the text field.
        message = None if choice else sent.get("message")
        if message is not None:
            message = message.replace("\r\n", "\n")  # as browsers send line breaks; they count one sign
            if len(message) > LONGEST:
                return html.trouble(words, "too-long", {})
        try:
            spoken = await talk.answer(lang, message, choice, sent.get("state"))
        except Exception:
            return html.trouble(words, "nothing", {})
        answered = Words(spoken.reply.lang, content, catalogs)
        return html.chat(answered, spoken, offer_of(choice, answered) if choice else None)

    for tag in LOCALES:
        add(tag)
    return router
