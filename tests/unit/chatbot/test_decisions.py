"""Rasa's decisions are asked once, at start. The table must say what rasa would say when asked anew, for every case and every slot."""

from __future__ import annotations

import itertools

import pytest

from chatbot.decisions import decide
from chatbot.engine import Engine
from chatbot.state import ASKED, State
from content.load import load_content
from tests.serving import MODELS, ROOT, built


@pytest.fixture(scope="module")
def engine() -> Engine:
    built()
    return Engine.load(MODELS, load_content(ROOT / "content"))


def test_the_table_says_what_rasa_says_for_every_slot(engine: Engine) -> None:
    """If a rule one day looks at which district it is, or whom it is about, the table would answer everybody alike."""
    intents = sorted({case[0] for case in engine._decisions})
    assert len(intents) > 40
    districts = ["", *sorted(engine._content.districts)[::6]]
    for intent, asked, district, who in itertools.product(intents, ASKED, districts, ("", "self", "other")):
        said = engine._decisions[intent, asked, bool(district)]
        assert said == decide(engine._processor, intent, State(asked=asked, district=district, who=who)), (intent, asked, district, who)


def test_nothing_that_is_said_changes_the_table(engine: Engine) -> None:
    """The table stands for everybody; a conversation that changed it would speak to the next person."""
    before = repr(engine._decisions)

    import asyncio

    for lang, text in (("sv", "han slår mig"), ("en", "where is the nearest centre"), ("sv", "Farsta")):
        asyncio.run(engine.respond(message=text, lang=lang))
    assert repr(engine._decisions) == before
