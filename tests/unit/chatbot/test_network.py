"""The network that reads messages: any text is read, several languages say one thing, and what lies in the repository is whole and small."""

from __future__ import annotations

import json
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.meaning.blend import topic_probabilities, urgency_probability
from chatbot.meaning.network import Network
from chatbot.meaning.pieces import EDGE, Pieces, spelled
from chatbot.network import FOLDER

DANGER = {
    "sv": "han står utanför dörren med en kniv", "en": "he is outside the door with a knife", "fi": "hän seisoo oven takana veitsi kädessä",
    "ar": "هو واقف عند الباب ومعه سكين", "fa": "پشت در ایستاده و چاقو دستشه", "tr": "kapının önünde elinde bıçakla bekliyor",
    "es": "está en la puerta con un cuchillo", "pl": "stoi pod drzwiami z nożem", "uk": "він стоїть під дверима з ножем",
}  # fmt: skip
CALM = {
    "sv": "vad kostar det att prata med er", "en": "what does it cost to talk to you", "fi": "maksaako juttelu teidän kanssa jotain",
    "ar": "كم تكلفة الحديث معكم", "fa": "صحبت با شما هزینه داره؟", "tr": "sizinle konuşmak ücretli mi", "es": "cuánto cuesta hablar con ustedes",
    "pl": "ile kosztuje rozmowa z wami", "uk": "скільки коштує поговорити з вами",
}  # fmt: skip


@lru_cache(maxsize=1)
def _network() -> Network:
    return Network.load(FOLDER)


@pytest.fixture(scope="module")
def network() -> Network:
    return _network()


def test_danger_is_told_from_a_question_of_price_in_each_language(network: Network) -> None:
    """A language that the network does not read would lose the second opinion on danger."""
    found = {locale: (network.read(DANGER[locale])[1], network.read(CALM[locale])[1]) for locale in DANGER}
    assert {locale: pair for locale, pair in found.items() if pair[0] < pair[1] + 2} == {}


def test_the_price_is_understood_across_languages(network: Network) -> None:
    """If this fails languages have fallen out of the network; alone, without the n-grams, it gets most of them right."""
    asked = {locale: network.topics[int(np.argmax(network.read(text)[0]))] for locale, text in CALM.items()}
    assert list(asked.values()).count("cost") > len(asked) / 2, asked


@settings(deadline=None)
@given(st.text(max_size=2000))
def test_any_text_is_read(text: str) -> None:
    """A message that cannot be read would end in the answer for failures."""
    scores, danger = _network().read(text)
    assert np.isfinite(scores).all() and np.isfinite(danger)


def test_a_word_is_cut_into_its_likeliest_pieces() -> None:
    """Words cut otherwise than the encoder learnt them mean nothing to it."""
    pieces = Pieces([EDGE, EDGE + "kvinno", "jour", EDGE + "kvinnojo", "ur", "?"], [-9.0, -5.0, -6.0, -8.0, -5.0, -3.0], 5)
    assert pieces.cut("Kvinnojour", 10) == [1, 2]
    assert pieces.cut("kvinnojour kvinnojour", 3) == [1, 2, 1]
    assert pieces.cut("ж", 10) == [0, 5], "a letter no piece has is unknown, and reading goes on"


def test_case_repeated_letters_and_unseen_signs_change_nothing() -> None:
    """Somebody who shouts or whose finger slips must be read as the others."""
    assert spelled("HJÄÄÄÄLP\u202e  mig\x00") == "hjäälp mig"


def test_the_blend_gives_probabilities() -> None:
    """Shares that do not sum to one would make `unsure` mean nothing."""
    grams, logits = np.array([[0.9, 0.1, 0.0]], np.float32), np.array([[1.0, 5.0, 0.0]], np.float32)
    assert topic_probabilities(grams, logits, 10.0, 0.5).sum() == pytest.approx(1)
    assert topic_probabilities(grams, logits, 10.0, 0.0).argmax() == 0
    assert topic_probabilities(grams, logits, 0.0, 1.0).argmax() == 1
    low, high = urgency_probability(np.array([0.1, 0.9], np.float32), np.array([-2.0, 2.0], np.float32), (4.0, 0.5, -2.0))
    assert 0 < low < high < 1


def test_the_files_are_small_and_say_what_they_are() -> None:
    """The repository must stay one that a city can fetch over a slow line, and nobody could make the network again without its seed."""
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file()) < 60_000_000
    about = json.loads((FOLDER / "about.json").read_text(encoding="utf-8"))
    assert about["seed"] and len(about["encoder"]["sha256"]) == 64 and len(about["trust"]["topic"]) == 2
