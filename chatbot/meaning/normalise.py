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
        "ێ": "ي", "ڕ": "ر", "ڵ": "ل", "ۆ": "و",  # Sorani, as typed on keyboards that lack its letters
    }
)  # fmt: skip
# Ethiopic letters that sound alike in Tigrinya or are exchanged between its ways of writing: first letter of the row of vowels -> the one written for it.
_ROWS = {"ሠ": "ሰ", "ፀ": "ጸ", "ኀ": "ሐ", "ቐ": "ቀ", "ኸ": "ከ"}
_ROW_LENGTH = 7
_ETHIOPIC = {ord(old) + vowel: chr(ord(new) + vowel) for old, new in _ROWS.items() for vowel in range(_ROW_LENGTH)}
# Latin letters that stand for Cyrillic ones inside a word, typed on a keyboard without them.
_LATIN_IN_CYRILLIC = str.maketrans({"i": "і", "a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "y": "у"})
_CYRILLIC_WORD = re.compile(r"\w*[\u0430-\u045f\u0491]\w*")
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
    plain = visible(text).casefold().translate(_LETTERS).translate(_ARABIC).translate(_ETHIOPIC)
    plain = _CYRILLIC_WORD.sub(lambda word: word[0].translate(_LATIN_IN_CYRILLIC), plain)
    if fold:
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) not in _MARKS)
    else:
        plain = "".join(c for c in plain if unicodedata.category(c) not in _MARKS)
    return _SPACES.sub(" ", _REPEATED.sub(r"\1\1", plain)).strip()
