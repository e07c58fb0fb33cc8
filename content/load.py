"""Reads everything under `content/` into one `Content`, and reports all mistakes of all files in one run.

`load_content` refuses content that could hurt (unreadable files, numbers without source, secret addresses); the
editorial rules on top of that are run by `content.check`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from content.errors import ContentError, Problem
from content.models import Answer, District, Page, Service, Topic
from content.read import Reader
from content.source import Source


@dataclass(frozen=True)
class Content:
    """All Swedish texts and data. Shared by everybody who loads the same files: nobody changes it.

    `files` gives the file behind each thing, by ("service", id), ("topic", id), ("district", id), ("page", key),
    ("answer", topic) and ("phrase", key). `phrase_notes` are the comments above the phrases, written for translators.
    """

    root: Path
    services: dict[str, Service] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    districts: dict[str, District] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)
    phrase_notes: dict[str, str] = field(default_factory=dict)
    files: dict[tuple[str, str], Source] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)


def content_folder(root: Path) -> Path:
    """The folder `content/` of a repository root; a folder that holds topics.yaml itself is taken as it is."""
    inner = root / "content"
    return inner if not (root / "topics.yaml").exists() and inner.is_dir() else root


def load_content(root: Path) -> Content:
    """Reads the content under `root` (the repository, or its folder `content/`). Unchanged files are not read twice.

    Raises ContentError with every problem of the run.
    """
    from content.checks import safety  # the checks know Content, so they are met only here

    content, unread = read_content(root)
    problems = [*unread, *safety(content)]
    if any(problem.level == "error" for problem in problems):
        raise ContentError(problems)
    return content


def read_content(root: Path) -> tuple[Content, tuple[Problem, ...]]:
    """What can be read, and what cannot: the content without the broken parts, and the problems of the files
    themselves."""
    folder = content_folder(root).resolve()
    return _read(folder, _stamp(folder))


Stamp = tuple[tuple[str, int, int], ...]


def _stamp(folder: Path) -> Stamp:
    """Changes when a file of the content is added, removed or saved."""
    found = [path for path in folder.rglob("*") if path.suffix in (".yaml", ".md")]
    return tuple((str(path), (stat := path.stat()).st_mtime_ns, stat.st_size) for path in sorted(found))


@lru_cache(maxsize=4)
def _read(folder: Path, stamp: Stamp) -> tuple[Content, tuple[Problem, ...]]:
    reader = Reader(folder)
    reader.read_all([Path(path) for path, _, _ in stamp])
    content = Content(
        root=folder,
        services=reader.services,
        topics=reader.joined_topics(),
        districts=reader.districts,
        pages=reader.pages,
        answers=reader.answers,
        phrases=reader.phrases,
        phrase_notes=reader.phrase_notes,
        files=reader.files,
        texts=reader.texts,
    )
    return content, tuple(sorted(reader.problems))
