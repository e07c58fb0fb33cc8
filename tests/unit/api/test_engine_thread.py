"""The engine beside the server: slow or stuck, it holds up nobody and holds nothing."""

from __future__ import annotations

import asyncio
import gc
import threading
import time

import pytest

from api.engine_thread import EngineStuck, EngineThread
from chatbot.state import State
from chatbot.turn import Turn

TURN = Turn("greet", False, ("answer:greet",), (), (), ())


class Blocking:
    """Blocks its thread until let go."""

    def __init__(self) -> None:
        self.go = threading.Event()

    async def respond(self, message: str | None = None, choice: str | None = None, lang: str = "sv", state: State | None = None) -> tuple[Turn, State]:
        """Wait, then answer."""
        self.go.wait(10)
        return TURN, State()


async def test_a_stuck_engine_is_given_up_in_time_and_works_again_afterwards() -> None:
    """If this fails one message that hangs takes the whole service with it."""
    engine = Blocking()
    thread = EngineThread(engine, 0.2, 2)
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        await thread.respond("x", None, "sv", State())
    assert time.monotonic() - begun < 1
    with pytest.raises(TimeoutError):
        await thread.respond("y", None, "sv", State())
    with pytest.raises(EngineStuck):
        await thread.respond("z", None, "sv", State())
    engine.go.set()
    await asyncio.sleep(0.2)
    assert (await thread.respond("x", None, "sv", State()))[0] == TURN
    thread.close()


async def test_a_stuck_engine_keeps_no_text_of_those_who_gave_up() -> None:
    """If this fails what people wrote stays in memory for as long as the engine is stuck."""
    engine = Blocking()
    thread = EngineThread(engine, 0.1, 10)
    for number in range(3):
        with pytest.raises(TimeoutError):
            await thread.respond(f"kanariefagel {number}", None, "sv", State())
    gc.collect()
    held = [one for one in gc.get_objects() if isinstance(one, dict) and str(one.get("message", "")).startswith("kanariefagel")]
    # The one inside the engine is on its stack; those that waited are gone.
    assert len(held) <= 1
    engine.go.set()
    thread.close()


async def test_what_the_engine_raises_comes_out() -> None:
    """If this fails an error of the engine is taken for an answer."""

    class Broken:
        async def respond(self, message: str | None = None, choice: str | None = None, lang: str = "sv", state: State | None = None) -> tuple[Turn, State]:
            raise KeyError("x")

    thread = EngineThread(Broken(), 1, 1)
    for _ in range(3):
        with pytest.raises(KeyError):
            await thread.respond("x", None, "sv", State())
    thread.close()
