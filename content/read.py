"""Reads the single files of the content: services, pages, answers, phrases, topics and districts. Collects mistakes,
raises none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

from content.errors import Problem
from content.models import Answer, District, Page, Service, Topic
from content.models.base import Model
from content.source import Source, build, flaws, parsed
from content.yaml_lines import Document

M = TypeVar("M", bound=Model)

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)


class Reader:
    """Reads the files of one content folder into dictionaries; `problems` holds what could not be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.files: dict[tuple[str, str], Source] = {}
        self.texts: dict[Path, str] = {}
        self.services: dict[str, Service] = {}
        self.topics: dict[str, Topic] = {}
        self.districts: dict[str, District] = {}
        self.pages: dict[str, Page] = {}
        self.answers: dict[str, Answer] = {}
        self.phrases: dict[str, str] = {}
        self.phrase_notes: dict[str, str] = {}

    def read_all(self, paths: list[Path]) -> None:
        """Reads every file of the folder, each by its place; a file in no known place is a problem."""
        for path in paths:
            text = self._text(path)
            if text is None:
                continue
            inside = path.relative_to(self.folder)
            if inside.parts[0] == "pages" and path.suffix == ".md":
                self._page(path, inside, text)
            elif path.suffix == ".md":
                self._note(path, 1, "a Markdown file outside content/pages", "move it under content/pages/<part>/")
            else:
                self._yaml(inside, self._source(path, text, parsed(text)))
        for name in ("topics.yaml", "districts.yaml", "answers/_phrases.yaml"):
            if not (self.folder / name).exists():
                self._note(self.folder / name, 1, "the file is missing", "bring it back; nothing works without it")

    def joined_topics(self) -> dict[str, Topic]:
        """The topics with the pages and choices that serve them: the answer's own first, then pages that name the
        topic."""
        joined = {}
        for key, topic in self.topics.items():
            answer = self.answers.get(key)
            pages = list(answer.pages) if answer else []
            pages += [page.key for page in self.pages.values() if key in page.topics and page.key not in pages]
            joined[key] = topic.model_copy(update={"pages": pages, "choices": list(answer.choices) if answer else []})
        return joined

    def _yaml(self, inside: Path, source: Source) -> None:
        self.problems += flaws(source)
        data = source.document.value
        if source.document.flaws and data is None:
            return
        place, name = inside.parts[0], inside.stem
        if len(inside.parts) == 2 and place == "services":
            self._own_file("service", source, Service, field="id", into=self.services)
        elif len(inside.parts) == 2 and place == "answers" and name == "_phrases":
            self._phrases(data, source)
        elif len(inside.parts) == 2 and place == "answers":
            self._own_file("answer", source, Answer, field="topic", into=self.answers)
        elif inside.parts == ("topics.yaml",):
            self._topics(data, source)
        elif inside.parts == ("districts.yaml",):
            self._districts(data, source)
        elif inside.parts == ("addresses.yaml",):
            if not isinstance(data, dict) or not all(isinstance(address, str) for address in data.values()):
                self.problems.append(source.problem((), "not a list of pages with an address each", "write `hjalp/heder: hjalp/familjen`"))
        else:
            self.problems.append(
                source.problem(
                    (), "a YAML file in a place where nobody reads it", "move it to content/services or content/answers"
                )
            )

    def _own_file(self, kind: str, source: Source, model: type[M], *, field: str, into: dict[str, M]) -> None:
        """Reads a file that holds one thing, whose `field` must say the file's own name."""
        name, data = source.path.stem, source.document.value
        self.files[(kind, name)] = source
        if isinstance(data, dict) and field in data and str(data[field]) != name:
            what = f"`{field}` is `{data[field]}` but the file is called {name}"
            self.problems.append(source.problem((field,), what, "make them the same"))
            data = {**data, field: name}  # everything else refers to the file's name
        built = build(model, data, source, self.problems)
        if built is not None:
            into[name] = built

    def _topics(self, data: Any, source: Source) -> None:
        for group, topics in data.items() if isinstance(data, dict) else ():
            for key, fields in topics.items() if isinstance(topics, dict) else ():
                place = source.at(group, key)
                self.files[("topic", key)] = place
                whole = (
                    {"id": key, "group": group, "urgent": group == "urgent", **_whole(fields)}
                    if isinstance(fields, dict)
                    else fields
                )
                topic = build(Topic, whole, place, self.problems)
                if topic is not None and key in self.topics:
                    self.problems.append(place.problem((), f"the topic `{key}` stands in two groups", "keep it in one"))
                elif topic is not None:
                    self.topics[key] = topic

    def _districts(self, data: Any, source: Source) -> None:
        for key, fields in data.items() if isinstance(data, dict) else ():
            place = source.at(key)
            self.files[("district", key)] = place
            whole = {"id": key, **fields} if isinstance(fields, dict) else fields
            district = build(District, whole, place, self.problems)
            if district is not None:
                self.districts[key] = district

    def _phrases(self, data: Any, source: Source) -> None:
        lines = source.text.splitlines()
        for key, text in data.items() if isinstance(data, dict) else ():
            self.files[("phrase", key)] = source.at(key)
            if not isinstance(text, str) or not text.strip():
                self.problems.append(
                    source.problem((key,), f"the phrase `{key}` has no text", "write it in quotes after the colon")
                )
                continue
            self.phrases[key] = text.strip()
            self.phrase_notes[key] = _comment_above(lines, source.line((key,)))

    def _page(self, path: Path, inside: Path, text: str) -> None:
        key = inside.relative_to("pages").with_suffix("").as_posix()
        front = _FRONT.match(text)
        if front is None:
            self._note(
                path,
                1,
                "the page has no front matter",
                "begin with --- , the fields, and --- ; see docs/editing-texts.md",
            )
            return
        source = self._source(path, text, parsed(front[1], 2))
        self.files[("page", key)] = source
        self.problems += flaws(source)
        data = source.document.value
        if not isinstance(data, dict):
            self._note(
                path, 2, "the front matter has no fields", "write title, description, audience, kind, order, review"
            )
            return
        for name in ("key", "body", "body_line"):
            if name in data:
                self.problems.append(
                    source.problem((name,), f"`{name}` is no field of the front matter", "take it away")
                )
        whole = {**data, "key": key, "body": text[front.end() :], "body_line": text[: front.end()].count("\n") + 1}
        page = build(Page, whole, source, self.problems)
        if page is not None:
            # Bodies keep their own white space: line numbers in messages count from `body_line`.
            self.pages[key] = page.model_copy(update={"body": text[front.end() :]})

    def _text(self, path: Path) -> str | None:
        try:
            text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self._note(path, 1, "the file is not UTF-8 text", "save it as UTF-8")
            return None
        self.texts[self._shown(path)] = text
        return text

    def _source(self, path: Path, text: str, document: Document) -> Source:
        return Source(self._shown(path), text, document)

    def _note(self, path: Path, line: int, what: str, mend: str) -> None:
        self.problems.append(Problem(self._shown(path), line, what, mend))

    def _shown(self, path: Path) -> Path:
        return Path("content") / path.relative_to(self.folder)


def _whole(fields: dict[str, Any]) -> dict[str, Any]:
    """Puts back together a sentence in braces that YAML cut at its commas: `{means: Thanks, that helped.}`."""
    rest = [key for key, value in fields.items() if value is None and key not in Topic.model_fields]
    if "means" not in fields or not rest:
        return fields
    kept = {key: value for key, value in fields.items() if key not in rest}
    return {**kept, "means": ", ".join([str(fields["means"]), *rest])}


def _comment_above(lines: list[str], line: int) -> str:
    """The comment lines directly above a line, joined: the note for translators."""
    above: list[str] = []
    index = line - 2
    while index >= 0 and lines[index].startswith("#"):
        above.insert(0, lines[index].lstrip("# ").rstrip())
        index -= 1
    return " ".join(above)
