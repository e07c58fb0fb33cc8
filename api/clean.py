"""Makes a message into plain words before anything reads it: control characters, half characters and direction tricks become spaces.
Pure.
"""

from __future__ import annotations

import unicodedata

LONGEST = 2000
#: Signs that turn or hide the direction of text (Unicode UAX 9). Joiners stay: Persian and Kurdish are spelt with them.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean(message: str) -> str:
    """The message as words: no NUL, no control character but line breaks, no lone surrogate, no override; white space at the ends gone.

    Slashes at the beginning go too: dialogue engines take what follows them for commands, and nobody can give commands here.
    """
    return "".join(_plain(char) for char in message).strip().lstrip("/ \n\t")


def _plain(char: str) -> str:
    if char in "\n\t" or (" " <= char <= "~"):
        return char
    return " " if char in _DIRECTION or unicodedata.category(char) in ("Cc", "Cs", "Cn", "Co") else char
