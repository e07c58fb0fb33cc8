"""Chooses the pieces that the network keeps of the encoder's 250,000: those that our languages use. Only for making the network."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from chatbot.meaning.pieces import EDGE, Pieces, spelled

#: The scripts of the offered languages, as Unicode names begin.
_SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "ETHIOPIC", "DIGIT")
#: A script of which every piece is kept: no list of frequent words exists for its language.
_KEPT_WHOLE = "ETHIOPIC"


def kept(pieces: Sequence[str], scores: Sequence[float], unknown: int, texts: Iterable[str], words: Iterable[str]) -> list[int]:
    """Give the numbers of the pieces to keep, in order: single letters of our scripts, and what texts and frequent words are cut into."""
    cutter = Pieces(pieces, scores, unknown)
    found = {number for number, piece in enumerate(pieces) if _always(piece)}
    for text in (*texts, *words):
        found.update(cutter.cut(text, 10_000))
        found.update(cutter.cut(_plain(spelled(text)), 10_000))
    return sorted(found)


def _always(piece: str) -> bool:
    bare = piece.removeprefix(EDGE)
    if not bare:
        return piece == EDGE
    names = [unicodedata.name(letter, "") for letter in bare]
    return (len(bare) == 1 and names[0].startswith(_SCRIPTS)) or any(name.startswith(_KEPT_WHOLE) for name in names)


def _plain(text: str) -> str:
    """The text without its diacritics, as many type."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
