"""Brings the many ways of typing one word together: letter case, diacritics, Arabic letter forms, repeated letters, stray signs.

Pure. Used by the features of meaning, by the safety net and by the detection of language, so that all three read the same text.
"""

from __future__ import annotations

import re
import unicodedata

# Arabic-script letters that keyboards and habits exchange freely (alef forms, ya/alef maqsura, ta marbuta/ha, Persian and Kurdish kaf and ya).
_ARABIC = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ۀ": "ه", "ە": "ه", "ھ": "ه",
        "ک": "ك", "ڪ": "ك", "گ": "ك", "ـ": None,
    }
)  # fmt: skip
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "a", "ł": "l", "đ": "d", "ı": "i", "’": "'", "‘": "'", "`": "'", "´": "'"})
_REPEATED = re.compile(r"(\w)\1{2,}")
_SPACES = re.compile(r"\s+")
_MARKS = {"Mn", "Me"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def visible(text: str) -> str:
    """Give the text without control, format and private-use signs (null bytes, direction overrides); they become spaces or vanish."""
    composed = unicodedata.normalize("NFKC", text)
    kept = (" " if c in "\n\r\t\0\u200c" else "" if unicodedata.category(c) in _UNSEEN else c for c in composed)
    return _SPACES.sub(" ", "".join(kept)).strip()


def normalise(text: str, fold: bool = True) -> str:
    """Give the text as features read it: lower case, one space between words, letters not repeated more than twice.

    With ``fold`` diacritics go too (å becomes a), since many type without them.
    """
    plain = visible(text).casefold().translate(_LETTERS).translate(_ARABIC)
    if fold:
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) not in _MARKS)
    else:
        plain = "".join(c for c in plain if unicodedata.category(c) not in _MARKS)
    return _SPACES.sub(" ", _REPEATED.sub(r"\1\1", plain)).strip()
