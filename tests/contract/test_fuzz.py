"""Anything at all is sent to the running service: it never breaks down, never says back what was sent, never grows.

Seconds here; `make safety-report` runs it for FRIYTA_FUZZ_SECONDS (ten minutes). Two engines: schemathesis, led by /openapi.json, and hypothesis, led by what
people and attackers send to the chat and the form.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.privacy.traces import in_bytes
from tests.serving import Server, built
from translations.locales import LOCALES

SECONDS = float(os.environ.get("FRIYTA_FUZZ_SECONDS", "12"))
#: Said in every request; nobody else has ever written it.
CANARY = f"kanarie{secrets.token_hex(6)}"
#: So much may a process grow after the first requests: arenas of the allocator, caches of templates. A leak of one message a request is far more.
GROWTH = 40 * 1024 * 1024

TEXT = st.one_of(
    st.text(max_size=300),
    st.text(st.characters(categories=("Cc", "Cf", "Co", "Mn", "So", "Lo")), max_size=300),
    st.sampled_from(["/restart", "{{7*7}}", "<script>", "\u202e", "%00", "%s%n", "../../etc/passwd", "' or 1=1 --", "\ud800", "112", "🆘" * 50, "а" * 2001]),
).map(lambda text: f"{text} {CANARY}")
VALUE = st.one_of(TEXT, st.none(), st.integers(), st.floats(allow_nan=False), st.booleans(), st.lists(TEXT, max_size=3), st.dictionaries(TEXT, TEXT, max_size=2))
CHOICE = st.one_of(TEXT, st.sampled_from(["menu", "yes", "say:more", "topic:shelter", "lang:ar", "district:farsta", f"topic:{CANARY}", f"lang:{CANARY}"]))
TOKEN = st.one_of(st.none(), TEXT, st.text("abcXYZ019-_", min_size=500, max_size=560))
LANG = st.one_of(st.sampled_from(list(LOCALES)), TEXT)
JSON = st.one_of(
    st.fixed_dictionaries({"lang": LANG, "message": TEXT, "state": TOKEN}),
    st.fixed_dictionaries({"lang": LANG, "choice": CHOICE, "state": TOKEN}),
    st.fixed_dictionaries({"lang": VALUE}, optional={"message": VALUE, "choice": VALUE, "state": VALUE, CANARY: VALUE}),
    VALUE,
).map(lambda body: json.dumps(body).encode())
BODY = st.one_of(JSON, st.binary(max_size=200).map(lambda body: body + CANARY.encode()), JSON.map(lambda body: body[:-3]))
FORM = st.one_of(
    st.dictionaries(st.sampled_from(["message", "choice", "state", "lang", CANARY]), TEXT, max_size=4).map(
        lambda fields: urlencode(fields, errors="replace").encode()
    ),
    st.binary(max_size=200),
)
KINDS = st.sampled_from(["application/json", "application/json; charset=utf-16", "application/x-www-form-urlencoded", "text/plain", f"x/{CANARY}", ""])
PATHS = st.one_of(
    st.sampled_from(["/", "/sv/", "/hsds/services", "/api/services", "/api/districts", "/health/ready", "/manifest.json", "/sv/chat", "/assets/"]),
    st.text("abcåö/.%-_~ ", max_size=30).map(lambda text: f"/{text}"),
)
QUERY = st.dictionaries(st.sampled_from(["q", "lang", "kind", "audience", "district", "open_at", "page", "per_page", CANARY]), TEXT, max_size=3)
REQUEST = st.one_of(
    st.tuples(st.just("POST"), st.just("/api/chat"), JSON, st.just("application/json")),
    st.tuples(st.just("POST"), st.just("/api/chat"), BODY, KINDS),
    st.tuples(st.just("POST"), st.sampled_from([f"/{tag}/chat" for tag in LOCALES]), FORM, st.just("application/x-www-form-urlencoded")),
    st.tuples(st.sampled_from(["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]), PATHS, st.just(b""), KINDS),
    st.tuples(st.just("GET"), st.builds(lambda path, query: f"{path}?{urlencode(query, errors='replace')}", PATHS, QUERY), st.just(b""), st.just("")),
)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this file's own, whose memory is watched."""
    built()
    with Server(tmp_path_factory.mktemp("fuzzed")) as running:
        yield running


def resident(server: Server) -> int:
    """Bytes of memory the server holds."""
    assert server.process
    return int(psutil.Process(server.process.pid).memory_info().rss)


def test_nothing_that_is_sent_breaks_it_or_comes_back_or_stays(fuzzed: Server, record_property: Callable[[str, object], None]) -> None:
    """If this fails somebody's odd letter or an attack takes the service down, is shown to the next reader, or fills its memory."""
    client = httpx.Client(base_url=fuzzed.base, timeout=30)
    sent = 0

    @given(REQUEST)
    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def send(request: tuple[str, str, bytes, str]) -> None:
        nonlocal sent
        method, path, body, kind = request
        try:
            asked = client.build_request(method, path, content=body, headers={"content-type": kind, "x-said": CANARY})
        except httpx.InvalidURL:
            return
        answer = client.send(asked)
        sent += 1
        assert answer.status_code < 500, (method, path)
        assert in_bytes(answer.content + repr(answer.headers.raw).encode(), [CANARY]) == [], (method, path)

    send()
    before, end = resident(fuzzed), time.monotonic() + SECONDS
    send()
    while time.monotonic() < end:
        send()
    record_property("requests", sent)
    record_property("grown", resident(fuzzed) - before)
    assert fuzzed.say("hej")["choices"]
    assert in_bytes(fuzzed.output().encode(), [CANARY]) == []
    assert resident(fuzzed) - before < GROWTH


def test_what_the_description_allows_never_breaks_it(fuzzed: Server, tmp_path: Path) -> None:
    """If this fails a program written after /openapi.json meets an error of ours, or an answer that the description does not know."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "run", f"{fuzzed.base}/openapi.json", "--max-time", str(int(SECONDS)), "--no-color",
        "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        "--generation-database", "none", "--suppress-health-check", "all",
    ]  # fmt: skip
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS + 120, env={**os.environ, "HOME": str(tmp_path)})
    assert ended.returncode == 0, ended.stdout[-6000:]
    assert "112" in fuzzed.ask({"lang": "sv", "message": "han har kniv"}).text
