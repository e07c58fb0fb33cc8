"""The app over the real content and catalogues, with a small engine in place of the trained one. Nothing here needs rasa."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.settings import Settings
from chatbot.state import BadState, State
from chatbot.turn import Turn
from content.load import Content, load_content
from translations.catalogs import Catalogs

ROOT = Path(__file__).resolve().parents[3]
KEY = "1:" + "A" * 43 + "="
#: A Tuesday at noon.
NOON = dt.datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


class SmallEngine:
    """Answers by one word of the message, the way the real one does; fails on order."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.asked: list[tuple[str | None, str | None, str, State]] = []

    async def respond(self, message: str | None = None, choice: str | None = None, lang: str = "sv", state: State | None = None) -> tuple[Turn, State]:
        """Answer one message or choice."""
        state = state or State()
        self.asked.append((message, choice, lang, state))
        if state.topic not in {"", *self.content.topics}:
            raise BadState("topic")
        if message == "explode":
            raise RuntimeError(f"cannot parse {message}")
        if message == "hang":
            await asyncio.sleep(60)
        if message == "nonsense":
            return Turn("no_such_topic", False, ("phrase:nothing",), (), (), ()), state
        topic = (choice or "").removeprefix("topic:") if (choice or "").startswith("topic:") else "greet"
        urgent = message is not None and "kniv" in message
        if message is not None:
            topic = "emergency_now" if urgent else "shelter" if "sova" in message else "fri_yta"
        district = (choice or "").removeprefix("district:") if (choice or "").startswith("district:") else state.district
        say: tuple[str, ...] = (f"answer:{topic}",)
        if district and choice and choice.startswith("district:"):
            topic, say = state.topic or "find_service", (f"district:{district}",)
        if choice == "say:more":
            topic, say = state.topic or "greet", (f"answer:{state.topic or 'greet'}:more",)
        if choice is not None and choice.startswith("lang:"):
            topic = state.topic or "greet"
            say = (f"answer:{topic}",)
        services = tuple(self.content.topics[topic].offers)
        after = State(topic, urgent or state.urgent, "emergency_now" if urgent else state.urgent_topic, district, turns=state.turns + 1)
        detected = "ar" if message is not None and "\u0627" in message else None
        choices = tuple(self.content.answers[topic].choices)
        return Turn(topic, after.urgent, say, choices, services, tuple(self.content.topics[topic].pages), detected=detected), after


@pytest.fixture(scope="session")
def content() -> Content:
    """The real content."""
    return load_content(ROOT)


@pytest.fixture(scope="session")
def catalogs() -> Catalogs:
    """The real catalogues."""
    return Catalogs.load(ROOT)


@pytest.fixture
def engine(content: Content) -> SmallEngine:
    """A fresh small engine."""
    return SmallEngine(content)


@pytest.fixture
def make_app(content: Content, catalogs: Catalogs, engine: SmallEngine, tmp_path: Path) -> Callable[..., FastAPI]:
    """Builds an app; keyword arguments are settings."""

    def make(**given: Any) -> FastAPI:
        clock = given.pop("clock", lambda: NOON)
        partner = given.pop("engine", engine)
        settings = Settings(**{"keys": KEY, "site_dir": tmp_path / "site", "answer_step_ms": 0, **given})
        return create_app(settings, partner, content, catalogs, clock)

    return make


class Client:
    """Asks an app without a socket, one request at a time. Redirects are not followed, an error of the app is an error of the test."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def __call__(self, method: str, path: str, **given: Any) -> httpx.Response:
        """One request."""

        async def go() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://portal.test") as client:
                return await client.request(method, path, **given)

        return asyncio.run(go())

    def get(self, path: str, **given: Any) -> httpx.Response:
        """GET."""
        return self("GET", path, **given)

    def say(self, message: str | None = None, *, lang: str = "sv", choice: str | None = None, state: str | None = None) -> dict[str, Any]:
        """One step of the chat; fails the test unless it is answered."""
        answer = self("POST", "/api/chat", json={"lang": lang, "message": message, "choice": choice, "state": state})
        assert answer.status_code == 200, answer.text.strip()
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
def client(make_app: Callable[..., FastAPI]) -> Client:
    """A client of an app with ordinary settings."""
    return Client(make_app())
