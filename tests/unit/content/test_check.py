"""Each rule of the content, shown by one spoiled line in an otherwise right tree: file, line and words are right."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from content.check import check_content
from content.errors import ContentError
from content.freshness import build_warnings, stale_report
from content.load import load_content, read_content

Only = Callable[..., Any]


def test_a_right_tree_has_no_problem(tree: Any) -> None:
    """If this fails, editors are shown mistakes that are none, and stop reading the list."""
    assert tree.problems(release=True) == []
    content = load_content(tree.root)
    assert content.topics["thanks"].means == "Thanks, that helped."
    assert content.topics["shelter"].choices == ["human", "topic:shelter"]
    assert content.phrase_notes["greeting"] == "A note."


SERVICE_FAULTS = [
    # (old, new, line, words): mistakes in the file of a line
    ('"116 016"', '"116 017"', 14, "cannot be called"),
    ('"116 016"', '"08-12 34"', 14, "cannot be called"),
    (
        '    seen: {sources: ["https://example.org/"], text_date: 2026-09-23, confidence: page-seen}\n',
        "",
        13,
        "`seen` is missing",
    ),
    ("text_date: 2026-09-23, ", "", 18, "text_date` is missing"),
    ('sources: ["https://example.org/"], text_date: 2026-09-23', "sources: [], text_date: 2026-09-23", 18, "sources"),
    ("confidence: page-seen", "confidence: recalled-only", 18, "not in its list"),
    ("text_date: 2026-09-23", "text_date: 2999-01-01", 18, "has not come yet"),
    ("text_date: 2026-09-23", "text_date: 2026-13-01", 18, "no date in the calendar"),
    ("kind: helpline", "kind: hotline", 2, "not in its list"),
    ("summary: En", "sumary: x\nsummary: En", 6, "did you mean `summary`"),
    ("name: Linjen\n", "name: Linjen\nname: Linjen\n", 4, "stands twice (first on line 3)"),
    ("free: yes, ", "", 16, "labels.free"),
    ("areas: [sverige]", "areas: [jarvaa]", 9, "did you mean `jarva`"),
    ("languages: [sv]", "languages: [svenska]", 15, "no language"),
    ("Några rader om tjänsten.", "Ring 08-508 00 508.", 7, "typed in a text"),
    ("audience: [everyone]", "audience: [everyone", 9, "cannot be read"),
    ("organization: Staden\n", "", 1, "`organization` is missing"),
    ("id: linjen", "id: linje", 1, "the file is called linjen"),
    ("status: active", "status: ended", 1, "`period` is missing"),
    ("Några rader om tjänsten.", "Du kan gå i parterapi.", 7, "couples' counselling"),
    ("En rad om tjänsten.", "Stöd enligt 5 kap. 11 § SoL.", 6, "Social Services Act"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), SERVICE_FAULTS)
def test_service_file(tree: Any, old: str, new: str, line: int, words: str) -> None:
    """If this fails, a wrong number or an unsourced fact can reach a person in danger, or nobody finds the mistake."""
    tree.change("services/linjen.yaml", old, new)
    found = [p for p in tree.problems() if p.file.name == "linjen.yaml" and p.line == line]
    assert any(words in str(problem) for problem in found), "\n".join(map(str, tree.problems()))


@pytest.mark.parametrize(
    "written",
    ["020-70 80 03", "+46 20 70 80 03", "020708003", "(010) 444 05 00", "08\u2011444\u00a005\u00a000", "٠٢٠ ٧٠ ٨٠ ٠٣"],
)
def test_on_call_numbers_of_other_municipalities(tree: Any, written: str) -> None:
    """If this fails, a person in Stockholm is sent at night to the on-call services of another municipality."""
    tree.add("services/rvt.yaml", f'verify: ["not {written}"]\n')
    with pytest.raises(ContentError, match="belongs to the on-call social services"):
        load_content(tree.root)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("description: Några rader om tjänsten.", "description: Huset ligger på Storgatan 4."),
        ("description: Några rader om tjänsten.", "description: Skriv till 123 45 Staden."),
        ("way_in: Fråga kontaktcenter.", "way_in: Ta tunnelbanan söderut."),
        ("summary: En rad om tjänsten.", "summary: Nära 59.3312, 18.0612."),
        ("areas: [sverige]", "areas: [jarva]"),
        (
            "channels: []",
            (
                "channels: [{type: visit, value: Huset, labels: {free: yes, on_bill: no, in_call_log: no, "
                "anonymous: no, reports_children: yes, register_first: no, face_visible: yes, interpreter: yes}, "
                "seen: {sources: [x], text_date: undated, confidence: seed}}]"
            ),
        ),
    ],
)
def test_secret_places_stay_secret(tree: Any, only: Only, field: str, text: str) -> None:
    """If this fails, the place of a shelter can be read on the site: it can cost a life."""
    tree.change("services/rvt.yaml", "confidential: false", "confidential: true")
    assert tree.problems() == []
    tree.change("services/rvt.yaml", field, text)
    line = (tree.root / "content/services/rvt.yaml").read_text().split(text)[0].count("\n") + 1
    only("services/rvt.yaml", line, "confidential")
    with pytest.raises(ContentError):
        load_content(tree.root)


def test_former_number_is_not_a_second_service(tree: Any) -> None:
    """If this fails, one line stands twice in the directory and people wonder which number is right."""
    tree.change(
        "services/linjen.yaml",
        "    checked:",
        '    former: {value: "020-50 50 50", seen: {sources: [x], text_date: 2024, confidence: seed}}\n    checked:',
    )
    assert tree.problems() == []
    tree.write(
        "services/gamla.yaml",
        (tree.root / "content/services/linjen.yaml")
        .read_text()
        .replace("id: linjen", "id: gamla")
        .replace('"116 016"', '"020-50 50 50"')
        .split("    former")[0]
        + "sources: [x]\ntext_date: 2024\nconfidence: seed\n",
    )
    assert any("former number of linjen" in problem.what for problem in tree.problems())


TALK_FAULTS = [
    ("topics.yaml", "offers: [rvt]", "offers: [rvtt]", 8, "did you mean `rvt`"),
    (
        "answers/emergency_now.yaml",
        'messages: ["Ring {emergency} nu."]',
        'messages: ["Ring någon."]',
        2,
        "does not name {emergency}",
    ),
    ("answers/shelter.yaml", "{service:rvt}.", "{service:rvx}.", 2, "no service `rvx`"),
    ("answers/shelter.yaml", "Sedan händer det här.", "Ring {nummer}.", 3, "{nummer} is not known"),
    ("answers/shelter.yaml", "Sedan händer det här.", "Ring 112.", 3, "typed in a text"),
    ("answers/shelter.yaml", "Sedan händer det här.", "Ring 116 016.", 3, "typed in a text"),
    ("answers/shelter.yaml", "Sedan händer det här.", "De har öppet kl. 9.", 3, "opening hours"),
    ("answers/shelter.yaml", "Sedan händer det här.", "Linjen svarar dygnet runt.", 3, "opening hours"),
    ("answers/shelter.yaml", '"topic:shelter"', '"topic:bed"', 6, "no topic `bed`"),
    ("answers/shelter.yaml", "[human, ", "[person, ", 6, "no choice `person`"),
    ("answers/shelter.yaml", "[start]", "[slut]", 5, "no page `slut`"),
    ("answers/shelter.yaml", 'more: ["Sedan händer det här."]\n', "", 1, "`more` is missing"),
    ("answers/shelter.yaml", 'easy: ["Ring {service:rvt}."]', 'easy: ["' + "ord " * 16 + '."]', 4, "16 words"),
    ("answers/shelter.yaml", "Sedan händer det här.", "Konfrontera den som slår.", 3, "advice to confront"),
    ("answers/shelter.yaml", "Sedan händer det här.", "Du måste polisanmäla.", 3, "must report"),
    ("answers/shelter.yaml", "Sedan händer det här.", "Du är trygg nu.", 3, "promise that the reader is safe"),
    ("answers/shelter.yaml", "Sedan händer det här.", "Du kan få kvarskrivning.", 3, "no longer applies"),
    (
        "answers/_phrases.yaml",
        'emergency.line: "Text {emergency}"',
        'emergency.line: "Text"',
        None,
        "does not hold {emergency}",
    ),
    ("answers/_phrases.yaml", "\ngreeting:", "\ngreting:", 1, "the phrase `greeting` is missing"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "words"), TALK_FAULTS)
def test_answers_and_phrases(tree: Any, file: str, old: str, new: str, line: int | None, words: str) -> None:
    """If this fails, the bot can name an outdated number, forget 112, or give advice that has got people hurt."""
    tree.change(file, old, new)
    found = tree.problems()
    assert any(words in str(p) and str(p.file) == f"content/{file}" and line in (None, p.line) for p in found), (
        "\n".join(map(str, found))
    )
    assert len(found) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Konfrontera aldrig den som slår.",
        "Du måste inte polisanmäla.",
        "Socialtjänstlagen är ny sedan 2025.",
        "Skyddad folkbokföring kallades tidigare kvarskrivning.",
        "År 2023 kom 49 354 samtal.",
        "Det gäller dig mellan 18 och 25.",
    ],
)
def test_good_sentences_pass(tree: Any, sentence: str) -> None:
    """If this fails, writers cannot warn against a thing, or write an ordinary figure, without being stopped."""
    tree.change("answers/shelter.yaml", "Sedan händer det här.", sentence)
    assert tree.problems() == []


PAGE_FAULTS = [
    ('{{ service("linjen") }}', '{{ service("linjn") }}', 15, "did you mean `linjen`"),
    ('{{ service("linjen") }}', '{{ servic("linjen") }}', 15, "is not one of"),
    ('{{ service("linjen") }}', '{{ page("nowhere") }}', 15, "no page `nowhere`"),
    ('{{ service("linjen") }}', '{{ phone("rvt") }}', 15, "has no known number"),
    ('{{ service("linjen") }}', "[här](/sv/slut)", 15, "leads nowhere"),
    ('{{ service("linjen") }}', "Ring 114 14.", 15, "typed in a text"),
    ('{{ service("linjen") }}', "# Rubrik", 15, "first level"),
    ('{{ service("linjen") }}', "<b>x</b>", 15, "HTML"),
    ('{{ src("s1") }}', '{{ src("s2") }}', 13, "no source in the front matter `s2`"),
    ("order: 1\n", "topics: [bed]\norder: 1\n", 7, "no topic `bed`"),
    ("easy: latt/start\n", "", 6, "does not lead back"),
    ("order: 1\n", "ordning: 1\n", 7, "no known field"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), PAGE_FAULTS)
def test_pages(tree: Any, old: str, new: str, line: int, words: str) -> None:
    """If this fails, a page can lead a reader nowhere, or show a number that nobody keeps up to date."""
    tree.change("pages/start.md", old, new)
    found = tree.problems()
    assert any(words in str(problem) and problem.line == line for problem in found), "\n".join(map(str, found))


def test_a_page_nobody_can_find(tree: Any, only: Only) -> None:
    """If this fails, a page of help is written and never found."""
    text = (
        (tree.root / "content/pages/start.md").read_text().replace("easy: latt/start\n", "").replace("nav: Start\n", "")
    )
    tree.write("pages/ensam.md", text)
    only("pages/ensam.md", 2, "no page, answer or menu leads here")


def test_all_mistakes_of_all_files_in_one_run(tree: Any) -> None:
    """If this fails, an editor mends one mistake, runs again, and meets the next: hours are lost."""
    tree.change("services/linjen.yaml", "kind: helpline", "kind: hotline")
    tree.write("services/rvt.yaml", "id: [rvt")
    (tree.root / "content/answers/shelter.yaml").unlink()
    tree.write("services/latin.yaml", "")
    (tree.root / "content/services/latin.yaml").write_bytes("id: h\u00e4r".encode("latin-1"))
    with pytest.raises(ContentError) as raised:
        load_content(tree.root)
    assert {problem.file.name for problem in raised.value.problems} >= {"linjen.yaml", "rvt.yaml", "latin.yaml"}
    assert {p.file.name for p in tree.problems()} >= {"linjen.yaml", "rvt.yaml", "latin.yaml", "topics.yaml"}


def test_release_needs_numbers_that_were_tried(tree: Any, only: Only) -> None:
    """If this fails, a helpline number nobody has dialled is printed for people in danger."""
    tree.change("services/linjen.yaml", "    checked: {by: redaktören, date: 2026-11-01}\n", "")
    assert tree.problems() == []
    only("services/linjen.yaml", 14, "never tried live", release=True)


def test_numbers_grow_old(tree: Any) -> None:
    """If this fails, a number checked half a year ago is still called checked, and nobody is asked to call it again."""

    def state(day: dt.date) -> tuple[int, int, str]:
        content, _ = read_content(tree.root)
        stops = [p for p in check_content(tree.root, day, release=True) if "tried" in p.what and p.level == "error"]
        row = next(
            (row for row in stale_report(content, day) if row.fact.service == "linjen" and row.fact.what == "number"),
            None,
        )
        return len(build_warnings(content, day)), len(stops), row.advice if row else ""

    assert state(dt.date(2026, 11, 24)) == (0, 0, "")
    assert state(dt.date(2027, 2, 1)) == (1, 0, "call the number again")
    assert state(dt.date(2027, 5, 1)) == (0, 1, "stops a release: call the number")


def test_loading_is_fast(tree: Any) -> None:
    """If this fails, every start, every test and every editor's check waits."""
    for number in range(120):
        tree.write(
            f"services/s{number}.yaml",
            (tree.root / "content/services/linjen.yaml").read_text().replace("id: linjen", f"id: s{number}"),
        )
    started = time.perf_counter()
    first = load_content(tree.root)
    assert time.perf_counter() - started < 1.0
    started = time.perf_counter()
    assert load_content(tree.root).services == first.services
    assert time.perf_counter() - started < 0.2


def test_the_repository_itself() -> None:
    """If this fails, the texts and data that people read are broken."""
    root = Path(__file__).parents[3]
    assert [str(problem) for problem in check_content(root) if problem.level == "error"] == []
