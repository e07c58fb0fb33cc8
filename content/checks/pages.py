"""Pages: references that lead somewhere, links that work, sources that are named, no page that nobody can find."""

from __future__ import annotations

import re
from collections.abc import Collection

from content.checks.references import unknown
from content.errors import Problem
from content.load import Content
from content.markers import Marker, find_markers, without_markers
from content.models import Page
from content.source import Source
from content.yaml_lines import Document

HOME = "start"

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]*)[^)]*\)")
_H1 = re.compile(r"^#\s", re.MULTILINE)
_HTML = re.compile(r"<(?!https?:)/?[a-zA-Z!][^>]*>")


def check(content: Content) -> list[Problem]:
    """All rules of this module."""
    problems: list[Problem] = []
    for page in content.pages.values():
        problems += _front(content, page)
        for marker in find_markers(page.body):
            problems += _marker(content, page, marker)
        problems += _sources(content, page) + _markup(content, page)
    return problems + _orphans(content)


def _front(content: Content, page: Page) -> list[Problem]:
    source = content.files[("page", page.key)]
    problems: list[Problem] = []
    for index, topic in enumerate(page.topics):
        problems += unknown(source, ("topics", index), "topic", topic, content.topics)
    for name, twin, back in (("easy", page.easy, "full"), ("full", page.full, "easy")):
        if twin is None:
            continue
        problems += unknown(source, (name,), "page", twin, content.pages)
        if twin in content.pages and getattr(content.pages[twin], back) != page.key:
            problems.append(
                source.problem(
                    (name,), f"`{twin}` does not lead back to this page", f"write {back}: {page.key} in {twin}.md"
                )
            )
    if page.easy is not None and page.easy in content.pages and content.pages[page.easy].kind != "easy":
        problems.append(source.problem(("easy",), f"`{page.easy}` is no easy-read page", "write kind: easy there"))
    if page.kind == "easy" and page.full is None:
        problems.append(
            source.problem(("kind",), "an easy-read page does not say which page it retells", "write full: <page>")
        )
    return problems


def _marker(content: Content, page: Page, marker: Marker) -> list[Problem]:
    path, line = content.files[("page", page.key)].path, page.body_line + marker.line - 1
    if marker.fault is not None:
        return [
            Problem(
                path,
                line,
                f"the reference cannot be read: {marker.fault}",
                "see content/markers.py for what may stand in {{ }}",
            )
        ]
    targets: dict[str, Collection[str]] = {
        "service": content.services,
        "phone": content.services,
        "page": content.pages,
        "src": page.sources,
    }
    known = targets.get(marker.name)
    if known is not None and marker.args[0] not in known:
        what = {"phone": "service", "src": "source in the front matter"}.get(marker.name, marker.name)
        at_line = Source(path, "", Document(lines={(): line}))
        return unknown(at_line, (), what, marker.args[0], known)
    if marker.name == "phone" and not content.services[marker.args[0]].channels_of("phone", "sms", "text_phone"):
        what = f"`{marker.args[0]}` has no known number to show here"
        return [Problem(path, line, what, 'write {{ service("…") }} and name it in words')]
    return []


def _sources(content: Content, page: Page) -> list[Problem]:
    used = {marker.args[0] for marker in find_markers(page.body) if marker.name == "src" and marker.args}
    source = content.files[("page", page.key)]
    return [
        source.problem(
            ("sources", key),
            f"the source `{key}` is not used on the page",
            'refer to it by {{ src("…") }} or take it away',
            "warning",
        )
        for key in page.sources
        if key not in used
    ]


def _markup(content: Content, page: Page) -> list[Problem]:
    path = content.files[("page", page.key)].path
    body = without_markers(page.body)
    problems = []
    for match in _LINK.finditer(body):
        target, line = match[1], page.body_line + body.count("\n", 0, match.start())
        if match[0].startswith("!"):
            problems.append(
                Problem(path, line, "an image in the text", "say it in words; images are part of the theme")
            )
        elif target.startswith("https://"):
            continue
        elif target.startswith("http://"):
            problems.append(
                Problem(
                    path,
                    line,
                    f"the link {target} is not encrypted",
                    'use https, or name the source by {{ src("…") }}',
                    "warning",
                )
            )
        else:
            problems.append(
                Problem(path, line, f"the link `{target}` leads nowhere we can check", 'write {{ page("…", "words") }}')
            )
    for match in _H1.finditer(body):
        problems.append(
            Problem(
                path,
                page.body_line + body.count("\n", 0, match.start()),
                "a heading of the first level",
                "begin with ##; the title is the heading",
            )
        )
    for match in _HTML.finditer(body):
        problems.append(
            Problem(
                path,
                page.body_line + body.count("\n", 0, match.start()),
                f"HTML in the text: {match[0]}",
                "write it in Markdown",
            )
        )
    return problems


def _orphans(content: Content) -> list[Problem]:
    """Pages that no page, answer, choice, twin or menu leads to."""
    reached = {HOME}
    for page in content.pages.values():
        reached.update(
            marker.args[0]
            for marker in find_markers(page.body)
            if marker.name == "page" and marker.args and marker.args[0] != page.key
        )
        reached.update(key for key in (page.easy, page.full) if key is not None)
        if page.nav is not None:
            reached.add(page.key)
    for answer in content.answers.values():
        reached.update(answer.pages)
        reached.update(choice.removeprefix("page:") for choice in answer.choices if choice.startswith("page:"))
    problems = [
        content.files[("page", key)].problem((), "no page, answer or menu leads here", "link to it, or give it a `nav`")
        for key in content.pages
        if key not in reached
    ]
    if content.pages and HOME not in content.pages:
        first = next(iter(content.pages))
        problems.append(
            content.files[("page", first)].problem((), f"there is no page `{HOME}`", f"write content/pages/{HOME}.md")
        )
    return problems
