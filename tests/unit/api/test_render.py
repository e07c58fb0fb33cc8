"""A turn in words: emergency first, open first, nothing to tap without a label, every language."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from api.render import Nonsense, offer_of, render
from api.words import EMERGENCY, Words
from chatbot.turn import Turn
from content.load import Content
from content.models import Hours
from translations.catalogs import Catalogs
from translations.locales import LOCALES

SEEN = {"sources": ["page"], "text_date": "2026", "confidence": "page-seen"}
NOON = dt.datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def turn(**given: object) -> Turn:
    """An ordinary turn with some fields changed."""
    plain = Turn("fri_yta", False, ("answer:fri_yta",), ("say:more", "human"), ("fri-yta", "rvc"), ("start",))
    return replace(plain, **given)  # type: ignore[arg-type]


@pytest.fixture(params=list(LOCALES))
def words(request: pytest.FixtureRequest, content: Content, catalogs: Catalogs) -> Words:
    """The words of each offered language."""
    return Words(request.param, content, catalogs)


def test_everything_the_bot_can_say_can_be_said(words: Words) -> None:
    """If this fails some topic, phrase or district ends in the answer for failures."""
    content = words.content
    keys = [f"answer:{topic}{part}" for topic in content.topics for part in ("", ":more", ":easy")]
    keys += [f"district:{one}" for one in content.districts]
    keys += [f"phrase:{key}" for key in content.phrases if not key.startswith(("choice.", "lang.", "district.found"))]
    for key in keys:
        for paragraph in render(turn(say=(key,)), words, NOON).paragraphs:
            assert "{" not in paragraph.plain() + paragraph.html(), key


def test_every_choice_of_the_content_has_a_label(words: Words) -> None:
    """If this fails there is a button without words."""
    for answer in words.content.answers.values():
        for value in answer.choices:
            if not value.startswith("page:"):
                assert offer_of(value, words), value


@pytest.mark.parametrize("say", ["answer:shelter", "answer:emergency_now:more", "phrase:menu.title", "answer:child_self:easy"])
def test_in_danger_the_first_words_and_the_first_service_are_112(say: str, words: Words) -> None:
    """If this fails somebody in danger has to read before being told whom to call."""
    reply = render(turn(urgent=True, say=(say,), services=("rvc", "kvinnofridslinjen")), words, NOON)
    assert "112" in reply.paragraphs[0].plain()
    assert reply.services[0]["id"] == EMERGENCY
    assert reply.services[0]["phone_uri"] == "tel:112"


@pytest.mark.parametrize(
    "wrong",
    [{"topic": "made_up"}, {"say": ()}, {"say": ("phrase:made.up",)}, {"say": ("answer:fri_yta:nope",)}, {"say": ("x",)}, {"say": (None,)}],
)
def test_nonsense_is_called_nonsense(wrong: dict[str, object], content: Content, catalogs: Catalogs) -> None:
    """If this fails a broken engine ends in an error page instead of help."""
    with pytest.raises(Nonsense):
        render(turn(**wrong), Words("sv", content, catalogs), NOON)


def test_there_is_always_something_to_tap(content: Content, catalogs: Catalogs) -> None:
    """If this fails a conversation ends in a wall."""
    reply = render(turn(choices=("made:up",)), Words("sv", content, catalogs), NOON)
    assert [offer.value for offer in reply.choices] == ["human", "menu"]


def test_the_switch_of_language_speaks_the_language_it_leads_to(content: Content, catalogs: Catalogs) -> None:
    """If this fails the way to one's own language is offered in words one cannot read."""
    reply = render(turn(detected="ar"), Words("sv", content, catalogs), NOON)
    assert reply.detected == "ar"
    assert reply.choices[0].value == "lang:ar"
    assert "العربية" in reply.choices[0].label
    assert render(turn(detected="xx"), Words("sv", content, catalogs), NOON).detected is None


def test_closed_lines_come_after_open_ones_of_their_kind(content: Content, catalogs: Catalogs) -> None:
    """If this fails somebody calls a line that does not answer while another would."""
    line = content.services["kvinnofridslinjen"]
    office = Hours.model_validate({"weekly": [{"days": "mon-fri", "opens": "9:00", "closes": "17:00"}], "seen": SEEN})
    asleep = line.model_copy(update={"id": "asleep", "channels": [line.channels[0].model_copy(update={"hours": office})]})
    words = Words("sv", replace(content, services={**content.services, "asleep": asleep}), catalogs)
    night = NOON.replace(hour=3)
    order = ("asleep", "rvc", "kvinnofridslinjen")
    assert [one["id"] for one in render(turn(services=order), words, night).services] == ["kvinnofridslinjen", "rvc", "asleep"]
    assert [one["id"] for one in render(turn(services=order), words, NOON).services] == list(order)


def test_a_number_nobody_has_tried_is_said_so(content: Content, catalogs: Catalogs) -> None:
    """If this fails people trust a number that the city has not checked."""
    words = Words("sv", content, catalogs)
    line = next(s for s in content.services.values() if s.phone and s.phone.checked is None and s.id not in (EMERGENCY, "polisen-114-14"))
    assert render(turn(services=(line.id,)), words, NOON).notice is not None
    assert render(turn(services=(EMERGENCY, "polisen-114-14")), words, NOON).notice is None


def test_a_district_without_a_sourced_centre_says_so(content: Content, catalogs: Catalogs) -> None:
    """If this fails somebody is sent to a centre that only a guess named."""
    words = Words("sv", content, catalogs)
    unsourced = next(d for d in content.districts.values() if not d.rvc.confirmed)
    said = [p.text.value for p in render(turn(say=(f"district:{unsourced.id}",)), words, NOON).paragraphs]
    assert content.phrases["district.rvc_unconfirmed"] in said
