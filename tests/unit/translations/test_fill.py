"""Translators can take a list of missing texts and hand it back, and learn which text was refused and why."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from translations.entries import Entry
from translations.fill import main as fill
from translations.pofile import PoEntry, po_path, read_po_file
from translations.untranslated import main as untranslated

CALL = "Ring {emergency} nu om du kan."
HELLO = "Hej. Vad vill du ha hjälp med?"
TALK = "Jag vill prata med någon"


def test_missing_texts_go_out_and_come_back(
    repository: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A translator without Poedit could not work at all."""
    root = repository()
    assert untranslated(["en", "chat", "--root", str(root)]) == 0
    missing = json.loads(capsys.readouterr().out)
    assert list(missing) == [CALL, HELLO, TALK] and set(missing.values()) == {""}
    file = tmp_path / "en.json"
    file.write_text(json.dumps({CALL: "Call now!", HELLO: "Hello. What do you want help with?", TALK: ""}))
    assert fill(["en", "chat", str(file), "--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert "placeholder missing: {emergency}" in said and "1 written, 1 refused, 2 still missing" in said
    entries = read_po_file(po_path(root, "en", "chat")).entries
    assert [entry.msgstr for entry in entries] == ["", "Hello. What do you want help with?", ""]
    assert entries[1].review == "unreviewed"
    assert untranslated(["en", "chat", "--safety", "--notes", "--root", str(root)]) == 0
    assert [text["msgid"] for text in json.loads(capsys.readouterr().out)] == [CALL]


def test_a_table_of_two_columns_is_taken(
    repository: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """People who work in a spreadsheet would have to learn JSON."""
    root = repository((Entry("En rad\noch en till"), Entry(TALK)))
    file = tmp_path / "fi.tsv"
    file.write_text(f"En rad\\noch en till\tYksi rivi\\nja toinen\n\n{TALK}.\tHaluan puhua\n", encoding="utf-8")
    assert fill(["fi", "chat", str(file), "--root", str(root)]) == 1
    assert f"{file}:3" in (said := capsys.readouterr().out) and "did it change to" in said
    assert read_po_file(po_path(root, "fi", "chat")).entries[0].msgstr == "Yksi rivi\nja toinen"


def test_reviewed_work_is_not_written_over_by_accident(
    repository: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A translation that a native reader has approved would be replaced by one nobody has read."""
    root = repository(en=[PoEntry(TALK, "I want to talk to somebody", review="native")])
    file = tmp_path / "en.json"
    file.write_text(json.dumps({TALK: "I would like to talk"}))
    arguments = ["en", "chat", str(file), "--root", str(root)]
    assert fill(arguments) == 1
    assert read_po_file(po_path(root, "en", "chat")).entries[2].review == "native"
    assert fill([*arguments, "--overwrite"]) == 0
    entry = read_po_file(po_path(root, "en", "chat")).entries[2]
    assert (entry.msgstr, entry.review) == ("I would like to talk", "unreviewed")


def test_a_text_with_two_meanings_asks_which(
    repository: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One translation would silently be put into both places."""
    root = repository((Entry("Fri", context="cost"), Entry("Fri", context="time")))
    file = tmp_path / "en.json"
    file.write_text(json.dumps({"Fri": "Free"}))
    assert fill(["en", "chat", str(file), "--root", str(root)]) == 1
    assert "add `context`: cost, time" in capsys.readouterr().out
    file.write_text(json.dumps([{"msgid": "Fri", "context": "cost", "msgstr": "Free of charge"}]))
    assert fill(["en", "chat", str(file), "--root", str(root)]) == 0


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", "{", "a.json:1: no valid JSON"),
        ("a.json", '{"Hej": 1}', "text 1: expected the texts"),
        ("a.tsv", "Hej\tHello\tmore\n", "a.tsv:1: 3 columns"),
        ("a.csv", "Hej,Hello", "must end in .json or .tsv"),
    ],
)
def test_an_unreadable_file_is_refused_with_its_place(
    repository: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    """The translator would get a programmer's error message."""
    (tmp_path / name).write_text(text)
    assert fill(["en", "chat", str(tmp_path / name), "--root", str(repository())]) == 2
    assert said in capsys.readouterr().err
