"""`GET|POST /{lang}/chat`: the same conversation as a plain HTML form. Works without JavaScript and in a text browser.

The state travels in a hidden field. What was written is shown nowhere, so that the page can be left open on a table.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.clean import LONGEST
from api.html import Html
from api.languages import offered, preferred
from api.render import offer_of
from api.talk import Talk
from api.words import Words
from content.load import Content
from translations.catalogs import Catalogs

_FIELDS = ("message", "choice", "state")
_LONGEST_CHOICE = 80


def form_router(talk: Talk, html: Html, content: Content, catalogs: Catalogs) -> APIRouter:
    """The routes, over one conversation partner."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/{lang}/chat", methods=["GET", "HEAD"])
    async def begin(lang: str, request: Request) -> Response:
        """A new conversation: greeting and menu."""
        return await step(lang, request, {})

    @router.post("/{lang}/chat")
    async def go_on(lang: str, request: Request) -> Response:
        """The next step: a tapped choice, or else what was written."""
        try:
            pairs = parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
        except ValueError:
            return html.trouble(Words(offered(lang) or "sv", content, catalogs), "malformed", {})
        return await step(lang, request, {name: value for name, value in pairs if name in _FIELDS})

    async def step(lang: str, request: Request, sent: dict[str, str]) -> Response:
        if offered(lang) is None:
            return html.not_found(Words(preferred(request.headers.get("accept-language")), content, catalogs))
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
        except Exception:  # noqa: BLE001 - not even the answer for failures could be said
            return html.trouble(words, "nothing", {})
        answered = Words(spoken.reply.lang, content, catalogs)
        return html.chat(answered, spoken, offer_of(choice, answered) if choice else None)

    return router
