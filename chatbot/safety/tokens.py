"""Cuts a message into words for the safety net. Pure; nothing of the message is kept.

Signs between words fall away, so that quotation marks, missing spaces after a full stop and laughter change nothing. Emoji are words of their own;
they are put last, since people strew them anywhere into a sentence.
"""

from __future__ import annotations

import re
import unicodedata

from chatbot.meaning.normalise import normalise

# A star inside a word hides a letter (r*pe); at its edges it is emphasis.
_WORD = re.compile(r"[^\W_]+(?:\*[^\W_]+)*")
_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001f3fa\U0001f400-\U0001faff]")
_UNWRITTEN = str.maketrans("", "", "'ءʼ")
_SPELT_OUT = 3


def plain(text: str) -> str:
    """Give the text as words are compared: normalised, no apostrophes ("I'm" is im), no hamza, digits of any script as 0-9."""
    folded = normalise(text).translate(_UNWRITTEN)
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in folded)


def words_of(text: str) -> list[str]:
    """Give the words of a message, then its emoji. Letters written one by one ("k n i f e") become a word."""
    folded = plain(text)
    joined: list[str] = []
    run: list[str] = []
    for word in _WORD.findall(folded):
        if len(word) == 1 and not word.isdigit():
            run.append(word)
            continue
        joined += _run(run)
        joined.append(word)
        run = []
    return joined + _run(run) + _EMOJI.findall(folded)


def _run(letters: list[str]) -> list[str]:
    return ["".join(letters)] if len(letters) > _SPELT_OUT - 1 else letters
