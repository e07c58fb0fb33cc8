"""Lengths tell nothing."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from api.padding import BLOCK, SIZES, padded_html, padded_json


@given(st.text(max_size=30_000))
def test_json_keeps_its_fields_and_has_a_round_length(text: str) -> None:
    """If this fails the length of an answer on the wire tells its topic, or the answer cannot be read."""
    text = text.encode("utf-8", "ignore").decode()
    body = padded_json({"messages": [text]})
    assert len(body) % BLOCK == 0
    assert len(body) in SIZES or len(body) > SIZES[-1]
    assert json.loads(body)["messages"] == [text]


@given(st.integers(0, 60_000), st.integers(0, 8_000))
def test_pages_have_one_length_whatever_they_say(frame: int, words: int) -> None:
    """If this fails the length of a page tells what was answered."""
    body = padded_html("x" * (frame + words), frame)
    assert len(body) == len(padded_html("x" * frame, frame))
    assert len(body) % BLOCK == 0
