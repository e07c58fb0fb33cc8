"""`POST /api/chat`: one step of a conversation as JSON."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.languages import offered
from api.models import ChatAnswer, ChatRequest, problems
from api.padding import padded_json
from api.problems import Refused
from api.talk import Spoken, Talk


def chat_router(talk: Talk) -> APIRouter:
    """The route, over one conversation partner."""
    router = APIRouter(tags=["chat"])

    @router.post("/api/chat", response_model=ChatAnswer, responses=problems(400, 413, 415, 422, 429, 500, 503), summary="Say or choose something")
    async def chat(asked: ChatRequest) -> Response:
        """Answers a message or a tapped choice; with neither, opens the conversation. Nothing of it is kept."""
        lang = offered(asked.lang)
        if lang is None:
            raise Refused("language")
        try:
            spoken = await talk.answer(lang, asked.message, asked.choice, asked.state)
        except Exception:
            raise Refused("nothing", lang) from None
        return Response(padded_json(answer_fields(spoken)), 200, {"Content-Language": spoken.reply.lang}, "application/json")

    return router


def answer_fields(spoken: Spoken) -> dict[str, Any]:
    """The contract's fields, without the padding."""
    reply = spoken.reply
    fields: dict[str, Any] = {
        "lang": reply.lang,
        "topic": reply.topic,
        "urgent": reply.urgent,
        "messages": [paragraph.plain() for paragraph in reply.paragraphs],
        "message_langs": [paragraph.locale for paragraph in reply.paragraphs],
        "choices": [{"label": choice.label, "value": choice.value} for choice in reply.choices],
        "services": list(reply.services),
        "pages": [{"title": page.title, "url": page.url} for page in reply.pages],
        "suggestions": list(reply.suggestions),
        "notice": reply.notice.plain() if reply.notice else None,
    }
    if reply.detected:
        fields["detected"] = reply.detected
    if spoken.restarted:
        fields["restarted"] = True
    return {**fields, "state": spoken.state}
