"""The built site as files: whole, small, free of anything that could call home, and the same every time."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from content.errors import ContentError

HTML_BUDGET, CSS_BUDGET, JS_BUDGET, FIRST_BYTES = 12_000, 14_000, 20_000, 2_200


def pages(built: Path) -> list[Path]:
    return sorted(path for path in built.rglob("*.html"))


class Links(HTMLParser):
    """Addresses and ids of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        if tag == "a":
            self.links.append(values.get("href") or "")
        self.loaded += [values[name] or "" for name in ("src", "srcset", "data") if name in values]
        if tag == "link":
            self.loaded.append(values.get("href") or "")


def test_every_link_inside_leads_somewhere(built: Path) -> None:
    """A person who presses "in danger now" meets an empty page."""
    known = {f"/{path.relative_to(built).as_posix().removesuffix('index.html')}" for path in built.rglob("*") if path.is_file()}
    served = {f"/{tag}/chat" for tag in ("sv", "en", "ar")}
    dead = []
    for path in pages(built):
        found = Links(path)
        for link in found.links:
            target, _, mark = link.partition("#")
            if target.startswith("/") and target not in known | served:
                dead.append((path.relative_to(built).as_posix(), link))
            if not target and mark not in found.ids:
                dead.append((path.relative_to(built).as_posix(), link))
    assert not dead


def test_ids_are_unique(built: Path) -> None:
    """A screen reader is sent to the wrong place of the page."""
    ids = {path.relative_to(built).as_posix(): Links(path).ids for path in pages(built)}
    twice = {name: sorted({one for one in found if found.count(one) > 1}) for name, found in ids.items()}
    assert not {name: found for name, found in twice.items() if found}


def test_nothing_is_loaded_from_elsewhere_and_nothing_stands_inline(built: Path) -> None:
    """Somebody else learns of the visit, or the security policy leaves the page without its style."""
    for path in pages(built):
        text = path.read_text(encoding="utf-8")
        assert all(address.startswith("/") and not address.startswith("//") for address in Links(path).loaded), path
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)|<iframe|http-equiv|name=\"generator\"", text), path


def test_no_trace_of_material_is_served(built: Path) -> None:
    """Scripts that nobody has looked at come back with an update of the theme."""
    names = {path.name for path in built.rglob("*") if path.is_file()}
    assert not [name for name in names if "bundle" in name or "lunr" in name or name.endswith((".map", ".woff2", ".png"))]
    scripts = {path.name.split(".")[0] for path in built.rglob("*.js")}
    assert scripts == {"site", "find", "chat", "directory"}


def test_scripts_keep_nothing(root: Path) -> None:
    """The phone of a person at risk remembers that they were here."""
    for path in (root / "site" / "assets").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        words = r"localStorage|sessionStorage|indexedDB|document\.cookie|serviceWorker|caches\.|sendBeacon|pushState|Notification|console\."
        assert not re.search(words, text), path.name


def test_every_page_begins_with_exit_and_emergency_number(built: Path) -> None:
    """On a slow line the first bytes are all a person gets; they must hold the way out and 112."""
    for path in pages(built):
        text = path.read_bytes()
        first = text[:FIRST_BYTES].decode("utf-8", errors="ignore")
        body = first.partition("<body>")[2]
        assert re.match(r'\s*<aside [^>]*><a class="exit"', body), path
        assert 'href="tel:112"' in body, path


def test_weights_stay_below_the_budgets(built: Path) -> None:
    """On one bar of signal the page does not come at all."""

    def weight(path: Path) -> int:
        return len(gzip.compress(path.read_bytes(), 9, mtime=0))

    assert sum(weight(path) for path in (built / "assets").glob("*.css")) < CSS_BUDGET
    assert sum(weight(path) for path in (built / "assets").glob("*.js")) < JS_BUDGET
    assert not [(path.name, weight(path)) for path in (built / "assets").glob("search-*.json") if weight(path) > 60_000]
    assert not [(path.relative_to(built).as_posix(), weight(path)) for path in pages(built) if weight(path) > HTML_BUDGET]
    first_visit = weight(built / "sv/hjalp/akut/index.html") + sum(weight(next((built / "assets").glob(name))) for name in ("site.*.css", "site.*.js"))
    assert first_visit < 14_000, "the emergency page must fit into one round trip"


