"""An editor sees a changed sentence in about a second, and never a page that differs from what the whole build would make."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from content.load import Content, load_content

ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "content" / "pages"


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(ROOT)


def with_page(content: Content, key: str, **changes: object) -> Content:
    return replace(content, pages={**content.pages, key: content.pages[key].model_copy(update=changes)})


def test_a_page_built_alone_is_the_page_of_the_whole_build(built: Path, tmp_path: Path) -> None:
    """What an editor approves must be what people get."""
    from site_one import build_pages

    shutil.copytree(built / "assets", tmp_path / "assets")
    keys = ["hjalp/akut", "start", "om/sprak", "for-dig-som-arbetar/start"]
    build_pages("ar", ("sv", "en", "ar"), keys, tmp_path)
    made = {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "ar").rglob("*") if path.is_file()}
    assert made == {"ar/index.html", "ar/hjalp/akut/index.html", "ar/hjalp/akut.txt", "ar/om/sprak/index.html", "ar/for-dig-som-arbetar/start/index.html"}
    for name in made:
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes(), name


def test_twins_of_the_words_before_are_taken_away(built: Path, tmp_path: Path) -> None:
    """A server that sends the compressed twin would show the old sentence."""
    from site_one import build_pages

    shutil.copytree(built / "assets", tmp_path / "assets")
    twin = tmp_path / "sv" / "om" / "sprak" / "index.html.br"
    twin.parent.mkdir(parents=True)
    twin.write_bytes(b"old")
    build_pages("sv", ("sv", "en", "ar"), ["om/sprak"], tmp_path)
    assert not twin.exists()


def test_only_words_below_the_front_matter_are_a_page_alone(content: Content) -> None:
    """A new title stands in every menu: then the whole language is due."""
    from watch import pages_alone

    page = PAGES / "om" / "sprak.md"
    assert pages_alone({page}, content, with_page(content, "om/sprak", body="Andra ord.")) == ["om/sprak"]
    assert pages_alone({page}, content, with_page(content, "om/sprak", title="Annat")) is None
    assert pages_alone({page, ROOT / "content" / "services" / "bris.yaml"}, content, content) is None
    assert pages_alone({PAGES / "om" / "ny.md"}, content, content) is None


def test_what_is_new_gone_or_written_anew_is_seen() -> None:
    """A change that is not seen leaves the editor waiting."""
    from watch import changed, times

    one, other, third = Path("a"), Path("b"), Path("c")
    assert changed({one: 1, other: 1}, {one: 2, third: 1}) == {one, other, third}
    assert PAGES / "start.md" in times()
