"""A page that grows too heavy stops the build, and the editor reads which one, by how much and what to do."""

from __future__ import annotations

import random
from pathlib import Path

import pytest


def letters(count: int) -> str:
    """Text that no compression makes small, the same each time."""
    chosen = random.Random(7)
    return "".join(chosen.choice("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .") for _ in range(count))


def page(folder: Path, name: str, text: str) -> None:
    import brotli

    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<link rel="stylesheet" href="/assets/a.css"><script src="/assets/b.js"></script>{text}', encoding="utf-8")
    path.with_name(path.name + ".br").write_bytes(brotli.compress(path.read_bytes()))


def test_a_heavy_page_is_named_with_its_language_and_what_to_do(tmp_path: Path) -> None:
    """"Too big" without a name sends an editor through two hundred pages."""
    from site_budgets import check
    from site_context import SiteError

    assets = {"a.css": letters(2_000).encode(), "b.js": letters(1_000).encode()}
    page(tmp_path, "hjalp/akut/index.html", letters(6_000))
    page(tmp_path, "hjalp/lang/index.html", letters(6_000))
    check(tmp_path, "sv", assets, b"[]")
    page(tmp_path, "hjalp/akut/index.html", letters(14_000))
    page(tmp_path, "hjalp/lang/index.html", letters(20_000))
    with pytest.raises(SiteError) as error:
        check(tmp_path, "ti", assets, b"[]")
    said = str(error.value)
    assert "ti/hjalp/akut/index.html (emergency page): HTML" in said and "everything" in said and "ti/hjalp/lang/index.html (page): HTML" in said
    assert "shorten the page" in said


def test_what_is_fetched_later_has_a_budget_too(tmp_path: Path) -> None:
    """The first search on a bad line fetches the index; the plain text must fit one round trip as it is."""
    from site_budgets import check
    from site_context import SiteError

    check(tmp_path, "sv", {}, letters(60_000).encode())
    with pytest.raises(SiteError, match="search index"):
        check(tmp_path, "sv", {}, letters(100_000).encode())
    (tmp_path / "hjalp").mkdir()
    (tmp_path / "hjalp" / "akut.txt").write_text("ä" * 7_000, encoding="utf-8")
    with pytest.raises(SiteError, match="plain text"):
        check(tmp_path, "sv", {}, b"[]")


def test_the_build_stops_before_a_heavy_page_is_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A budget that nobody asks is a wish."""
    import site_budgets
    import site_build
    from site_context import SiteError

    tight = (("emergency page", r"hjalp/akut/index\.html", site_budgets.Budget(1_000, 4_000, 3_000, 14_000)), *site_budgets.BUDGETS)
    monkeypatch.setattr(site_budgets, "BUDGETS", tight)
    with pytest.raises(SiteError, match="hjalp/akut/index.html"):
        site_build.build_locale("sv", ["sv"], tmp_path / "sv")


def test_every_page_of_every_language_is_weighed(built: Path) -> None:
    """A kind of page that falls through weighs nothing and grows unseen."""
    from site_assets import hashed_name, read_assets
    from site_budgets import weigh

    assets = {hashed_name(name, data): data for name, data in read_assets().items()}
    for folder in (path.parent for path in built.glob("*/index.html")):
        index = next((built / "assets").glob(f"search-{folder.name}.*.json")).read_bytes()
        found = list(weigh(folder, folder.name, assets, index))
        assert {one.path for one in found if one.path.endswith(".html")} == {f"{folder.name}/{path.relative_to(folder)}" for path in folder.rglob("*.html")}
        kinds = {one.kind for one in found}
        assert {"emergency page", "plain text", "search index", "chat", "articles of all services", "page of a service", "page"} <= kinds
        assert all(one.css > 1_000 and one.js > 500 for one in found if one.html and "kort/" not in one.path), "style or scripts were not counted"
