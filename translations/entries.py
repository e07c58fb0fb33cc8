"""One text to translate, and the four domains that texts are sorted into."""

from dataclasses import dataclass

#: pages: Markdown blocks and titles; services: the directory; chat: what the bot says; ui: templates and error lines.
DOMAINS = ("pages", "services", "chat", "ui")

#: A note that begins so marks a text that must be translated in every language that is offered.
SAFETY_NOTE = "Safety text"


@dataclass(frozen=True, slots=True)
class Entry:
    """A Swedish text with what a translator should know about it. `context` parts two meanings of the same text."""

    msgid: str
    notes: tuple[str, ...] = ()
    context: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells entries of one domain apart."""
        return (self.context, self.msgid)

    @property
    def safety(self) -> bool:
        """True where the text must be translated before a language is offered."""
        return any(note.startswith(SAFETY_NOTE) for note in self.notes)


def normal(text: str) -> str:
    """The form in which a text is looked up: without white space around it (YAML blocks end in a line break)."""
    return text.strip()


def united(entries: list[Entry]) -> list[Entry]:
    """One entry a text: the first place stays, notes of later places are added to it. Empty texts fall out."""
    found: dict[tuple[str | None, str], Entry] = {}
    for entry in entries:
        entry = Entry(normal(entry.msgid), entry.notes, entry.context)
        if not entry.msgid:
            continue
        first = found.get(entry.key)
        notes = entry.notes if first is None else tuple(dict.fromkeys(first.notes + entry.notes))
        found[entry.key] = Entry(entry.msgid, notes, entry.context)
    return list(found.values())
