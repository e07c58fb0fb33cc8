"""A small, right content tree that tests may spoil: what a rule says of one spoiled line, it says of nothing else."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from content.check import check_content
from content.checks.talk import MUST_HOLD, REQUIRED_PHRASES
from content.errors import Problem
from content.models.talk import PLAIN_CHOICES

TODAY = dt.date(2026, 11, 24)
REPOSITORY = Path(__file__).parents[3]

SERVICE = """\
id: {id}
kind: {kind}
name: {name}
organization: Staden
status: active
summary: En rad om tjänsten.
description: Några rader om tjänsten.
way_in: Fråga kontaktcenter.
audience: [everyone]
areas: [sverige]
anonymous: unknown
confidential: false
channels: []
sources: ["https://example.org/"]
text_date: 2024-06
confidence: seed
"""

LINE = """\
id: linjen
kind: helpline
name: Linjen
organization: Staden
status: active
summary: En rad om tjänsten.
description: Några rader om tjänsten.
audience: [everyone]
areas: [sverige]
anonymous: yes
confidential: false
channels:
  - type: phone
    value: "116 016"
    languages: [sv]
    labels: {free: yes, on_bill: no, in_call_log: yes, anonymous: yes, reports_children: unknown, register_first: no,
      face_visible: no, interpreter: yes}
    seen: {sources: ["https://example.org/"], text_date: 2026-09-23, confidence: page-seen}
    checked: {by: redaktören, date: 2026-11-01}
sources: ["https://example.org/"]
text_date: 2024-06
confidence: seed
"""

TOPICS = """\
urgent:
  emergency_now:
    means: Danger now.
    offers: [linjen]
support:
  shelter:
    means: A bed.
    offers: [rvt]
talk:
  thanks: {means: Thanks, that helped.}
"""

ANSWER = """\
topic: {topic}
messages: ["{first}"]
more: ["Sedan händer det här."]
easy: ["{first}"]
pages: [start]
choices: [human, "topic:shelter"]
"""

PAGE = """\
---
title: {title}
description: En rad.
audience: everyone
kind: {kind}
{twin}order: 1
nav: {title}
sources:
  s1: {{title: Revisionen, date: 2024-06-11}}
review: {{date: 2026-11-24, state: draft}}
---
Du kan ringa. {{{{ src("s1") }}}}

{{{{ service("linjen") }}}}
"""


@dataclass(frozen=True)
class Tree:
    """A content folder on disk."""

    root: Path

    def write(self, name: str, text: str) -> None:
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / "content" / name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, 1))

    def add(self, name: str, text: str) -> None:
        self.write(name, (self.root / "content" / name).read_text(encoding="utf-8") + text)

    def problems(self, release: bool = False) -> list[Problem]:
        return check_content(self.root, TODAY, release)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A tree in which nothing is wrong."""
    tree = Tree(tmp_path)
    for key in ("rvt", "rvc-sydost", "rvc-vast", "rvc-sydvast", "rvc-innerstaden"):
        tree.write(f"services/{key}.yaml", SERVICE.format(id=key, kind="city-service", name=key.upper()))
    tree.write("services/linjen.yaml", LINE)
    tree.write("topics.yaml", TOPICS)
    shutil.copy(REPOSITORY / "content" / "districts.yaml", tmp_path / "content" / "districts.yaml")
    districts = (tmp_path / "content" / "districts.yaml").read_text(encoding="utf-8")
    for line in districts.splitlines():
        if line.startswith("  administration: "):
            key = line.split(": ")[1]
            tree.write(f"services/{key}.yaml", SERVICE.format(id=key, kind="city-service", name=key))
    tree.write("answers/emergency_now.yaml", ANSWER.format(topic="emergency_now", first="Ring {emergency} nu."))
    tree.write("answers/shelter.yaml", ANSWER.format(topic="shelter", first="Ring {service:rvt}."))
    tree.write("answers/thanks.yaml", ANSWER.format(topic="thanks", first="Tack själv."))
    labels = [f"choice.{choice}" for choice in PLAIN_CHOICES] + ["choice.topic:emergency_now", "choice.topic:shelter"]
    keys = dict.fromkeys([*REQUIRED_PHRASES, *labels])
    tree.write(
        "answers/_phrases.yaml",
        "".join(
            f'# A note.\n{key}: "Text {" ".join("{" + name + "}" for name in MUST_HOLD.get(key, ()))}"\n'
            for key in keys
        ),
    )
    tree.write("pages/start.md", PAGE.format(title="Start", kind="help", twin="easy: latt/start\n"))
    tree.write("pages/latt/start.md", PAGE.format(title="Lätt", kind="easy", twin="full: start\n"))
    return tree


@pytest.fixture
def only(tree: Tree) -> Callable[..., Problem]:
    """Asserts that the tree has exactly one problem now, at the given place, and gives it back."""

    def check(file: str, line: int, words: str, release: bool = False) -> Problem:
        found = tree.problems(release)
        assert len(found) == 1, "\n".join(map(str, found))
        assert (str(found[0].file), found[0].line) == (f"content/{file}", line), str(found[0])
        assert words in str(found[0])
        return found[0]

    return check
