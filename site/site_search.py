"""The index behind the search of one language. Small, and answered on the reader's device: assets/find.js reads it.

`fold` must do what `fold` in find.js does; tests/browser/test_site_search.py holds the two against each other.
"""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser

#: Letters that people write in several ways -> one of them. Arabic, Persian and Kurdish forms; Latin letters without parts to strip.
SAME = {
    **dict.fromkeys("أإآٱ", "ا"), **dict.fromkeys("ىیئێ", "ي"), **dict.fromkeys("ؤۆ", "و"), "ک": "ك", **dict.fromkeys("ةەھۀ", "ه"),
    "ڕ": "ر", "ڵ": "ل", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "є": "е", "ґ": "г",
    **dict.fromkeys("ʼ'’ـ\u200c\u200d", ""),
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_SKIPPED = frozenset({"script", "style", "svg", "sup", "template"})


def fold(text: str) -> str:
    """One shape for every way of writing a word: small letters, no accents or vowel signs, one form of each Arabic letter."""
    same = "".join(SAME.get(sign, sign) for sign in unicodedata.normalize("NFKC", text.lower()))
    return "".join(sign for sign in unicodedata.normalize("NFKD", same) if not unicodedata.category(sign).startswith("M"))


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


def entry(url: str, title: str, lead: str, heads: list[str], html: str) -> dict[str, str]:
    """One page in the index: what is shown of it, and every other word on it once."""
    shown = set(words(" ".join([title, lead, *heads])))
    body = dict.fromkeys(word for word in words(text_of(html)) if word not in shown and (len(word) > 1 or not word.isascii()))
    return {"url": url, "title": title, "lead": lead, "heads": " ".join(heads), "words": " ".join(sorted(body))}


def index_bytes(entries: list[dict[str, str]]) -> bytes:
    """The index as it is served."""
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()


def text_of(html: str) -> str:
    """The words of a piece of HTML as a reader sees them."""
    reader = _Reader()
    reader.feed(html)
    return " ".join(reader.found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipped += tag in _SKIPPED

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in _SKIPPED

    def handle_data(self, data: str) -> None:
        if not self.skipped and data.strip():
            self.found.append(data.strip())