def test_language_and_direction_are_said(built: Path) -> None:
    """A screen reader reads Arabic with a Swedish voice; Arabic text starts at the wrong side."""
    assert '<html lang="ar" dir="rtl">' in (built / "ar/index.html").read_text(encoding="utf-8")
    page = (built / "ar/hjalp/akut/index.html").read_text(encoding="utf-8")
    for tag, direction in (("sv", "ltr"), ("en", "ltr"), ("ar", "rtl")):
        assert re.search(rf'<a href="/{tag}/hjalp/akut/" lang="{tag}" hreflang="{tag}"[^>]*><bdi dir="{direction}">', page)
    assert '<bdi dir="ltr">112</bdi>' in page


def test_frame_for_the_api_has_its_marks_once(built: Path) -> None:
    """The chat is shown in an empty frame, or twice."""
    for tag in ("sv", "en", "ar"):
        frame = (built / tag / "_shell.html").read_text(encoding="utf-8")
        assert frame.count("<!--friyta:title-->") == 1 and frame.count("<!--friyta:main-->") == 1
        assert "<title><!--friyta:title--></title>" in frame and 'id="chat-words"' in frame


def test_second_build_is_the_same_to_the_byte_and_reuses_what_has_not_changed(tmp_path: Path) -> None:
    """Nobody outside could verify that what is served is what was published; an editor waits for nothing."""
    from build import build

    one, other = tmp_path / "one" / "site", tmp_path / "other" / "site"
    assert build(one, ("sv", "ar")).built == ("sv", "ar")
    assert build(other, ("sv", "ar"), jobs=1).built == ("sv", "ar")
    manifest = (one / "manifest.json").read_bytes()
    assert (other / "manifest.json").read_bytes() == manifest
    again = build(one, ("sv", "ar"))
    assert again.built == () and again.reused == ("sv", "ar")
    assert (one / "manifest.json").read_bytes() == manifest
    for name, digest in json.loads(manifest)["files"].items():
        assert hashlib.sha256((one / name).read_bytes()).hexdigest() == digest, name


def test_unknown_language_is_named(tmp_path: Path) -> None:
    """Whoever runs the portal gets a long trace instead of one clear line."""
    from build import build
    from site_context import SiteError

    with pytest.raises(SiteError, match="unknown language: xx"):
        build(tmp_path / "site", ("sv", "xx"))


def test_bad_reference_stops_the_build_with_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page sends somebody in danger to a service that does not exist."""
    import site_main

    from content.load import Content, load_content

    real = load_content(site_main.ROOT)
    page = real.pages["hjalp/akut"]
    broken = page.model_copy(update={"body": page.body + '\n\n{{ service("finns-inte") }}\n'})
    content = Content(**{**vars(real), "pages": {**real.pages, "hjalp/akut": broken}})
    monkeypatch.setattr(site_main, "load_content", lambda root: content)
    with pytest.raises(ContentError) as caught:
        site_main.build(tmp_path / "site", ("sv",))
    problem = caught.value.problems[0]
    assert problem.file.name == "akut.md" and problem.line == broken.body_line + broken.body.rstrip().count("\n")
    assert "finns-inte" in problem.what
    assert not (tmp_path / "site").exists()


def test_site_folder_is_not_ignored_by_git(root: Path) -> None:
    """MkDocs' own output folder is called `site`; an ignore line copied from elsewhere would lose the whole face of the portal."""
    answer = subprocess.run(["git", "check-ignore", "-q", "site/mkdocs.yml"], cwd=root, check=False)
    assert answer.returncode == 1
