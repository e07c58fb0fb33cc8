"""Which language a reader is answered in when the address or the body does not say it. Nothing of the choice is kept."""

from __future__ import annotations

from collections.abc import Iterable

from translations.locales import LOCALES, SOURCE

#: Languages whose readers are served by another tag of ours: Dari reads Persian, `ku` is also sent for Central Kurdish.
NEAR = {"prs": "fa", "ku": "ckb", "nb": "sv", "nn": "sv", "no": "sv", "da": "sv"}
#: For readers none of whose languages is offered.
COMMON = "en"
_MOST = 20


def offered(tag: object) -> str | None:
    """The tag if readers can choose that language, else None."""
    return tag if isinstance(tag, str) and tag in LOCALES else None


def preferred(accept_language: str | None, choice: Iterable[str] = LOCALES) -> str:
    """The best offered language for an `Accept-Language` header (RFC 9110, 12.5.4): Swedish without one, English if none fits."""
    tags = list(choice)
    wishes = _wishes(accept_language or "")
    for wish in wishes:
        primary = wish.split("-", 1)[0]
        for tag in (primary, NEAR.get(wish, ""), NEAR.get(primary, "")):
            if tag in tags:
                return tag
    return COMMON if wishes and COMMON in tags else SOURCE


def _wishes(header: str) -> list[str]:
    found: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.lower().split(",")[:_MOST]):
        tag, _, rest = part.strip().partition(";")
        weight = rest.strip().removeprefix("q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            quality = 0.0
        if tag and tag != "*" and quality > 0:
            found.append((-quality, place, tag.strip()))
    return [tag for _, _, tag in sorted(found)]
