"""The built site as it is served: the right page, kept by nobody; nothing outside its folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from translations.locales import LOCALES


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site in the folder the app serves."""
    root = tmp_path / "site"
    files = {
        "index.html": "choose", "robots.txt": "User-agent: *", "sitemap.xml": "<urlset/>", ".well-known/security.txt": "Contact: x",
        "assets/site.0123456789.css": "a{}", "assets/site.0123456789.css.br": "packed", "assets/search-sv.0123456789.json": "[]",
    }  # fmt: skip
    for tag in LOCALES:
        files |= {f"{tag}/index.html": f"start {tag}", f"{tag}/hjalp/akut/index.html": f"akut {tag}", f"{tag}/404.html": f"none {tag}"}
        files[f"{tag}/_shell.html"] = "<!--friyta:main-->"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return root


@pytest.mark.parametrize(("wish", "text"), [("ar", "start ar"), ("en-GB,sv;q=0.5", "start en"), ("vi", "start en"), ("sv", "start sv")])
def test_the_first_page_is_in_the_browsers_language(site: Path, client: Any, wish: str, text: str) -> None:
    """If this fails somebody's first page is in a language he or she cannot read."""
    answer = client.get("/", headers={"accept-language": wish})
    assert (answer.status_code, answer.text) == (200, text)
    assert "Accept-Language" in answer.headers["vary"]
    assert "set-cookie" not in answer.headers and "location" not in answer.headers


def test_without_a_wish_one_may_choose(site: Path, client: Any) -> None:
    """If this fails a text browser is given a language nobody asked for."""
    assert client.get("/").text == "choose"


def test_nothing_is_kept_by_a_browser(site: Path, client: Any) -> None:
    """If this fails pages of the portal, or its name beside a style sheet, lie in the phone's cache (docs/decisions/0071)."""
    for path in ("/", "/sv/hjalp/akut/", "/assets/search-sv.0123456789.json", "/assets/site.0123456789.css", "/sv/none/"):
        assert "no-store" in client.get(path).headers["cache-control"]
    packed = client("GET", "/assets/site.0123456789.css", headers={"accept-encoding": "gzip"})
    assert packed.text == "a{}"
    assert packed.headers["content-type"] == "text/css; charset=utf-8"


def test_packed_files_are_used_where_the_browser_takes_them(site: Path) -> None:
    """If this fails pages are three times as heavy on a bad line."""
    from api.static import _accepts

    assert _accepts("gzip, deflate, br", "br")
    assert _accepts("br;q=0.5", "br")
    assert not _accepts("gzip, br;q=0", "br")
    assert not _accepts("", "br")


def test_an_address_without_its_slash_leads_to_the_page(site: Path, client: Any) -> None:
    """If this fails links that people type by hand end nowhere."""
    answer = client.get("/sv/hjalp/akut")
    assert (answer.status_code, answer.headers["location"]) == (308, "/sv/hjalp/akut/")
    assert client.get("/sv/hjalp/akut/index.html").headers["location"] == "/sv/hjalp/akut/"


@pytest.mark.parametrize(
    "path",
    ["/sv/../../secret.txt", "/sv/%2e%2e/%2e%2e/secret.txt", "/assets/../../secret.txt", "http://portal.test//evil.example/", "/sv//hjalp", "/sv/_shell.html", "/sv/404.html",
     "/xx/", "/sv/.hidden", "/secret.txt", "/sv/hjalp/%00", "/sv/hjalp/akut/index.html/", "/assets/", "/assets"],
)  # fmt: skip
def test_nothing_else_is_served(site: Path, client: Any, path: str) -> None:
    """If this fails files of the server or half pages are open to anybody."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_nothing_at_an_address_is_said_in_its_language(site: Path, client: Any) -> None:
    """If this fails a reader meets a bare error, or a program a page."""
    html = {"accept": "text/html,*/*"}
    assert client.get("/ar/none/", headers=html).text == "none ar"
    assert client.get("/none", headers={**html, "accept-language": "en"}).text == "none en"
    assert client.get("/none").headers["content-type"] == "application/problem+json"
    assert client.get("/api/none", headers=html).headers["content-type"] == "application/problem+json"


def test_files_for_machines(site: Path, client: Any) -> None:
    """If this fails search engines and finders of faults find no way."""
    for path in ("/robots.txt", "/sitemap.xml", "/.well-known/security.txt"):
        assert client.get(path).status_code == 200
    assert client("POST", "/robots.txt").status_code == 405


def test_ready_says_what_is_missing(site: Path, client: Any) -> None:
    """If this fails a balancer sends people to a copy that cannot answer."""
    assert client.get("/health/live").json() == {"status": "ok"}
    assert client.get("/health/ready").json() == {"status": "ok", "engine": True, "site": True}
    (site / "ar" / "index.html").unlink()
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["site"] is False


def test_headers_stand_on_every_answer(site: Path, client: Any) -> None:
    """If this fails one kind of answer lets a browser keep, frame, sniff or tell something."""
    for path in (
        "/",
        "/sv/",
        "/none",
        "/assets/site.0123456789.css",
        "/api/services",
        "/hsds/",
        "/sv/chat",
        "/health/live",
        "/openapi.json",
        "/robots.txt",
    ):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'"), path
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["request-otr"] == "1"
        assert "camera=()" in headers["permissions-policy"]
        assert not {"set-cookie", "etag", "last-modified", "server"} & set(headers), path
    for path in ("/docs", "/redoc"):
        assert client.get(path).status_code == 404
