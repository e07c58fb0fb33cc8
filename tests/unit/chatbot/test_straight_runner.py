"""The graph is run node after node without dask's scheduling; rasa's own runner must come to the same answers."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from chatbot.engine import Engine
from chatbot.evaluate import read_cases
from chatbot.state import State
from chatbot.straight_runner import StraightRunner
from content.load import load_content
from tests.serving import MODELS, ROOT, built

#: So many kept-out messages of each language.
MANY = 15


@pytest.fixture(scope="module")
def engine() -> Engine:
    built()
    return Engine.load(MODELS, load_content(ROOT / "content"))


def with_dask(engine: Engine) -> Engine:
    """The same engine with rasa's own runner over the same nodes."""
    from rasa.engine.runner.dask import DaskGraphRunner

    other = copy.copy(engine)
    other._processor = copy.copy(engine._processor)
    path = next(MODELS.glob("*.tar.gz"))
    from rasa.core.agent import Agent

    runner = Agent.load(str(path)).processor.graph_runner
    assert isinstance(runner, DaskGraphRunner)
    other._processor.graph_runner = runner
    return other


async def talk(engine: Engine, text: str, lang: str) -> list[Any]:
    """A message, then more of it, then a district: three steps through the rules."""
    found: list[Any] = []
    state: State | None = None
    for message, choice in ((text, None), (None, "say:more"), ("Farsta", None)):
        turn, state = await engine.respond(message=message, choice=choice, lang=lang, state=state)
        found.append((turn, state))
    return found


async def test_both_runners_come_to_the_same_answers(engine: Engine) -> None:
    """Speed must not change a single answer."""
    assert isinstance(engine._processor.graph_runner, StraightRunner)
    other, tried = with_dask(engine), 0
    for file in sorted((ROOT / "chatbot" / "evaluation").glob("*.tsv")):
        cases = read_cases(file)
        for case in cases[:: max(1, len(cases) // MANY)]:
            assert await talk(engine, case.text, file.stem) == await talk(other, case.text, file.stem), case.text
            tried += 1
    assert tried > MANY


def test_a_missing_input_is_an_error(engine: Engine) -> None:
    """A run without its message must not answer with something left from another."""
    runner = engine._processor.graph_runner
    with pytest.raises(KeyError):
        runner.run(inputs={}, targets=[engine._processor.model_metadata.nlu_target])
