"""What the process itself must not do: leave its memory on the disk, or keep the trackers of conversations that went wrong."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serving import MODELS, ROOT, Server, built

TOLD = "kanariefågel-tracker han slår mig"


def test_a_crash_writes_no_memory_to_the_disk(server: Server) -> None:
    """If this fails a crash of the service leaves what people just wrote in a core file."""
    assert server.process
    limits = Path(f"/proc/{server.process.pid}/limits").read_text(encoding="ascii")
    line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert line.split()[4:6] == ["0", "0"], "soft and hard: nothing in the process can switch it on again"


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    """The real engine over the real model, in this process."""
    from chatbot.engine import Engine
    from content.load import load_content

    built()
    yield Engine.load(MODELS, load_content(ROOT))


def trackers() -> int:
    """Trackers of conversations that are alive in this process and hold anything that happened."""
    from rasa.shared.core.trackers import DialogueStateTracker

    gc.collect()
    return sum(isinstance(one, DialogueStateTracker) and len(one.events) > 0 for one in gc.get_objects())


def held(engine: Any) -> list[str]:
    """Conversations in the store that Rasa brings along."""
    return list(asyncio.run(engine._processor.tracker_store.keys()))


@pytest.mark.parametrize("wrong", ["answered", "failed", "waiting"])
def test_no_tracker_outlives_its_request(engine: Any, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails each conversation that ended badly stays in memory for as long as the service runs.

    An answer waits for nothing and looks rasa's decision up (docs/decisions/0082), so nothing can be cancelled half way; a decision that is not in the
    table is asked of rasa with a tracker, and that may fail, or try to wait.
    """
    seen: list[int] = []

    async def interrupted(channel: object, tracker: Any) -> None:
        seen.append(len(tracker.events))
        if wrong == "failed":
            raise RuntimeError("on purpose")
        await asyncio.sleep(60)

    before = trackers()
    if wrong == "answered":
        asyncio.run(engine.respond(message=TOLD))
    else:
        monkeypatch.setattr(engine, "_decisions", {})
        monkeypatch.setattr(engine._processor, "_run_prediction_loop", interrupted)
        with pytest.raises(RuntimeError):
            asyncio.run(engine.respond(message=TOLD))
        assert seen and seen[0] > 0, "the tracker that is looked for was there"
    assert trackers() == before
    assert held(engine) == []
