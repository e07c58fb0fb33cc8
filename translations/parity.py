"""What can be wrong with one translation when it is held against its Swedish text. Pure; each finding says what to do.

Babel's own checkers let a lost `{placeholder}` through, and everything else here. Nothing judges the language itself:
that is for people.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

from translations.locales import Locale
from translations.markdown_tree import words
from translations.placeholders import PERCENT, PLACEHOLDER, BadReference, names, percent_names, references

#: (what is wrong, what to do)
Finding = tuple[str, str]

_LINK = re.compile(r"\]\(\s*<?([^\s)>]+)|<((?:https?|mailto|tel):[^>\s]+)>|\]\[([^\]]+)\]")
_BARE_ADDRESS = re.compile(r"(?<![(<\w])(?:https?://|www\.)[^\s<>)\]]+|[\w.+-]+@[\w-]+\.[\w.]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_CODE = re.compile(r"`[^`]*`")
_ATTRIBUTES = re.compile(r"(?<!\{)\{:?[ ]*(?=[.#]|[\w-]+=)[^{}\n]*\}")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)")
_PHONE = re.compile(r"(?<![\w.,])\+?\d(?:[ \u00a0\u202f.\-\u2010-\u2013/()]{0,2}\d){5,}")
_SHORT_NUMBER = re.compile(r"(?<!\d)(?:112|911|999|110|113|1177|114[ \u00a0-]?14|116[ \u00a0-]?\d{3})(?!\d)")
_OVERRIDES = re.compile("[\u202a-\u202e]")
_CONTROL = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff\ufffd]")
_OPEN_ISOLATE, _CLOSE_ISOLATE = re.compile("[\u2066-\u2068]"), re.compile("\u2069")
_SCRIPT_NAMES = {"Latn": "LATIN", "Arab": "ARABIC", "Cyrl": "CYRILLIC", "Ethi": "ETHIOPIC"}

#: From this many words on a translation is read as a sentence, no longer as a name that is alike in all languages.
SENTENCE = 4


def findings(locale: Locale, msgid: str, msgstr: str) -> list[Finding]:
    """Everything that is wrong with `msgstr` as a translation of `msgid`; empty if nothing is."""
    checks: tuple[Callable[[str, str], Iterable[Finding]], ...] = (
        _placeholders,
        _references,
        _links,
        _markup,
        _numbers,
        _signs,
        _lines,
        lambda source, target: _language(locale, source, target),
    )
    return [found for check in checks for found in check(msgid, msgstr)]


def _difference(kind: str, source: Iterable[str], target: Iterable[str], mend: str) -> list[Finding]:
    wanted, given = Counter(source), Counter(target)
    lost, added = wanted - given, given - wanted
    parts = [f"{kind} missing: {', '.join(sorted(lost.elements()))}"] if lost else []
    parts += [f"{kind} not in the Swedish text: {', '.join(sorted(added.elements()))}"] if added else []
    return [(part, mend) for part in parts]


def _braced(text: str) -> list[str]:
    return ["{" + name + "}" for name in names(text)] + percent_names(text)


def _placeholders(source: str, target: str) -> list[Finding]:
    return _difference("placeholder", _braced(source), _braced(target), "copy it from the Swedish text, braces and all")


def _references(source: str, target: str) -> list[Finding]:
    try:
        wanted = [reference.kept for reference in references(source)]
    except BadReference as error:
        return [(f"the Swedish text itself has a broken reference: {error}", "mend the page under content/pages/")]
    try:
        given = [reference.kept for reference in references(target)]
    except BadReference as error:
        return [(f"broken reference: {error}", "copy the whole {{ … }} from the Swedish text, straight marks and all")]
    mend = 'copy the whole {{ … }} from the Swedish text; translate only words in it, such as {{ chat("…") }}'
    return _difference("reference", wanted, given, mend)


def _targets(text: str) -> list[str]:
    return [next(filter(None, found)) for found in _LINK.findall(text)]


def _links(source: str, target: str) -> list[Finding]:
    mend = "keep the address in the brackets as it is in the Swedish text; translate only the words of the link"
    found = _difference("link", _targets(source), _targets(target), mend)
    bare = _difference("address", _BARE_ADDRESS.findall(source), _BARE_ADDRESS.findall(target), mend)
    return found or bare


def _marks(text: str) -> list[str]:
    text = re.sub(r"\{\{.*?\}\}|\]\([^)]*\)|\\.", " ", text, flags=re.DOTALL)
    found = _TAG.findall(text) + _CODE.findall(text) + _ATTRIBUTES.findall(text)
    text = _ATTRIBUTES.sub(" ", _CODE.sub(" ", _TAG.sub(" ", _BARE_ADDRESS.sub(" ", text))))
    return found + _EMPHASIS.findall(text) + re.findall(r"[\[\]]|`", text)


def _markup(source: str, target: str) -> list[Finding]:
    mend = "keep the signs of the Swedish text (* for emphasis, [ ] for links, < > tags) around the same thought"
    return _difference("markup", _marks(source), _marks(target), mend)


def _readable(text: str) -> str:
    text = re.sub(r"\]\([^)]*\)", "]", re.sub(r"<[^>]*>", " ", text))
    digits = (str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign for sign in words(text))
    return "".join(digits)


def _numbers(source: str, target: str) -> list[Finding]:
    wanted, given = _readable(source), _readable(target)
    phones = [*_PHONE.findall(given), *_SHORT_NUMBER.findall(given)]
    known = {_figures(number) for number in [*_PHONE.findall(wanted), *_SHORT_NUMBER.findall(wanted)]}
    typed = [number for number in phones if _figures(number) not in known and not _is_date(number)]
    if typed:
        mend = "take it out: numbers to call come from the directory, by {…} or {{ phone(…) }}"
        return [(f"a phone number is typed: {', '.join(typed)}", mend)]
    runs = (str(int(run)) for run in re.findall(r"\d+", wanted)), (str(int(run)) for run in re.findall(r"\d+", given))
    return _difference("number", *runs, "write the same numbers as the Swedish text, in figures where it has figures")


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_date(text: str) -> bool:
    """True for 2024-06-11 and 11.6.2024, which languages write in different orders."""
    runs = re.findall(r"\d+", text)
    years = [run for run in runs if re.fullmatch(r"(?:19|20)\d\d", run)]
    return len(runs) == 3 and len(years) == 1 and all(int(run) <= 31 for run in runs if run not in years)


def _signs(source: str, target: str) -> list[Finding]:
    found: list[Finding] = []
    mend = "delete it; the page sets the direction itself"
    if _OVERRIDES.search(target):
        found.append(("a sign that turns the direction of writing by force", mend))
    if len(_OPEN_ISOLATE.findall(target)) != len(_CLOSE_ISOLATE.findall(target)):
        found.append(("a direction isolate without its partner", mend))
    if _CONTROL.search(target) and not _CONTROL.search(source):
        found.append(("a control sign that cannot be seen", "type the text again"))
    return found


def _lines(source: str, target: str) -> list[Finding]:
    if target != target.strip():
        return [("white space at the beginning or end", "delete it")]
    if source.count("\n") != target.count("\n"):
        what = f"{target.count(chr(10))} line breaks instead of {source.count(chr(10))}"
        return [(what, "break lines as the Swedish text does")]
    return []


def _unnamed(text: str) -> str:
    """The text without names that are no words of a language: placeholders, addresses, attribute lists."""
    return re.sub(r"https?://\S+", "", _ATTRIBUTES.sub("", PLACEHOLDER.sub("", PERCENT.sub("", text))))


def _language(locale: Locale, source: str, target: str) -> list[Finding]:
    read = words(_unnamed(target))
    letters = [sign for sign in read if sign.isalpha()]
    sentence = len(words(source).split()) >= SENTENCE
    if not letters and any(sign.isalpha() for sign in words(_unnamed(source))):
        return [("a translation without a word in it", "translate the text, or leave it empty")]
    if sentence and source == target:
        return [("the Swedish text copied", "leave it empty: readers then see it marked as Swedish")]
    name = _SCRIPT_NAMES[locale.script]
    own = sum(unicodedata.name(sign, "").startswith(name) for sign in letters)
    if sentence and own * 4 < len(letters):  # names of Swedish services keep their Latin letters
        return [(f"not written in the script of {locale.english}", "check that the text stands in the right catalogue")]
    return []
