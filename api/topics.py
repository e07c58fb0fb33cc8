"""`/api/topics`: everything a person can need from the portal, as ids with a label to tap."""

from __future__ import annotations

from fastapi import APIRouter

from api.models import TopicList, problems
from api.params import Lang, known_lang
from api.render import offer_of, page_link
from api.words import Words
from content.load import Content
from content.models import Topic
from translations.catalogs import Catalogs


def topics_router(content: Content, catalogs: Catalogs) -> APIRouter:
    """The route."""
    router = APIRouter(prefix="/api/topics", tags=["directory"])

    @router.get("", response_model=TopicList, responses=problems(422), summary="All topics")
    def topics(lang: Lang = "sv") -> dict[str, object]:
        """The topics in their order; `means` is for those who maintain clients, in English."""
        words = Words(known_lang(lang), content, catalogs)
        return {"topics": [_view(topic, words) for topic in content.topics.values()], "count": len(content.topics)}

    return router


def _view(topic: Topic, words: Words) -> dict[str, object]:
    offer = offer_of(f"topic:{topic.id}", words)
    pages = [page_link(key, words) for key in topic.pages if key in words.content.pages]
    return {
        "id": topic.id,
        "group": topic.group,
        "urgent": topic.urgent,
        "means": topic.means,
        "label": offer.label if offer else None,
        "offers": [service for service in topic.offers if service in words.content.services],
        "pages": [{"title": page.title, "url": page.url} for page in pages],
    }
