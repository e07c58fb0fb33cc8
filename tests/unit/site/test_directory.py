"""The directory as files: a page for every service in every language, lists that lead to each, nothing missing and nothing heavy."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from pathlib import Path

import pytest
import site_build
from mkdocs.config import load_config
from site_cards import LABELS
from site_context import SiteError
from site_directory import Directory
from site_directory_age import service_age
from site_directory_coverage import missing, systems, table
from site_directory_hours import build_day, window_of
from site_directory_needs import GROUPS, needs, ranks
from site_directory_qr import qr_svg

from content.load import Content, load_content
from content.phone import national

TAGS = ("sv", "en", "ar")
PAGE_BUDGET, CARD_BUDGET, BUNDLE_BUDGET = 6_500, 4_500, 80_000


@pytest.fixture(scope="module")
def content(root: Path) -> Content:
    """The real directory."""
    return load_content(root)


def text(built: Path, tag: str, *names: str) -> str:
    return built.joinpath(tag, "hjalp-och-stod", *names, "index.html").read_text(encoding="utf-8")


def test_every_service_has_a_page_that_the_list_leads_to(built: Path, content: Content) -> None:
    """Somebody was told a name, and finds nothing under it."""
    assert len(content.services) > 100
    for tag in TAGS:
        listed, start = text(built, tag), (built / tag / "index.html").read_text(encoding="utf-8")
        assert f'href="/{tag}/hjalp-och-stod/"' in start, "the menu does not lead to the directory"
        for service in content.services.values():
            page = text(built, tag, service.id)
            assert f'href="/{tag}/hjalp-och-stod/{service.id}/"' in listed, service.id
            assert "<h1" in page and page.count("<h1") == 1
            for channel in service.channels:
                if channel.type in ("phone", "sms", "text_phone") and channel.value:
                    assert national(channel.value) in page, (tag, service.id)
                if channel.former is not None and channel.type == "phone":
                    assert national(channel.former.value) in page, (tag, service.id)


def test_all_eight_labels_are_said_of_every_channel(built: Path, content: Content) -> None:
    """Silence about the phone bill is taken for "it is not seen"."""
    for service in content.services.values():
        page = text(built, "sv", service.id)
        ways = re.findall(r'<section class="card way">.*?</section>', page, re.DOTALL)
        shown = [channel for channel in service.channels if not (service.confidential and channel.type == "visit")]
        assert len(ways) == len(shown), service.id
        for way, channel in zip(ways, shown, strict=True):
            if channel.labels is not None:
                said = sum(len(re.findall(r"<li", part)) for part in re.findall(r'<ul class="labels">.*?</ul>', way, re.DOTALL))
                assert said == len(LABELS), (service.id, channel.type)


def test_every_page_answers_what_people_ask(built: Path, content: Content) -> None:
    """A person must call to learn whether a name is asked for, and does not call."""
    for service in content.services.values():
        page = text(built, "sv", service.id)
        for question in ("För vem", "Kan jag vara anonym?", "Kostnad", "Språk", "Anpassat", "Källor"):
            assert question in page, (service.id, question)
    unknown = next(service.id for service in content.services.values() if service.anonymous == "unknown")
    assert "Vi vet inte. Fråga innan du berättar vem du är." in text(built, "sv", unknown)


def test_what_is_not_verified_comes_last_and_what_ended_is_not_offered(content: Content) -> None:
    """The first number in the list is four years old."""
    day = window_of(build_day()).aged
    for members in needs(content, day).main.values():
        marks = [(service.kind != "emergency", service_age(service, day).old) for service in members]
        assert marks == sorted(marks)
    gone = content.services["rvc"].model_copy(update={"status": "ended"})
    changed = Content(**{**vars(content), "services": {**content.services, "rvc": gone}})
    found = needs(changed, day)
    assert gone.id not in [service.id for service in found.listed]
    assert not [topic for topic, names in found.topics.items() if "rvc" in names]
    assert set(ranks(found.listed, day)) == {name for name in content.services if name != "rvc"}


def test_each_service_stands_once_in_the_list_and_under_each_choice_it_answers_to(built: Path, content: Content) -> None:
    """Without scripts a person cannot get from "I am a man" to a service for men."""
    ids = re.findall(r'<li id="([^"]+)"', text(built, "sv"))
    assert sorted(ids) == sorted(content.services)
    page = text(built, "sv", "urval", "vem")
    men = re.search(r"<summary>Män.*?</details>", page, re.DOTALL)
    assert men is not None
    assert {f"/sv/hjalp-och-stod/{service.id}/" for service in content.services.values() if "men" in service.audience} == set(
        re.findall(r'href="([^"]+/)"', men[0])
    )
    for facet in ("behov", "sprak", "stadsdel", "kontakt", "anonym", "oppet"):
        assert "<details" in text(built, "sv", "urval", facet)


def test_groups_know_every_topic_that_offers_something(content: Content) -> None:
    """A topic added to the bot is missing among the needs of the directory."""
    grouped = {topic for topics in GROUPS.values() for topic in topics}
    assert {topic.id for topic in content.topics.values() if topic.offers} <= grouped
    assert all(f"menu.group.{group}" in content.phrases for group in GROUPS)


def test_pages_are_small(built: Path) -> None:
    """On one bar of signal the number does not come."""

    def weight(path: Path) -> int:
        return len(gzip.compress(path.read_bytes(), 9, mtime=0))

    for tag in TAGS:
        folder = built / tag / "hjalp-och-stod"
        heavy = {str(path.relative_to(built)): weight(path) for path in folder.glob("*/index.html") if weight(path) > PAGE_BUDGET}
        heavy |= {str(path.relative_to(built)): weight(path) for path in folder.glob("*/kort/index.html") if weight(path) > CARD_BUDGET}
        assert not heavy
        assert weight(folder / "alla.json") < BUNDLE_BUDGET


def test_every_page_names_its_fellows_and_stands_in_the_sitemap(built: Path) -> None:
    """A reader changes language and lands on the first page."""
    page = text(built, "sv", "kvinnofridslinjen")
    for tag in TAGS:
        assert f'href="/{tag}/hjalp-och-stod/kvinnofridslinjen/"' in page
    assert "\u2060" not in page, "a mark of the frame was left"
    assert "/ar/hjalp-och-stod/kvinnofridslinjen/</loc>" in (built / "sitemap.xml").read_text(encoding="utf-8")


def test_search_leads_to_the_list_and_not_to_a_page_of_its_own(built: Path, content: Content) -> None:
    """Pressing a search hit tells the server which service is read."""
    for tag in TAGS:
        index = json.loads(next((built / "assets").glob(f"search-{tag}.*.json")).read_text(encoding="utf-8"))
        found = {entry["url"] for entry in index}
        assert {f"/{tag}/hjalp-och-stod/#{name}" for name in content.services} <= found


def test_cards_on_pages_lead_to_the_service(built: Path) -> None:
    """The rest of what is known of a service is a dead end away."""
    page = (built / "sv" / "hjalp" / "akut" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'class="card-name"><a href="/sv/hjalp-och-stod/[a-z0-9-]+/">', page)


def test_service_named_like_a_list_is_refused(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of services overwrites the page of one."""
    taken = content.services["rvc"].model_copy(update={"id": "urval"})
    changed = Content(**{**vars(content), "services": {**content.services, "urval": taken}})
    monkeypatch.setattr(site_build, "load_content", lambda root: changed)
    config = load_config(str(site_build.CONFIG))
    build = site_build.new_build("sv", ["sv"], dict(config.extra))
    build.take_theme(config.theme)
    assert build.cards is not None
    with pytest.raises(SiteError, match="urval"):
        Directory(build.site, build.cards.environment)


