"""What a conversation remembers between two turns: a handful of slots from closed lists, never a word of what was written."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self

Way = Literal["", "phone", "chat", "write", "visit"]
WAYS: tuple[Way, ...] = ("", "phone", "chat", "write", "visit")
Asked = Literal["nothing", "district", "who", "more"]
ASKED: tuple[Asked, ...] = ("nothing", "district", "who", "more")
MOST_TURNS = 10_000


class BadState(ValueError):
    """Raised when a state holds something that is not of its closed lists."""


@dataclass(frozen=True)
class State:
    """The slots of one conversation.

    topic: the id of the topic talked of last, "" before any. urgent: danger was told and not taken back. urgent_topic: which of the urgent topics.
    district: id of a district or "". who: "self", "other" or "". asked: the question that stands open. minor: the writer may be under 18.
    way: how the reader wants to reach help, "" where it is all the same. own_language: wants a helper who speaks the language of the page.
    turns: answers given so far.
    """

    topic: str = ""
    urgent: bool = False
    urgent_topic: str = ""
    district: str = ""
    who: str = ""
    asked: Asked = "nothing"
    minor: bool = False
    way: Way = ""
    own_language: bool = False
    turns: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Give the slots as plain data for sealing."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read slots; raise ``BadState`` when a key is unknown or a value has the wrong type. Ids are checked by the engine, which knows them."""
        if not isinstance(data, dict) or set(data) - {f.name for f in fields(cls)}:
            raise BadState("unknown slots")
        for field in fields(cls):
            value = data.get(field.name, field.default)
            if type(value) is not type(field.default):
                raise BadState(field.name)
        if data.get("asked", "nothing") not in ASKED or data.get("who", "") not in ("", "self", "other"):
            raise BadState("value outside its list")
        if data.get("way", "") not in WAYS:
            raise BadState("way")
        if not 0 <= data.get("turns", 0) <= MOST_TURNS:
            raise BadState("turns")
        return cls(**data)
