"""Every error has one shape, the right status, the reader's language, and nothing of what was sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

CANARY = "kanariefagel-7731"
JSON = {"content-type": "application/json"}


def body(**fields: object) -> bytes:
    """A request with some fields."""
    return json.dumps({"lang": "sv", "message": None, "choice": None, "state": None, **fields}).encode()


CASES: list[tuple[str, str, dict[str, Any], int]] = [
    ("no JSON", "/api/chat", {"content": CANARY.encode(), "headers": JSON}, 400),
    ("half JSON", "/api/chat", {"content": b'{"lang": "sv", "message": "' + CANARY.encode(), "headers": JSON}, 400),
    ("bytes that are no text", "/api/chat", {"content": b"\xff\xfe\x00", "headers": JSON}, 400),
    ("deep nesting", "/api/chat", {"content": b"[" * 8000, "headers": JSON}, 400),
    ("nothing", "/api/chat", {"content": b"", "headers": JSON}, 422),
    ("a list", "/api/chat", {"content": b'["' + CANARY.encode() + b'"]', "headers": JSON}, 422),
    ("a number for a message", "/api/chat", {"content": body(message=7731), "headers": JSON}, 422),
    ("an object for a message", "/api/chat", {"content": body(message={CANARY: 1}), "headers": JSON}, 422),
    ("half a character", "/api/chat", {"content": b'{"lang":"sv","message":"\\ud800"}', "headers": JSON}, 422),
    ("an empty message", "/api/chat", {"content": body(message=""), "headers": JSON}, 422),
    ("3,000 characters", "/api/chat", {"content": body(message=(CANARY * 200)[:3000]), "headers": JSON}, 422),
    ("message and choice", "/api/chat", {"content": body(message=CANARY, choice="menu"), "headers": JSON}, 422),
    ("unknown language", "/api/chat", {"content": body(lang=CANARY, message="hej"), "headers": JSON}, 422),
    ("language not yet offered", "/api/chat", {"content": body(lang="xx"), "headers": JSON}, 422),
    ("no language", "/api/chat", {"content": b'{"message":"hej"}', "headers": JSON}, 422),
    ("a number for a state", "/api/chat", {"content": body(state=12), "headers": JSON}, 422),
    ("9 KiB", "/api/chat", {"content": body(message=CANARY * 600), "headers": JSON}, 413),
    ("text", "/api/chat", {"content": body(message=CANARY), "headers": {"content-type": "text/plain"}}, 415),
    (
        "JSON in another alphabet",
        "/api/chat",
        {"content": body(message="hej"), "headers": {"content-type": "application/json; charset=utf-16"}},
        415,
    ),
    ("no type", "/api/chat", {"content": body(message=CANARY), "headers": {"content-type": ""}}, 415),
    ("a form", "/api/chat", {"data": {"message": CANARY}}, 415),
    ("a path that is not there", f"/api/{CANARY}", {"content": b"x"}, 404),
    ("a verb that is not there", "/api/services", {"content": CANARY.encode()}, 405),
]


@pytest.mark.parametrize(("path", "given", "status"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_wrong_request_has_its_problem(path: str, given: dict[str, Any], status: int, client: Any) -> None:
    """If this fails a client cannot tell what to do, or a person's words come back in an error that is logged somewhere."""
    answer = client("POST", path, **given)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert "no-store" in answer.headers["cache-control"]
    found = answer.json()
    assert {"type", "title", "status", "detail"} <= set(found)
    assert found["status"] == status
    assert CANARY not in answer.text and "7731" not in answer.text
    if path == "/api/chat":
        assert len(answer.content) % 4096 == 0


def test_the_detail_is_in_the_readers_language(client: Any, content: Any) -> None:
    """If this fails somebody who reads no Swedish is told in Swedish what to mend."""
    swedish = client("POST", "/api/chat", content=body(message="x" * 2001), headers=JSON).json()["detail"]
    assert swedish == content.phrases["too_long"]
    for given in ({"content": body(lang="en", message="x" * 2001)}, {"content": b"", "headers": {**JSON, "accept-language": "en"}}):
        answer = client("POST", "/api/chat", **{"headers": JSON, **given})
        assert answer.headers["content-language"] == "en"
    assert client.get("/api/services/none?lang=en").headers["content-language"] == "en"


def test_too_many_at_once_are_told_whom_to_call(make_app: Callable[..., Any], client: Any) -> None:
    """If this fails an overloaded service tells a person in danger only that it is busy."""
    client.app = make_app(per_source=1)
    assert client("POST", "/api/chat", content=body(message="hej"), headers=JSON).status_code == 200
    answer = client("POST", "/api/chat", content=body(message=CANARY), headers=JSON)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert "112" in answer.json()["detail"]
    page = client("POST", "/sv/chat", data={"message": CANARY})
    assert page.status_code == 429
    assert "tel:112" in page.text and CANARY not in page.text


def test_an_unforeseen_failure_says_an_id_and_no_more(make_app: Callable[..., Any], client: Any, monkeypatch: Any, caplog: Any) -> None:
    """If this fails a failure prints what somebody wrote into a log."""
    app = make_app()
    monkeypatch.setattr("api.districts._view", lambda *given: (_ for _ in ()).throw(RuntimeError(CANARY)))
    client.app = app
    answer = client.get("/api/districts")
    found = answer.json()
    assert answer.status_code == 500
    assert "112" in found["detail"]
    assert found["error_id"] in caplog.text
    assert "RuntimeError" in caplog.text and "tests/unit/api" in caplog.text
    assert CANARY not in caplog.text + answer.text


def test_the_server_refuses_to_start_without_its_last_words(make_app: Callable[..., Any], content: Any, catalogs: Any) -> None:
    """If this fails a missing phrase is noticed only when somebody needs it."""
    from dataclasses import replace

    from api.app import create_app
    from api.settings import Settings
    from api.words import MissingWords

    services = {key: value for key, value in content.services.items() if key != "nodnummer-112"}
    with pytest.raises(MissingWords, match=r"nodnummer-112\.yaml"):
        create_app(Settings(), None, replace(content, services=services), catalogs)
    phrases = {key: value for key, value in content.phrases.items() if key != "busy"}
    with pytest.raises(MissingWords, match="busy"):
        create_app(Settings(), None, replace(content, phrases=phrases), catalogs)
