"""A serving process leaves out what rasa imports and friyta never uses. Its answers must be the same, and nothing may pretend to work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import MODELS, ROOT, built

#: Holds a conversation of one message with everybody of the kept-out messages, so many a language.
MANY = 12
TALK = """
import asyncio, json, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from chatbot.light_imports import close, lighten
light = sys.argv[2] == "light"
if light:
    lighten()
from chatbot.engine import Engine
from chatbot.evaluate import read_cases
from content.load import load_content
root = Path(sys.argv[1])
engine = Engine.load(Path(sys.argv[3]), load_content(root / "content"))
if light:
    close()
found = []
for file in sorted((root / "chatbot" / "evaluation").glob("*.tsv")):
    for case in read_cases(file)[:: max(1, len(read_cases(file)) // int(sys.argv[4]))]:
        turn, state = asyncio.run(engine.respond(case.text, lang=file.stem))
        again, state = asyncio.run(engine.respond(choice="say:more", lang=file.stem, state=state))
        found.append([repr(turn), repr(again), state.to_dict()])
print(json.dumps([found, sorted({name.partition(".")[0] for name, module in sys.modules.items() if getattr(module, "__version__", "") != "0.0.0"})]))
"""


def talk(way: str) -> tuple[list[object], set[str]]:
    command = [sys.executable, "-W", "ignore", "-c", TALK, str(ROOT), way, str(MODELS), str(MANY)]
    found, loaded = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.splitlines()[-1])
    return found, set(loaded)


@pytest.fixture(scope="module", autouse=True)
def model() -> None:
    """A trained model."""
    built()


def test_answers_are_the_same_with_everything_and_without_what_is_left_out() -> None:
    """Saving memory must not change a single answer."""
    from chatbot.light_imports import LEFT_OUT

    (light, small), (full, large) = talk("light"), talk("full")
    assert len(light) > MANY
    assert light == full
    assert not small & LEFT_OUT, "a serving process carries again what it never uses"
    assert large & LEFT_OUT, "rasa imports none of it any more; chatbot/light_imports.py can go"


def test_what_is_left_out_does_not_pretend_to_work() -> None:
    """Code that one day needs a left-out package must fail with its name, not go on with an empty shell."""
    code = """
import sys; sys.path.insert(0, sys.argv[1])
from chatbot.light_imports import NotLoaded, close, lighten
lighten()
import sqlalchemy
class Table(sqlalchemy.orm.declarative_base()):
    key = sqlalchemy.Column(sqlalchemy.Integer, primary_key=True)
close()
try:
    sqlalchemy.create_engine("sqlite://")
except NotLoaded as error:
    print(error)
"""
    said = subprocess.run([sys.executable, "-c", code, str(Path(ROOT))], check=True, capture_output=True, text=True).stdout
    assert "create_engine is not loaded" in said
