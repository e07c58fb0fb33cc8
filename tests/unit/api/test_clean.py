"""A message becomes plain words before anything reads it."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from api.clean import clean


def test_tricks_become_spaces_and_words_stay() -> None:
    """If this fails a hidden sign could change what the bot or a log reader sees."""
    assert clean("han\x00slår\u202emig\x07\ud800") == "han slår mig"
    assert clean("  rad ett\nrad två\t ") == "rad ett\nrad två"


def test_a_slash_is_no_command() -> None:
    """If this fails "/safe_now" takes an urgent answer away, since Rasa reads it as a command."""
    assert clean(' //safe_now{"a": 1}') == 'safe_now{"a": 1}'
    assert clean("\u202e/\u0000/menu") == "menu"
    assert clean("och/eller") == "och/eller"


def test_persian_and_kurdish_spelling_is_kept() -> None:
    """If this fails words of readers of Persian fall apart, since joiners are part of their spelling."""
    assert clean("می\u200cترسم") == "می\u200cترسم"


@given(st.text())
def test_nothing_that_steers_a_terminal_or_a_page_is_left(text: str) -> None:
    """If this fails some control character gets through."""
    assert not [char for char in clean(text) if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"]
