"""The second gate for places that must stay secret: what is about to be written of a confidential service is read once more.

content.checks.secret_places refuses the sources; this refuses the page, the index entry and the card, whatever made them. In issue 3's
words: a leaked shelter address can kill.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from site_context import SiteError

from content.checks.secret_places import place_sign
from content.models import Service

#: Attributes a reader may see or follow; class names, drawing data and the like say nothing of a place.
_READ = frozenset({"href", "title", "aria-label", "alt", "content", "value", "datetime"})
_SKIPPED = frozenset({"svg", "script", "style"})


def guard(service: Service, place: str, html: str) -> None:
    """Raises SiteError if `html` could lead to the place of a confidential service. Numbers are no places and are not looked at."""
    if not service.confidential:
        return
    for piece in readable(html):
        sign = place_sign(piece)
        if sign is not None:
            raise SiteError(f"content/services/{service.id}.yaml: {place} would show {sign} of a confidential service; take it out of the texts")


def readable(html: str) -> list[str]:
    """The texts and read attributes of a piece of HTML, without phone numbers (`114 14` looks like a postcode)."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        href = values.get("href") or ""
        if tag in _SKIPPED or (tag == "a" and href.startswith(("tel:", "sms:"))):
            self.skipped.append(tag)
        elif not self.skipped:
            # Our own addresses hold the hash of an asset's bytes, which may look like anything.
            self.found += [unescape(value) for name, value in values.items() if name in _READ and value and not value.startswith("/assets/")]

    def handle_endtag(self, tag: str) -> None:
        if self.skipped and self.skipped[-1] == tag:
            self.skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self.skipped and data.strip():
            self.found.append(re.sub(r"\s+", " ", data.strip()))
