"""The state holds slots from closed lists and nothing else."""

from __future__ import annotations

import pytest

from chatbot.state import BadState, State


def test_round_trip() -> None:
    """A conversation must go on exactly where it was after the state has travelled to the reader and back."""
    state = State(topic="shelter", urgent=True, urgent_topic="emergency_now", district="farsta", who="self", asked="more", turns=3)
    assert State.from_dict(state.to_dict()) == state


@pytest.mark.parametrize(
    "data",
    [None, [], "x", {"text": "hej"}, {"topic": 3}, {"urgent": "yes"}, {"asked": "anything"}, {"who": "grandmother"}, {"turns": -1}, {"turns": True}],
)
def test_anything_else_is_refused(data: object) -> None:
    """A forged or older state must never carry words into the server or bring the engine into a state nobody thought of."""
    with pytest.raises(BadState):
        State.from_dict(data)
