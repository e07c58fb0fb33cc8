"""A place that must stay secret: refused where it is written, refused again where it would be shown, and found in no built file."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
import site_build
from mkdocs.config import load_config
from site_context import SiteError
from site_directory import Directory
from site_directory_guard import guard, readable
from site_directory_view import service_key

from content.checks.secret_places import place_sign
from content.errors import ContentError
from content.load import Content, load_content
from content.models import Service

ROOT = site_build.ROOT
STREET = "Kanariegatan 13, 123 45 Kanarieby"
CONFIDENTIAL = "kvinnojouren-nina"


def with_service(content: Content, service: Service) -> Content:
    return Content(**{**vars(content), "services": {**content.services, service.id: service}})


def directory_of(content: Content, monkeypatch: pytest.MonkeyPatch, tag: str = "sv") -> Directory:
    """The directory alone, over changed content, without MkDocs."""
    monkeypatch.setattr(site_build, "load_content", lambda root: content)
    config = load_config(str(site_build.CONFIG))
    build = site_build.new_build(tag, [tag], dict(config.extra))
    build.take_theme(config.theme)
    assert build.cards is not None
    return Directory(build.site, build.cards.environment)


def test_the_check_refuses_a_secret_address(tmp_path: Path) -> None:
    """A shelter's street stands on the net because somebody was in a hurry."""
    shutil.copytree(ROOT / "content", tmp_path / "content", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    file = tmp_path / "content" / "services" / f"{CONFIDENTIAL}.yaml"
    file.write_text(re.sub(r"(?m)^summary: .*$", f"summary: Vi finns på {STREET}.", file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_content(tmp_path)
    assert any(problem.file.name == f"{CONFIDENTIAL}.yaml" and "confidential" in problem.what for problem in caught.value.problems)


@pytest.mark.parametrize("field", ["description", "summary", "note", "way_in", "eligibility", "cost"])
def test_the_site_refuses_what_the_check_let_through(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One gate is forgotten, and nothing stands behind it."""
    content = load_content(ROOT)
    service = content.services[CONFIDENTIAL].model_copy(update={field: f"Vi finns på {STREET}."})
    with pytest.raises(SiteError, match=CONFIDENTIAL):
        directory_of(with_service(content, service), monkeypatch)


def test_a_secret_place_is_found_in_no_built_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What editors keep for themselves - what to check, where it was seen, an address by mistake - leaves the house in a file."""
    content = load_content(ROOT)
    plain = content.services[CONFIDENTIAL]
    labels = content.services["rvc-vast"].channels[0]
    visit = labels.model_copy(update={"value": STREET})
    canary = plain.model_copy(
        update={"channels": [*plain.channels, visit], "verify": [STREET], "sources": [*plain.sources, "https://maps.example.org/?q=Kanariegatan+13"]}
    )
    changed = with_service(content, canary)
    monkeypatch.setattr(site_build, "load_content", lambda root: changed)
    site_build.build_locale("sv", ["sv"], tmp_path / "sv")
    files = [path for path in (tmp_path / "sv").rglob("*") if path.is_file()]
    assert len(files) > 300
    for path in files:
        data = path.read_bytes()
        data = brotli.decompress(data) if path.suffix == ".br" else gzip.decompress(data) if path.suffix == ".gz" else data
        text = data.decode("utf-8").lower()
        assert "kanarie" not in text and "123 45" not in text, path


def test_nothing_of_a_confidential_service_hints_at_a_place(built: Path, root: Path) -> None:
    """A travel hint, a district or a map leads somebody to the door."""
    content = load_content(root)
    secret = [service for service in content.services.values() if service.confidential]
    assert len(secret) > 5
    for tag in ("sv", "en", "ar"):
        articles = json.loads((built / tag / "hjalp-och-stod" / "alla.json").read_text(encoding="utf-8"))
        choices = json.loads((built / tag / "hjalp-och-stod" / "val.json").read_text(encoding="utf-8"))["services"]
        index = json.loads(next((built / "assets").glob(f"search-{tag}.*.json")).read_text(encoding="utf-8"))
        listed = (built / tag / "hjalp-och-stod" / "index.html").read_text(encoding="utf-8")
        for service in secret:
            entry = next(one for one in index if one["url"].endswith(f"#{service.id}"))
            line = listed.partition(f'<li id="{service.id}"')[2].partition("</li>")[0]
            pieces = [*readable(articles[service.id]), *entry.values(), *readable(f"<li {line}"), *choices[service.id]]
            page = (built / tag / service_key(service.id) / "index.html").read_text(encoding="utf-8")
            assert articles[service.id] in page
            pieces += readable(page.partition("<main")[2].partition("</main>")[0])
            card = built / tag / service_key(service.id) / "kort" / "index.html"
            pieces += readable(card.read_text(encoding="utf-8").partition("<main")[2].partition("</main>")[0]) if card.exists() else []
            assert not [(piece, place_sign(piece)) for piece in pieces if place_sign(piece)], (tag, service.id)


@pytest.mark.parametrize(
    "html",
    ["<p>Kanariegatan 13</p>", '<a href="https://maps.example.org/x">x</a>', "<p>Buss 4</p>", '<p title="Kanarievägen 2">x</p>', "<p>123&nbsp;45 X</p>"],
)
def test_the_guard_reads_what_a_reader_could_read(html: str) -> None:
    """The second gate looks at the text only, and the street stands in an attribute."""
    service = next(service for service in load_content(ROOT).services.values() if service.confidential)
    with pytest.raises(SiteError):
        guard(service, "its page", html)
    guard(service, "its page", '<p><a href="tel:11414">114 14</a></p>')
