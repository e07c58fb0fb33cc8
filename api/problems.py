"""Every error a client can get, in one shape (RFC 9457). The words are for the reader and never repeat what was sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from api.padding import padded_json
from api.words import N_, Words

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """One way to fail. phrase: key of content/answers/_phrases.yaml, where the words are there; else text."""

    status: int
    title: str
    phrase: str = ""
    text: str = ""


KINDS: Mapping[str, Kind] = {
    "malformed": Kind(400, "Malformed request", text=N_("Det gick inte att läsa det som skickades. Försök igen.")),
    "invalid": Kind(422, "Invalid request", text=N_("Något i det som skickades har inte rätt form. Försök igen.")),
    "both": Kind(422, "Message and choice together", text=N_("Skicka antingen ett meddelande eller ett val, inte båda.")),
    "language": Kind(422, "Language not offered", text=N_("Det språket finns inte här än. Välj ett annat språk.")),
    "too-long": Kind(422, "Message too long", phrase="too_long"),
    "empty": Kind(422, "Message empty", phrase="empty"),
    "not-found": Kind(404, "Not found", text=N_("Det finns inget på den adressen. Du har inte gjort något fel.")),
    "method": Kind(405, "Method not allowed", text=N_("Så går det inte att fråga på den här adressen.")),
    "too-large": Kind(413, "Request too large", phrase="too_long"),
    "type": Kind(415, "Unsupported media type", text=N_("Det går inte att ta emot den sortens innehåll här.")),
    "busy": Kind(429, "Too many requests", phrase="busy"),
    "failed": Kind(500, "Something failed", phrase="failed"),
    "nothing": Kind(503, "Nothing can be answered now", phrase="failed"),
}  # fmt: skip

BY_STATUS = {400: "malformed", 404: "not-found", 405: "method", 413: "too-large", 415: "type", 422: "invalid", 429: "busy", 503: "nothing"}


class Refused(Exception):
    """Raised by an endpoint that cannot answer; becomes the problem `kind` in `lang`, or in the browser's language."""

    def __init__(self, kind: str, lang: str | None = None) -> None:
        super().__init__(kind)
        self.kind, self.lang = kind, lang


def detail(kind: str, words: Words) -> str:
    """What the reader is told."""
    found = KINDS[kind]
    return words.phrase(found.phrase).plain() if found.phrase else words.gettext(found.text)


def problem(kind: str, words: Words, *, padded: bool = False, headers: Mapping[str, str] | None = None, extra: Mapping[str, Any] | None = None) -> Response:
    """The answer for a failure. `padded` on the chat, where the length of an error tells no more than that of an answer."""
    found = KINDS[kind]
    fields = {
        "type": f"urn:friyta:problem:{kind}",
        "title": found.title,
        "status": found.status,
        "detail": detail(kind, words),
        **(extra or {}),
    }
    body = padded_json(fields) if padded else json.dumps(fields, ensure_ascii=False).encode()
    return Response(body, found.status, {"Content-Language": words.lang, **(headers or {})}, MEDIA_TYPE)
