"""The small language in which the word files of the safety net are written.

``slår (ihjäl|) mig`` stands for ``slår ihjäl mig`` and ``slår mig``: brackets hold alternatives, an empty one means "may be missing".
``kniv*`` stands for every word that begins with kniv; ``_`` for any one word, ``%`` for any number; ``~mous`` for mous without any slip forgiven;
``^`` and ``$`` are the beginning and end of a short message. Several patterns may stand in one line, with commas between them.
Authors write natural spelling; reading it gives the normalised one (lower case, å as a, Arabic letter forms folded, no apostrophes).
"""

from __future__ import annotations

from chatbot.safety.tokens import plain

ANY = "_"
STEM = "*"
EXACT = "~"
_SHORTEST_STEM = 3
_MOST_FORMS = 3000

Phrase = tuple[str, ...]
Place = tuple[Phrase, ...]  # the phrases that may stand in one place of a pattern; the empty phrase where it may be left out
Pattern = tuple[Place, ...]


class BadPattern(ValueError):
    """Raised when a pattern cannot be read; the message says what to mend."""


def read_patterns(line: str) -> list[Pattern]:
    """Give the patterns of a line; raise ``BadPattern`` for a faulty one."""
    return [_pattern(part) for part in _split(plain(line), ",")]


def words_in(pattern: Pattern) -> set[str]:
    """Give every word of a pattern."""
    return {word for place in pattern for phrase in place for word in phrase}


def _pattern(text: str) -> Pattern:
    pattern = tuple(tuple(sorted({tuple(form.split()) for form in _forms(place)})) for place in _split(text, " ") if place)
    if all(any(set(phrase) <= {ANY} for phrase in place) for place in pattern):
        raise BadPattern(f"a pattern that needs no word at all: {text!r}")
    for word in words_in(pattern):
        if STEM in word and (not word.endswith(STEM) or word.count(STEM) > 1 or len(word) <= _SHORTEST_STEM):
            raise BadPattern(f"{word!r} in {text!r}: * stands at the end of at least {_SHORTEST_STEM} letters")
    return pattern


def _split(text: str, sign: str) -> list[str]:
    """Cut a text at a sign that stands outside brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            raise BadPattern(f"a ) too many in {text!r}")
        if letter == sign and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    if depth:
        raise BadPattern(f"a ( without its ) in {text!r}")
    return parts


def _forms(text: str) -> list[str]:
    """Give every form of a text with brackets."""
    forms = [""]
    rest = text
    while rest:
        plain_part, bracket, after = rest.partition("(")
        if set(plain_part) & set("|,"):
            raise BadPattern(f"{text!r}: | stands inside brackets, commas outside")
        forms = [form + plain_part for form in forms]
        if bracket:
            inside = _inside(after)
            choices = [form for choice in _split(inside, "|") for form in _forms(choice)]
            forms = [form + choice for form in forms for choice in choices]
        rest = after[len(inside) + 1 :] if bracket else ""
        if len(forms) > _MOST_FORMS:
            raise BadPattern(f"more than {_MOST_FORMS} forms in {text!r}: put a space between the brackets, or split the pattern")
    return forms


def _inside(after: str) -> str:
    """Give what stands before the bracket that closes the one just opened."""
    depth = 1
    for at, letter in enumerate(after):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return after[:at]
    return after
