"""Swedish phone numbers: are they callable, how they are shown (national form) and how a phone dials them (E.164).

Short numbers cannot be written in E.164 and are unknown to most of the number library, so they come from a list with
reasons.
"""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

# Digits -> how it is written, and why it is a number one may dial. Source of the plan: Post- och telestyrelsen, the
# Swedish numbering plan, and Commission Decision 2007/116/EC, which reserves 116 for services of social value in all
# of the EU.
SHORT_NUMBERS: dict[str, tuple[str, str]] = {
    "112": ("112", "the emergency number, Directive (EU) 2018/1972 article 109"),
    "11313": ("113 13", "the national information number for accidents and crises, SOS Alarm"),
    "11414": ("114 14", "the police when it is not urgent"),
    "1177": ("1177", "health care advice of the regions"),
    "90101": ("90101", "the suicide line of Mind"),
    "116000": ("116 000", "missing children, 2007/116/EC"),
    "116006": ("116 006", "crime victims, 2007/116/EC as amended 2009"),
    "116016": (
        "116 016",
        "women subjected to violence, the common number of the EU, European Commission 25 November 2022",
    ),
    "116111": ("116 111", "children, 2007/116/EC"),
    "116117": ("116 117", "non-emergency medical on-call, 2007/116/EC as amended 2009"),
}

# On-call social services of OTHER municipalities in the county, often copied as if they were the city's own: named in
# the head of the research of 22 November 2026. They send a person in Stockholm to somebody who cannot help.
FOREIGN_ON_CALL: dict[str, str] = {
    "020708003": "the on-call social services of Södertörn, not of the city of Stockholm",
    "0104440500": "the on-call social services of northern municipalities, not of the city of Stockholm",
    "084440500": "the on-call social services of northern municipalities, not of the city of Stockholm",
}

_NOT_DIGIT = re.compile(r"\D")
_ALLOWED = re.compile(r"\+?[\d\s()\-–/]+\Z")
_DIGIT_RUN = re.compile(r"\+?\d(?:[\s().\-–‑/\u00a0\u200e\u200f\u2066-\u2069]{0,3}\d){6,14}")


def digits(value: str) -> str:
    """The bare national digits of a number written anyhow: `+46 (0)8-508 00 508` and `08 508 00 508` give
    `0850800508`."""
    text = value.strip().replace("(0)", "")
    bare = "".join(str(int(char)) for char in _NOT_DIGIT.sub("", text))  # other scripts' digits become 0-9
    if text.startswith("+46"):
        return "0" + bare[2:]
    if bare.startswith("0046"):
        return "0" + bare[4:]
    return bare


def is_short(value: str) -> bool:
    """Whether the number is one of the documented short numbers."""
    return digits(value) in SHORT_NUMBERS


@lru_cache(maxsize=4096)
def fault(value: str) -> str | None:
    """Why a Swedish phone cannot call the number, or None if it can."""
    if is_short(value):
        return None
    if not _ALLOWED.match(value.strip()):
        return "it holds other signs than digits, spaces, hyphens and +"
    try:
        parsed = phonenumbers.parse(value, "SE")
    except phonenumbers.NumberParseException:
        return "it cannot be read as a phone number"
    if not phonenumbers.is_valid_number(parsed):
        return "it is no valid number, and not in the list of short numbers in content/phone.py"
    return None


def national(value: str) -> str:
    """The number as it is printed in Sweden: `08-508 00 508`, `020-50 50 50`, `114 14`. Keeps the owner's own grouping.

    Raises ValueError for a number that `fault` refuses.
    """
    bare = _checked(value)
    if bare in SHORT_NUMBERS:
        return SHORT_NUMBERS[bare][0]
    parsed = phonenumbers.parse(value, "SE")
    formatted: str = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    if parsed.country_code != 46:
        return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    own = re.fullmatch(r"(?:\+46\s?(?:\(0\)\s?)?|0)(\d{1,3})\s?[-–]\s?([\d ]+)", value.strip())
    if own and " " in own[2].strip() and formatted.startswith(f"0{own[1]}-"):
        return f"0{own[1]}-{' '.join(own[2].split())}"
    return formatted


def e164(value: str) -> str:
    """`+46850800508`; a short number stays as it is (`112`). Raises ValueError for a number that `fault` refuses."""
    bare = _checked(value)
    if bare in SHORT_NUMBERS:
        return bare
    return str(phonenumbers.format_number(phonenumbers.parse(value, "SE"), phonenumbers.PhoneNumberFormat.E164))


def uri(value: str) -> str:
    """`tel:+46850800508` or `tel:112`. Raises ValueError for a number that `fault` refuses."""
    return "tel:" + e164(value)


def sms_uri(value: str) -> str:
    """`sms:112`, RFC 5724. Raises ValueError for a number that `fault` refuses."""
    return "sms:" + e164(value)


def foreign_on_call(text: str) -> list[tuple[int, str]]:
    """Finds the on-call numbers of other municipalities in any text, in any writing: (position, whose number it is)."""
    found = []
    for match in _DIGIT_RUN.finditer(text):
        bare = digits(match[0])
        for number, whose in FOREIGN_ON_CALL.items():
            if number in bare or "46" + number[1:] in bare:
                found.append((match.start(), whose))
    return found


def _checked(value: str) -> str:
    why = fault(value)
    if why is not None:
        raise ValueError(f"the number {value!r} cannot be used: {why}")
    return digits(value)
