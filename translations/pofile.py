"""Reading and writing gettext files: Babel reads them; we write them, quietly.

Quietly means: no locations, no dates, no wrapping, entries in reading order. So a change of one sentence is a change of
one entry in a diff. Babel's own writer puts dates into the header and breaks long comments.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po, unescape
from babel.messages.pofile import normalize as quoted

from content.errors import ContentError, Problem
from translations.entries import Entry
from translations.locales import KNOWN

#: How far a translation has been read: only by its maker, by a second person, by one who grew up with the language.
REVIEW_STATES = ("unreviewed", "second", "native")
UNREVIEWED = REVIEW_STATES[0]
_REVIEW = "review:"
_PREVIOUS = "| msgid "


@dataclass(frozen=True, slots=True)
class PoEntry:
    """One entry of a catalogue. `comments` are the translators' own, `notes` come with the source."""

    msgid: str
    msgstr: str = ""
    context: str | None = None
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    fuzzy: bool = False
    previous: str | None = None
    review: str = UNREVIEWED
    line: int = 1

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells entries of one file apart; the same as `Entry.key`."""
        return (self.context, self.msgid)

    @property
    def usable(self) -> bool:
        """True where a reader may see the translation."""
        return bool(self.msgstr) and not self.fuzzy

    @property
    def source(self) -> Entry:
        """The text to translate, without its translation."""
        return Entry(self.msgid, self.notes, self.context)


@dataclass(frozen=True, slots=True)
class PoFile:
    """A whole .po or .pot file: comment lines above its header (names of translators) and its entries."""

    entries: tuple[PoEntry, ...] = ()
    header: tuple[str, ...] = ()

    def by_key(self) -> dict[tuple[str | None, str], PoEntry]:
        """The entries by context and msgid."""
        return {entry.key: entry for entry in self.entries}


def pot_path(root: Path, domain: str) -> Path:
    """The template of a domain."""
    return root / "translations" / f"{domain}.pot"


def po_path(root: Path, locale: str, domain: str) -> Path:
    """The catalogue of a locale and domain."""
    return root / "translations" / locale / "LC_MESSAGES" / f"{domain}.po"


def read_po_file(path: Path) -> PoFile:
    """Reads a .po or .pot file; one that does not exist is empty.

    Raises ContentError with file and line if it breaks the gettext format.
    """
    if not path.is_file():
        return PoFile()
    try:
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True, ignore_obsolete=True)
    except PoFileError as error:
        raise _unreadable(path, error.lineno + 1, str(error)) from error
    except (ValueError, IndexError) as error:
        raise _unreadable(path, 1, str(error)) from error
    entries = []
    for message in catalog:
        if isinstance(message.id, tuple | list):
            line = message.lineno or 1
            raise _unreadable(path, line, "plural forms are not used here; write a text that fits any number")
        if message.id:
            entries.append(_entry(message.id, str(message.string or ""), message))
    return PoFile(tuple(entries), _header_comments(catalog.header_comment))


def _header_comments(comment: str) -> tuple[str, ...]:
    """Comment lines above the header; where a file has none, Babel makes some up ("… template for PROJECT")."""
    lines = [line.removeprefix("#").strip() for line in comment.splitlines()]
    return () if any("PROJECT" in line for line in lines) else tuple(line for line in lines if line)


def _unreadable(path: Path, line: int, what: str) -> ContentError:
    mend = "open the file in Poedit, which shows the broken place, or take the last committed version"
    return ContentError([Problem(path, line, f"not a readable gettext file: {what}", mend)])


def _entry(msgid: str, msgstr: str, message: object) -> PoEntry:
    comments: list[str] = []
    previous: list[str] = []
    review = UNREVIEWED
    for line in getattr(message, "user_comments", []):
        if line.startswith(_REVIEW):
            review = line.removeprefix(_REVIEW).strip()
        elif line.startswith("|"):
            previous.append(line.removeprefix(_PREVIOUS).removeprefix("|").strip())
        elif line:
            comments.append(line)
    quoted_lines = [line for line in previous if line.startswith('"')]
    return PoEntry(
        msgid=msgid,
        msgstr=msgstr,
        context=getattr(message, "context", None),
        notes=tuple(getattr(message, "auto_comments", ())),
        comments=tuple(comments),
        fuzzy="fuzzy" in getattr(message, "flags", ()),
        previous="".join(map(unescape, quoted_lines)) if quoted_lines else None,
        review=review,
        line=getattr(message, "lineno", None) or 1,
    )


def template_text(entries: Iterable[Entry]) -> str:
    """The text of a .pot file."""
    return "".join(_file_lines([], None, (PoEntry(entry.msgid, "", entry.context, entry.notes) for entry in entries)))


def catalog_text(locale: str, file: PoFile) -> str:
    """The text of a .po file of a locale."""
    return "".join(_file_lines(file.header, locale, file.entries))


def _file_lines(header: Iterable[str], locale: str | None, entries: Iterable[PoEntry]) -> Iterator[str]:
    for line in header:
        yield f"# {line}\n"
    fields = ["MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit"]
    if locale is not None:
        fields = [f"Language: {locale}", f"Plural-Forms: {KNOWN[locale].plural_forms};", *fields]
    yield 'msgid ""\nmsgstr ""\n'
    yield from (f'"{line}\\n"\n' for line in fields)
    for entry in entries:
        yield "\n"
        yield from _entry_lines(entry)


def _entry_lines(entry: PoEntry) -> Iterator[str]:
    yield from (f"# {line}\n" for line in entry.comments)
    if entry.msgstr:
        yield f"# {_REVIEW} {entry.review}\n"
    yield from (f"#. {line}\n" for line in entry.notes)
    if entry.fuzzy:
        yield "#, fuzzy\n"
        if entry.previous is not None:
            yield from (f"#| {line}\n" for line in f"msgid {quoted(entry.previous, width=0)}".splitlines())
    if entry.context is not None:
        yield f"msgctxt {quoted(entry.context, width=0)}\n"
    yield f"msgid {quoted(entry.msgid, width=0)}\n"
    yield f"msgstr {quoted(entry.msgstr, width=0)}\n"


def write_text(path: Path, text: str) -> bool:
    """Writes a file whole or not at all. Returns False, and touches nothing, where it already says the same."""
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(data)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
    return True


@contextmanager
def one_writer(root: Path) -> Iterator[None]:
    """Keeps two commands that fill or merge at the same time from losing each other's work."""
    folder = root / ".build"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "translations.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