def test_qr_is_a_drawing_the_policy_lets_through() -> None:
    """The card is printed with an empty square."""
    drawing = qr_svg("https://example.org/sv/hjalp-och-stod/kvinnofridslinjen/")
    assert drawing.startswith("<svg ") and "style=" not in drawing and "class=" not in drawing and "xlink" not in drawing
    assert drawing == qr_svg("https://example.org/sv/hjalp-och-stod/kvinnofridslinjen/")


def test_no_named_system_is_missing_and_the_table_is_current(root: Path, content: Content) -> None:
    """A system of the city has no page, or the bot never leads to it."""
    rows = systems()
    assert missing(content, rows) == []
    assert (root / "docs" / "directory-coverage.md").read_text(encoding="utf-8") == table(content, rows), "run python site/site_directory_coverage.py"


def test_age_on_the_page_is_that_of_the_end_of_the_month(built: Path, content: Content) -> None:
    """For three weeks a number is shown as verified although its year is over."""
    day = window_of(build_day()).aged
    assert day.month != (day + dt.timedelta(days=1)).month
    for service in content.services.values():
        age, page = service_age(service, day), text(built, "sv", service.id)
        mark = re.search(r'<p class="note stale"([^>]*)>', page)
        assert mark is not None and ("hidden" not in mark[1]) == age.old, service.id
        assert age.old or age.after in mark[1], service.id
