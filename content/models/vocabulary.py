"""The closed lists of the content: which words a file may use. docs/editing-services.md shows them to writers."""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal[
    "emergency",
    "police",
    "helpline",
    "civil-society",
    "city-service",
    "shelter-referral",
    "housing",
    "health",
    "legal",
    "youth",
    "programme",
    "professional-resource",
]
Status = Literal["active", "ended", "period", "unknown"]
Audience = Literal[
    "everyone",
    "women",
    "men",
    "hbtqi",
    "girls",
    "boys",
    "children",
    "youth",
    "older",
    "disability",
    "deaf",
    "hearing",
    "speech",
    "deafblind",
    "honour",
    "trafficking",
    "sex-for-payment",
    "addiction",
    "homeless",
    "relatives",
    "perpetrators",
    "professionals",
]
Label = Literal["yes", "no", "unknown"]
ChannelType = Literal["phone", "sms", "text_phone", "chat", "video", "visit", "web"]
SeenConfidence = Literal["two-sources", "page-seen", "seed", "third-party"]
TextConfidence = Literal["two-sources", "page-seen", "seed", "third-party", "recalled-only"]
PageAudience = Literal["victim", "young", "disability", "relative", "perpetrator", "professional", "everyone"]
PageKind = Literal["help", "youth", "easy", "professional", "about"]
ReviewState = Literal["draft", "reviewed", "approved"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
NUMBER_TYPES: frozenset[str] = frozenset({"phone", "sms", "text_phone"})

# Areas above the districts. Districts' ids are checked against content/districts.yaml.
WIDE_AREAS: frozenset[str] = frozenset({"sverige", "stockholms-lan", "stockholms-stad"})

# The locales of the contract, the only ones a choice `lang:<tag>` may name.
LOCALE_TAGS: tuple[str, ...] = ("sv", "en", "fi", "ar", "fa", "ckb", "so", "ti", "tr", "es", "pl", "uk")

# Languages a channel may be served in, BCP 47 tags (sign languages by their ISO 639-3 codes; -x- parts are private
# use).
_TAGS = (
    "sv sv-x-lattlast en fi ar fa prs ckb kmr ku so ti tr es pl uk ru am fr de pt it nl da nb el hu ro bg "
    "cs sk sl hr bs sr mk sq lt lv et ka hy az ps ur bn hi pa ta ne si th vi zh ja ko mn tl id sw rw ln "
    "rom fit se yi syr aii swl swl-x-taktil ils "
)
LANGUAGES: frozenset[str] = frozenset(_TAGS.split())
