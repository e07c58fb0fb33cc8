"""What goes over the wire: sizes, headers, limits and every way of sending it wrong, at a real socket."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.serving import ROOT, Server, built

CANARY = "kanariefagel-7731"


def raw(server: Server, request: bytes, seconds: float = 10) -> bytes:
    """What comes back for bytes on a socket."""
    host, _, port = server.base.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), seconds) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(65536):
            answer += part
            head, _, body = answer.partition(b"\r\n\r\n")
            length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), None)
            if length is not None and len(body) >= length:
                break
    return answer


def test_every_topic_has_one_size_and_no_header_tells(server: Server) -> None:
    """If this fails who watches the wire can tell what somebody asked."""
    topics = [topic["id"] for topic in server.get("/api/topics").json()["topics"]]
    answers = [server.ask({"lang": lang, "choice": f"topic:{topic}"}) for topic in topics for lang in ("sv", "en", "ar")]
    assert {len(answer.content) % 4096 for answer in answers} == {0}
    assert len({len(answer.content) for answer in answers}) <= 2
    for answer in answers:
        assert set(answer.headers) <= {
            "date", "content-type", "content-length", "content-language", "cache-control", "content-security-policy", "referrer-policy",
            "x-content-type-options", "permissions-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "x-dns-prefetch-control",
            "request-otr",
        }  # fmt: skip
        assert "no-store" in answer.headers["cache-control"]


def test_pages_of_the_form_have_one_size(server: Server) -> None:
    """If this fails the same without JavaScript."""
    topics = [topic["id"] for topic in server.get("/api/topics").json()["topics"]]
    assert len({len(server.form("ar", {"choice": f"topic:{topic}"}).content) for topic in topics}) <= 2


@pytest.mark.parametrize("path", ["/api/chat", "/sv/chat"])
def test_a_megabyte_is_refused_before_it_is_sent(path: str, server: Server) -> None:
    """If this fails a few large requests fill the server's memory."""
    kind = "application/json" if path == "/api/chat" else "application/x-www-form-urlencoded"
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: 1000000\r\n\r\n"
    assert raw(server, head.encode()).startswith(b"HTTP/1.1 413")
    chunked = head.replace("Content-Length: 1000000", "Transfer-Encoding: chunked").encode() + b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
    assert raw(server, chunked).startswith(b"HTTP/1.1 413")


def test_a_client_that_sends_it_all_still_reads_the_answer(server: Server) -> None:
    """If this fails a person whose text is too long sees a broken connection instead of what to do."""
    for size in (9_000, 100_000):
        answer = server.ask({"lang": "en", "message": CANARY * (size // 17)})
        assert answer.status_code == 413
        assert CANARY not in answer.text


BAD: list[tuple[str, bytes, str, int]] = [
    ("no JSON", CANARY.encode(), "application/json", 400),
    ("wrong types", json.dumps({"lang": "sv", "message": [CANARY]}).encode(), "application/json", 422),
    ("3,000 characters", json.dumps({"lang": "sv", "message": "x" * 3000}).encode(), "application/json", 422),
    ("unknown language", json.dumps({"lang": CANARY, "message": "hej"}).encode(), "application/json", 422),
    ("both", json.dumps({"lang": "sv", "message": CANARY, "choice": "menu"}).encode(), "application/json", 422),
    ("not JSON by its type", json.dumps({"lang": "sv", "message": CANARY}).encode(), "text/plain", 415),
]


@pytest.mark.parametrize(("body", "kind", "status"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_each_wrong_request_has_its_problem(body: bytes, kind: str, status: int, server: Server) -> None:
    """If this fails a client cannot tell what to do, or somebody's words come back."""
    answer = httpx.post(f"{server.base}/api/chat", content=body, headers={"content-type": kind})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(answer.json())
    assert CANARY not in answer.text


@pytest.mark.parametrize(
    "message", ['/emergency_now{"district": "x"}', "/restart", "<script>alert(1)</script>", "\u0000\u0007", "\u202eneb\u202c", "{{7*7}}", "%s%n", "\u0301" * 999]
)
def test_odd_text_is_only_words(message: str, server: Server) -> None:
    """If this fails a command or markup in a message does something."""
    answer: dict[str, Any] = server.say(message)
    assert answer["choices"]
    said = json.dumps({key: value for key, value in answer.items() if key != "state"}, ensure_ascii=False)
    assert message.strip("\u0000\u0007") not in said or not message.strip("\u0000\u0007")


def test_a_command_of_rasa_is_read_as_words(server: Server) -> None:
    """If this fails a slash in a message can make the bot say that all is well in the middle of danger."""
    urgent = server.say("han har kniv och är utanför dörren")
    assert urgent["urgent"] is True
    assert server.say("/safe_now", state=urgent["state"])["urgent"] is True


def test_unknown_paths_and_verbs(server: Server) -> None:
    """If this fails a mistyped address ends in something nobody expects."""
    assert httpx.put(f"{server.base}/api/chat", content=b"x").status_code == 405
    assert server.get("/api/chat").status_code == 405
    assert server.get("/api/none").status_code == 404
    assert server.get("/xx/chat").status_code == 404
    page = server.get("/ar/none", headers={"accept": "text/html"})
    assert page.status_code == 404 and 'dir="rtl"' in page.text
    assert raw(server, b"BREW / HTTP/9.9\r\n\r\n").startswith(b"HTTP/1.1 400")


def test_the_server_serves_what_was_built(server: Server) -> None:
    """If this fails chat and site are not on one port."""
    assert server.get("/health/ready").json() == {"status": "ok", "engine": True, "site": True}
    assert 'lang="ar"' in server.get("/", headers={"accept-language": "ar"}).text
    assert 'id="exit"' in server.get("/sv/chat").text and 'id="chat-words"' in server.get("/sv/chat").text
    assert server.get("/hsds/services").json()["total_items"] > 20
    assert server.get("/robots.txt").status_code == 200


def test_too_many_from_one_source_are_told_whom_to_call(tmp_path: Path) -> None:
    """If this fails a flood either stops the service, or a person in it is told nothing useful."""
    built()
    with Server(tmp_path, per_source=3) as slow:
        answers = [slow.ask({"lang": "sv", "message": CANARY}) for _ in range(5)]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert len(refused) == 2
        assert "112" in refused[0].json()["detail"] and int(refused[0].headers["retry-after"]) >= 1
        assert slow.get("/health/live").status_code == 200


def test_a_taken_port_and_a_wrong_key_are_one_clear_line(server: Server, tmp_path: Path) -> None:
    """If this fails whoever runs the service has to read a traceback."""
    port = server.base.rpartition(":")[2]
    for settings, says in (({"FRIYTA_PORT": port}, port), ({"FRIYTA_KEYS": "1:abc", "FRIYTA_PORT": "0"}, "FRIYTA_KEYS")):
        env = {"PATH": "/usr/bin", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", "HOME": str(tmp_path), **settings}
        ended = subprocess.run([sys.executable, "-m", "api.server"], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
        assert ended.returncode == 1
        lines = [line for line in ended.stderr.splitlines() if line.strip()]
        assert len(lines) == 1 and says in lines[0]


def test_it_ends_in_order(tmp_path: Path) -> None:
    """If this fails updates of the service cut people off."""
    built()
    running = Server(tmp_path).start()
    assert running.say("hej")
    assert running.stop() in (0, -15)
