"""Finds the district a reader means, however it is written: earlier names, neighbourhoods, other alphabets, small
slips."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from content.models import District

# Letters that people swap when the keyboard or the alphabet differs. Arabic-script letters of Persian, Kurdish and
# Urdu keyboards are folded into one form; Latin letters lose their marks (å ä -> a, ö ø -> o).
_FOLD = str.maketrans(
    {
        "ø": "o",
        "æ": "a",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "ك": "ک",
        "گ": "غ",
        "پ": "ب",
        "ڤ": "ف",
        "ۆ": "و",
        "ي": "ی",
        "ى": "ی",
        "ێ": "ی",
        "ې": "ی",
        "ئ": "ی",
        "ة": "ه",
        "ە": "ه",
        "ھ": "ه",
        "ہ": "ه",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
    }
)
_DIGRAPHS = (("aa", "a"), ("ae", "a"), ("oe", "o"))
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_NAME = 4  # words: "jag bor i Hammarby sjöstad" is searched for names of up to four words
_SLIP_WORDS = 3  # a longer text is a sentence: looking for slips in it would find districts nobody named

Table = dict[str, tuple[str, ...]]


def fold(text: str) -> str:
    """The text with case, marks, hyphens and spaces taken away: `Hägersten-Älvsjö` gives `hagerstenalvsjo`."""
    return "".join(_words(text))


def lookup_table(districts: Mapping[str, District]) -> Table:
    """Every folded name with the ids it leads to: one, or several for a name that lies in several districts.

    The same table serves the browser, so that the lookup there tells the server nothing.
    """
    found: dict[str, set[str]] = {}
    for district in districts.values():
        shared = list(district.shared) + [
            other for name in district.shared for other in district.spellings.get(name, [])
        ]
        for name in district.names() + shared:
            found.setdefault(fold(name), set()).add(district.id)
    return {name: tuple(sorted(ids)) for name, ids in sorted(found.items())}


def find_districts(text: str, districts: Mapping[str, District], table: Table | None = None) -> list[District]:
    """The districts the text can mean: [] for none, several if it names a place that lies in several or cannot be
    told apart. `table`: what `lookup_table` gave, for who asks often. Of the text nothing is kept."""
    table = lookup_table(districts) if table is None else table
    words = _words(text)
    ids = _named(words, table)
    if not ids and 0 < len(words) <= _SLIP_WORDS:
        ids = _nearly(words, table)
    return [districts[key] for key in sorted(ids)]


def find_district(text: str, districts: Mapping[str, District], table: Table | None = None) -> District | None:
    """The one district the text means, or None if it names none or cannot be told apart."""
    found = find_districts(text, districts, table)
    return found[0] if len(found) == 1 else None


def _words(text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ـ", "").translate(_FOLD))
    plain = "".join(char for char in folded if not unicodedata.combining(char)).translate(_FOLD)
    for pair, single in _DIGRAPHS:
        plain = plain.replace(pair, single)
    return tuple(_WORD.findall(plain))


def _named(words: tuple[str, ...], table: Table) -> set[str]:
    """Ids of the names that stand in the text, longest names first; a word of a longer name counts once."""
    ids: set[str] = set()
    used = [False] * len(words)
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            if any(used[start : start + length]):
                continue
            hit = table.get("".join(words[start : start + length]))
            # Swedish genitive: "Farstas", "Södermalms stadsdelsförvaltning"
            if hit is None and words[start + length - 1].endswith("s"):
                hit = table.get("".join(words[start : start + length])[:-1])
            if hit is not None:
                ids.update(hit)
                used[start : start + length] = [True] * length
    return ids


def _nearly(words: tuple[str, ...], table: Table) -> set[str]:
    """Ids of the names nearest to the whole text or to one of its words, if near enough to be a slip."""
    best, ids = 3, set[str]()
    for said in {"".join(words), *(word for word in words if len(word) > 4)}:
        letters = set(said)
        for name, found in table.items():
            allowed = 0 if min(len(said), len(name)) < 5 else 1 if min(len(said), len(name)) < 8 else 2
            most = min(allowed, best)
            # A letter that the name lacks is a slip each: most names are told apart by that, and this runs for every message.
            if abs(len(said) - len(name)) > most or len(letters.difference(name)) > most:
                continue
            distance = _distance(said, name, most)
            if distance < best:
                best, ids = distance, set(found)
            elif distance == best:
                ids.update(found)
    return ids if best < 3 else set()


def _distance(one: str, other: str, most: int) -> int:
    """Slips between two words: letters added, left out, changed or swapped with a neighbour. Above `most`: 3."""
    if most == 0:
        return 0 if one == other else 3
    if abs(len(one) - len(other)) > most:
        return 3
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, char in enumerate(one, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (char != against))
            if row > 1 and column > 1 and char == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1] if last[-1] <= most else 3
