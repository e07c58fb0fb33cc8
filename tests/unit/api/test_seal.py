"""The sealed state: unreadable, unforgeable, short-lived, bound to language and purpose, always of one length."""

from __future__ import annotations

import base64
import os

import pytest

from api.seal import TOKEN_LENGTH, Sealer, Unreadable, new_key
from api.settings import Settings, read_keys
from chatbot.state import State
from content.load import Content

OLD, NEW = os.urandom(32), os.urandom(32)
SLOTS = State(topic="shelter", urgent=True, urgent_topic="emergency_now", district="farsta", turns=3).to_dict()


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_state_comes_back_as_it_was() -> None:
    """If this fails every message starts the conversation over."""
    sealer = Sealer({1: OLD}, 30, Clock())
    assert sealer.open(sealer.seal(SLOTS, "sv", "chat"), "sv", "chat") == SLOTS


def test_every_token_has_the_same_length_and_shows_nothing(content: Content) -> None:
    """If this fails the length of a hidden field tells which topic somebody asks about."""
    sealer = Sealer({1: OLD}, 30, Clock())
    topics, districts = sorted(content.topics, key=len), sorted(content.districts, key=len)
    longest = State(topics[-1], True, topics[-1], districts[-1], "other", "district", True, 10_000)
    for state in (State(), longest):
        token = sealer.seal(state.to_dict(), "sv", "chat")
        assert len(token) == TOKEN_LENGTH
        assert topics[-1].encode() not in base64.urlsafe_b64decode(token + "==")
    assert sealer.seal(SLOTS, "sv", "chat") != sealer.seal(SLOTS, "sv", "chat")


@pytest.mark.parametrize("place", range(0, TOKEN_LENGTH, 37))
def test_one_changed_sign_makes_it_unreadable(place: int) -> None:
    """If this fails somebody could forge what a conversation remembers."""
    sealer = Sealer({1: OLD}, 30, Clock())
    token = sealer.seal(SLOTS, "sv", "chat")
    forged = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
    with pytest.raises(Unreadable):
        sealer.open(forged, "sv", "chat")


@pytest.mark.parametrize(("locale", "purpose"), [("ar", "chat"), ("sv", "form")])
def test_a_token_fits_one_language_and_one_purpose(locale: str, purpose: str) -> None:
    """If this fails a token of one use could be slipped into another."""
    sealer = Sealer({1: OLD}, 30, Clock())
    with pytest.raises(Unreadable):
        sealer.open(sealer.seal(SLOTS, "sv", "chat"), locale, purpose)


def test_it_lives_thirty_minutes() -> None:
    """If this fails whoever finds the page later can go on with somebody's conversation."""
    clock = Clock()
    sealer = Sealer({1: OLD}, 30, clock)
    token = sealer.seal(SLOTS, "sv", "chat")
    clock.now += 29 * 60
    assert sealer.open(token, "sv", "chat") == SLOTS
    clock.now += 3 * 60
    with pytest.raises(Unreadable):
        sealer.open(token, "sv", "chat")


def test_keys_change_while_conversations_go_on() -> None:
    """If this fails every conversation breaks on the day the key is changed."""
    clock = Clock()
    before, during, after = Sealer({1: OLD}, 30, clock), Sealer({2: NEW, 1: OLD}, 30, clock), Sealer({2: NEW}, 30, clock)
    token = before.seal(SLOTS, "sv", "chat")
    assert during.open(token, "sv", "chat") == SLOTS
    assert after.open(during.seal(SLOTS, "sv", "chat"), "sv", "chat") == SLOTS
    with pytest.raises(Unreadable):
        after.open(token, "sv", "chat")


@pytest.mark.parametrize("token", ["", "x", "é" * TOKEN_LENGTH, "=" * TOKEN_LENGTH, "A" * TOKEN_LENGTH, "A" * (TOKEN_LENGTH * 20)])
def test_rubbish_is_unreadable_and_nothing_else(token: str) -> None:
    """If this fails a damaged page ends in an error instead of a fresh start."""
    with pytest.raises(Unreadable):
        Sealer({1: OLD}, 30, Clock()).open(token, "sv", "chat")


def test_a_fresh_key_is_one_that_settings_take() -> None:
    """If this fails the operator's guide shows a command whose output does not work."""
    settings = Settings(keys=f"{new_key(2)},{new_key(1)}")  # type: ignore[arg-type]
    assert list(read_keys(settings.keys)) == [2, 1]
