"""The safety net catches explicit danger in every language, whatever stands around it or happened on the keyboard, and leaves everyday talk alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from chatbot.safety.net import danger, the_net
from chatbot.safety.rules import KINDS

FILES = sorted((Path(__file__).parent / "safety_messages").glob("*.yml"))
MESSAGES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}
EXPLICIT = [(locale, kind, message) for locale, said in MESSAGES.items() for kind, messages in said["explicit"].items() for message in messages]
HARMLESS = [(locale, message) for locale, said in MESSAGES.items() for message in said["harmless"]]
LOCALES = sorted(MESSAGES)
#: Shares of slips that must be caught, and how many messages may be lost: what the rules reach. These bounds may only get stricter.
SLIPS_CAUGHT = {
    "sv": 0.98, "en": 0.98, "ar": 0.95, "ar-latn": 0.96, "mixed": 0.92, "ckb": 0.98, "fa": 0.97, "pl": 0.97, "so": 0.86, "ti": 0.91, "tr": 0.97, "uk": 0.93,
    "es": 0.98, "fi": 0.98,
}  # fmt: skip
DOUBLED_LOST = {"so": 1, "es": 4, "fi": 4, "uk": 2}
SWAPPED_LOST = {"so": 6, "tr": 2, "pl": 1, "ti": 1}

AROUND: dict[str, Callable[[str], str]] = {
    "goodbye": lambda m: f"{m}. hejdå",
    "goodbye in English": lambda m: f"{m}, bye",
    "goodbye in Arabic": lambda m: f"{m} مع السلامة",
    "greeting and thanks": lambda m: f"hej! {m}. tack",
    "laughter": lambda m: f"haha {m} lol",
    "laughter in Arabic": lambda m: f"{m} هههههه",
    "a joke": lambda m: f"{m} skojar bara, just kidding",
    "quotation marks": lambda m: f'"{m}"',
    "guillemets": lambda m: f"«{m}»",
    "emoji around": lambda m: f"😂😂 {m} 😂",
    "emoji between": lambda m: m.replace(" ", " 😭 "),
    "upper case": str.upper,
    "no spaces after signs": lambda m: f"hej.{m}.snälla",
    "commas for spaces": lambda m: m.replace(" ", ","),
    "exclamation": lambda m: "!!! ".join(m.split()) + "!!!",
    "a line for each word": lambda m: m.replace(" ", "\n"),
    "no rings and dots": lambda m: m.replace("å", "a").replace("ä", "a").replace("ö", "o"),
    "an everyday sentence after": lambda m: f"{m}. vi har en hund och bor i Farsta",
    "a figure of speech after": lambda m: f"{m}. jag dör av skratt",
    "a story before": lambda m: f"jag såg en film igår. {m}",
}


@pytest.mark.parametrize(("locale", "kind", "message"), EXPLICIT, ids=[m for _, _, m in EXPLICIT])
def test_explicit_danger_is_caught_as_what_it_is(locale: str, kind: str, message: str) -> None:
    """Somebody who says plainly that they are in danger would get an everyday answer, or help for another danger."""
    found = danger(message)
    assert found is not None and found.kind == kind, (locale, found)


@pytest.mark.parametrize("change", AROUND)
def test_nothing_around_it_takes_urgency_away(change: str) -> None:
    """A goodbye, laughter, quotation marks or emoji beside the danger would hide it."""
    explicit = [m for _, _, m in EXPLICIT if (d := danger(m)) and d.explicit] if change == "a story before" else [m for _, _, m in EXPLICIT]
    assert [m for m in explicit if not danger(AROUND[change](m))] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_doubled_letters_never_take_urgency_away(locale: str) -> None:
    """A shaking hand that holds a key too long would lose the person the help. Words of three letters and fewer are spared: inn, ii, too are words."""
    lost = [typed for _, _, m in _of(locale) for typed in _doubled(m) if not danger(typed)]
    assert len(lost) <= DOUBLED_LOST.get(locale, 0), lost


@pytest.mark.parametrize("locale", LOCALES)
def test_one_slip_hardly_ever_takes_urgency_away(locale: str) -> None:
    """One letter lost or two swapped, anywhere, the space between words included: of all such messages at least 19 in 20 are still caught."""
    slips = [typed for _, _, m in _of(locale) for typed in _slips(m)]
    caught = sum(danger(typed) is not None for typed in slips)
    assert caught / len(slips) >= SLIPS_CAUGHT[locale]


def test_a_slip_in_the_longest_word_never_takes_urgency_away() -> None:
    """The usual slip: two letters swapped inside a long word."""
    lost: dict[str, list[str]] = {}
    for locale, _, message in EXPLICIT:
        word = max(message.split(), key=len)
        middle = len(word) // 2
        swapped = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
        if len(word) >= 6 and not danger(message.replace(word, swapped, 1)):
            lost.setdefault(locale, []).append(message.replace(word, swapped, 1))
    assert {locale: typed for locale, typed in lost.items() if len(typed) > SWAPPED_LOST.get(locale, 0)} == {}


def test_harmless_messages_rarely_set_it_off() -> None:
    """Every figure of speech, homework or question about the past answered with 112 teaches people that nobody listens: at most 1 in 20."""
    false = [(m, danger(m)) for _, m in HARMLESS if danger(m)]
    assert len(false) <= len(HARMLESS) / 20, false


def test_who_kills_whom_decides_the_kind() -> None:
    """ "Ta livet av mig" is a threat in another's mouth and a wish to die in one's own: the answers differ."""
    assert _kind("min man ska ta livet av mig") == "emergency_now"
    assert _kind("jag ska ta livet av mig") == "suicidal"


def test_another_word_is_no_slip() -> None:
    """ "I don't want to live with him" or "jag vill bo här" one letter away from a wish to die would bring the wrong answer."""
    for message in ("jag vill bo här", "i want to dine here", "i don't want to live with him", "jag vill inte leva med honom", "ما بدي عيش معه"):
        assert danger(message) is None, message


def test_emoji_speak_for_themselves() -> None:
    """Who can only tap a sign is heard; a knife beside a pizza is dinner."""
    assert _kind("🆘🆘🆘") == "emergency_now"
    assert _kind("😭🔪 han") == "emergency_now"
    assert danger("🔪🍕") is None
    assert danger("😂💀") is None


def test_any_text_is_read_without_fault() -> None:
    """A message of signs alone, of 2,000 letters or of nothing must not break the chat."""
    for text in ("", " ", "???", "\0\u202e\ud83d", "a" * 2000, "ha " * 660, "k n i v", "🔪" * 500, "الله" * 300):
        danger(text)


def test_it_is_quick() -> None:
    """The net reads every message before anything else: it must not make people wait, not even for the longest message."""
    the_net()
    start = time.process_time()
    for _, _, message in EXPLICIT:
        danger(message)
    assert (time.process_time() - start) / len(EXPLICIT) < 0.003  # measured: below 0.0005 on an idle core
    start = time.process_time()
    danger(" ".join(m for _, _, m in EXPLICIT)[:2000])
    assert time.process_time() - start < 0.2


def test_every_kind_is_an_urgent_topic() -> None:
    """A kind that is no topic would find no answer."""
    assert {kind for _, kind, _ in EXPLICIT} == set(KINDS)


def _kind(message: str) -> str | None:
    found = danger(message)
    return found.kind if found else None


def _of(locale: str) -> list[tuple[str, str, str]]:
    return [entry for entry in EXPLICIT if entry[0] == locale]


def _doubled(message: str) -> Iterator[str]:
    words = message.split()
    for number, word in enumerate(words):
        for at, letter in enumerate(word) if len(word) > 3 else ():
            if letter.isalpha():
                yield " ".join([*words[:number], word[:at] + letter + word[at:], *words[number + 1 :]])


def _slips(message: str) -> Iterator[str]:
    for at in range(len(message)):
        yield message[:at] + message[at + 1 :]
        yield message[:at] + message[at + 1 : at + 2] + message[at] + message[at + 2 :]
