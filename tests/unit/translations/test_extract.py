"""Whatever readers see is handed to translators, in reading order, with what they need to know, always the same way."""

from pathlib import Path

from content.load import Content
from content.models import Answer, Page, Topic
from translations.checks import check_templates
from translations.extract import collect, extract_all
from translations.merge import template_entries
from translations.run import run_translations

BODY = """## Akut

Ring {{ phone("nodnummer-112") }}.

!!! note "Kom ihåg"
    Du bestämmer.
"""


def page(key: str, title: str, body: str = BODY) -> Page:
    """A page as content/ loads it."""
    fields = {"audience": "victim", "kind": "help", "order": 1, "review": {"date": "2026-11-24", "state": "draft"}}
    return Page.model_validate(
        {"key": key, "title": title, "description": f"Om {key}", "nav": title, "body": body, "body_line": 12, **fields}
    )


def content(root: Path, body: str = BODY) -> Content:
    """A very small portal."""
    return Content(
        root=root / "content",
        pages={"hjalp/akut": page("hjalp/akut", "Akut", body), "start": page("start", "Välkommen", "Hej.")},
        topics={
            "emergency_now": Topic(id="emergency_now", group="urgent", means="Danger now.", urgent=True),
            "cost": Topic(id="cost", group="practical", means="What it costs.", urgent=False),
        },
        answers={
            "cost": Answer(topic="cost", messages=["Det kostar inget."]),
            "emergency_now": Answer(topic="emergency_now", messages=["Ring {emergency}."], easy=["Ring nu."]),
        },
        phrases={"greeting": "Hej du.", "minor.first": "Innan du berättar."},
        phrase_notes={"greeting": "The first line."},
    )


def write(path: Path, text: str) -> None:
    """A source file of the interface."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_pages_come_in_reading_order_with_titles_and_places(tmp_path: Path) -> None:
    """A translator would see sentences in no order, and a title nobody extracted would stay Swedish."""
    entries = collect(tmp_path, content(tmp_path)).entries["pages"]
    assert [entry.msgid for entry in entries] == [
        "Välkommen", "Om start", "Hej.",
        "Akut", "Om hjalp/akut", 'Ring {{ phone("nodnummer-112") }}.', "Kom ihåg", "Du bestämmer.",
    ]  # fmt: skip
    assert entries[3].notes[-1] == "hjalp/akut: heading", "one entry for a text in several places, with every place"


def test_safety_texts_of_the_chat_are_marked(tmp_path: Path) -> None:
    """The answer to somebody in danger could be published half translated."""
    entries = collect(tmp_path, content(tmp_path)).entries["chat"]
    assert [entry.msgid for entry in entries if entry.safety] == ["Innan du berättar.", "Ring {emergency}.", "Ring nu."]
    assert entries[0].notes == ("The first line.", "phrase: greeting")


def test_interface_strings_of_templates_and_code_are_found(tmp_path: Path) -> None:
    """A button or an error line would be Swedish in every language."""
    write(
        tmp_path / "site/theme/partials/a.html",
        '{# Translators: Safety text. On every page. #}\n<a alt="{{ _("Till start") }}">{{ gettext("Start") }}</a>'
        '{{ pgettext("cost", "Fri") }}{% do x.append(1) %}<img alt="{{ _("Bild med \\"citat\\"") }}">',
    )
    code = '# Translators: shown when busy\nBUSY = N_("Vänta "\n          "lite.")\nx = _(BUSY)\nlog("Nej")\n'
    write(tmp_path / "api/chat.py", code)
    entries = {entry.msgid: entry for entry in collect(tmp_path, content(tmp_path)).entries["ui"]}
    assert list(entries) == ["Vänta lite.", "Till start", "Start", "Fri", 'Bild med "citat"']
    assert entries["Vänta lite."].notes == ("shown when busy",)
    assert entries["Till start"].safety and entries["Fri"].context == "cost"


def test_what_cannot_be_translated_is_a_problem_with_its_line(tmp_path: Path) -> None:
    """Words in raw HTML, plural calls and broken templates would be lost unnoticed."""
    write(tmp_path / "api/templates/a.html", "\n{{ ngettext('en', 'flera', n) }}")
    write(tmp_path / "api/templates/b.html", "\n\n{% if %}")
    body = 'Hej.\n\n<div class="kort">Bara svenska</div>\n\n<div><img src="x"></div>\n'
    problems = collect(tmp_path, content(tmp_path, body)).problems
    assert [(problem.file.name, problem.line) for problem in problems] == [("a.html", 2), ("b.html", 3), ("akut.md", 14)]


def test_extracting_twice_changes_nothing_and_a_change_is_seen(tmp_path: Path) -> None:
    """Nobody would notice that translators work on the texts of last month."""
    before = content(tmp_path)
    assert len(extract_all(tmp_path, before).changed) == 4
    assert extract_all(tmp_path, before).changed == ()
    assert check_templates(tmp_path, before) == []
    after = content(tmp_path, BODY.replace("bestämmer", "väljer"))
    assert [problem.file.name for problem in check_templates(tmp_path, after)] == ["pages.pot"]


def test_the_whole_run_reports_what_is_left_to_do(tmp_path: Path) -> None:
    """`make translations` would say that all is well while a language lacks its safety texts."""
    report = run_translations(tmp_path, content(tmp_path))
    assert not report.ok
    assert template_entries(tmp_path, "chat")[0].msgid == "Hej du."
    english = {part.part: part for part in report.parts if part.locale == "en"}
    assert (english["chat"].total, english["chat"].missing, english["chat"].safety_missing) == (5, 5, 3)
    assert "wrote translations/en/LC_MESSAGES/chat.po" in report.text(tmp_path)
    assert "a safety text has no translation" in report.text(tmp_path)
