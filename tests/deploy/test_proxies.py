"""Caddy with the shipped configuration before a real copy: the same promises as the service's own, and not a line about anybody."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from api.guards import HEADERS, NEVER_KEPT
from tests.deploy.rehearsal import free_ports, until_open
from tests.serving import ROOT, SITE, Server, built

CADDYFILE = ROOT / "deploy" / "proxy" / "Caddyfile"
CANARY = "kanariefågel-4711"


@dataclass(frozen=True)
class Front:
    """Caddy, running."""

    base: str
    out: Path
    copy: Server

    def get(self, path: str, **given: object) -> httpx.Response:
        return httpx.get(self.base + path, timeout=20, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Caddy before one copy; a second address has nobody behind it."""
    built()
    folder, (port, nobody) = tmp_path_factory.mktemp("caddy"), free_ports(2)
    with Server(folder / "copy", proxies="127.0.0.1") as copy:
        environment = {
            **os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "SITE_ADDRESS": f"http://127.0.0.1:{port}",
            "SITE_DIR": str(SITE), "COPIES": f"127.0.0.1:{nobody} {copy.base.removeprefix('http://')}",
        }  # fmt: skip
        out = folder / "out"
        with out.open("wb") as file:
            process = subprocess.Popen(["caddy", "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"], env=environment, stdout=file, stderr=file)
        try:
            until_open(port)
            yield Front(f"http://127.0.0.1:{port}", out, copy)
        finally:
            process.terminate()
            process.wait(20)


def style() -> str:
    return next(f"/assets/{path.name}" for path in (SITE / "assets").glob("site.*.css"))


@pytest.mark.parametrize("path", ["/sv/", "/sv/hjalp/akut/", "/sv/hjalp/akut.txt", "/sv/chat", "/health/ready", "/robots.txt", "/api/topics", "/sv/finns-inte/"])
def test_the_front_promises_what_the_service_promises(front: Front, path: str) -> None:
    """A page that comes from the proxy's disk without the policy, or with an ETag, would undo what the service is careful about."""
    answer, own = front.get(path, headers={"accept": "text/html"}), front.copy.get(path, headers={"accept": "text/html"})
    assert answer.status_code == own.status_code
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, name
    assert answer.headers["cache-control"] == own.headers["cache-control"] == NEVER_KEPT
    assert answer.headers["content-type"].partition(";")[0] == own.headers["content-type"].partition(";")[0]
    assert not {"etag", "last-modified", "server", "set-cookie"} & {name.lower() for name in answer.headers}


def test_style_is_kept_by_no_browser_and_comes_as_it_was_compressed(front: Front) -> None:
    """Style kept in the browser's cache names the portal on the phone for a year; and no proxy should spend its time compressing."""
    for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
        with httpx.stream("GET", front.base + style(), headers={"accept-encoding": encoding}) as answer:
            assert b"".join(answer.iter_raw()) == (SITE / (style().lstrip("/") + suffix)).read_bytes()
        assert answer.headers["cache-control"] == NEVER_KEPT
        assert "accept-encoding" in answer.headers["vary"].lower()


@pytest.mark.parametrize("path", ["/sv/_shell.html", "/sv/index.html.br", "/assets/", "/manifest.json.gz"])
def test_frames_and_twins_are_no_pages(front: Front, path: str) -> None:
    """A frame without its conversation, or bytes a browser cannot read, would look like a broken portal."""
    assert front.get(path).status_code == 404


def test_a_conversation_goes_through_though_one_copy_is_gone(front: Front) -> None:
    """The first address has nobody behind it; people must not notice."""
    state = None
    for number in range(6):
        answer = httpx.post(f"{front.base}/api/chat", json={"lang": "sv", "message": f"112 {CANARY}", "choice": None, "state": state}, timeout=20)
        assert answer.status_code == 200 and "restarted" not in answer.json(), number
        assert "content-encoding" not in answer.headers and int(answer.headers["content-length"]) % 4096 == 0, "compressed, an answer shows its length"
        state = answer.json()["state"]
    assert httpx.post(f"{front.base}/sv/chat", data={"message": CANARY}, timeout=20).status_code == 200


def test_the_front_writes_of_nobody(front: Front) -> None:
    """Runs last: after all that was asked above, and a request nobody can answer."""
    front.copy.stop()
    answer = httpx.post(f"{front.base}/api/chat", json={"message": CANARY}, headers={"x-forwarded-for": "192.0.2.77"}, timeout=20)
    assert answer.status_code >= 500 and "112" in answer.text
    written = front.out.read_text(encoding="utf-8", errors="replace")
    assert not re.search(r"192\.0\.2\.77|remote_ip|remote_addr|kanarie|/api/chat|/sv/", written), written
