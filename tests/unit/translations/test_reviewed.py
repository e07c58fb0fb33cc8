"""Reviewers can note what they have read, and only that: a wrong mark tells a reader that a text is safe to trust."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from translations.fill import main as fill
from translations.pofile import PoEntry, PoFile, catalog_text, po_path, read_po_file, write_text
from translations.reviewed import main as reviewed

CALL = "Ring {emergency} nu om du kan."
HELLO = "Hej. Vad vill du ha hjälp med?"
TALK = "Jag vill prata med någon"
EN = [PoEntry(HELLO, "Hello."), PoEntry(CALL, "Call {emergency} now if you can."), PoEntry(TALK, "Talk", review="native")]


def states(root: Path) -> dict[str, str]:
    """The review state of each text of the small repository."""
    return {entry.msgid: entry.review for entry in read_po_file(po_path(root, "en", "chat")).entries}


def test_what_was_listed_and_read_is_marked(
    repository: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reviewer would have to edit hundreds of comment lines by hand, or miss a text about danger."""
    root = repository(en=EN)
    assert reviewed(["en", "chat", "--list", "--root", str(root)]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [row["msgid"] for row in listed] == [CALL, HELLO], "safety texts come first, what is native is not asked again"
    file = tmp_path / "read.json"
    file.write_text(json.dumps(listed[:1]))
    assert reviewed(["en", "chat", "--only-file", str(file), "--root", str(root)]) == 0
    assert states(root) == {CALL: "second", HELLO: "unreviewed", TALK: "native"}


def test_a_translation_that_changed_meanwhile_is_not_marked(
    repository: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence about danger that nobody has checked would be shown as checked."""
    root = repository(en=EN)
    read, mended = tmp_path / "read.json", tmp_path / "mended.json"
    read.write_text(json.dumps({CALL: "Call {emergency} now if you can.", "Hej då.": "Bye."}))
    mended.write_text(json.dumps({CALL: "Never call {emergency}."}))
    assert fill(["en", "chat", str(mended), "--overwrite", "--root", str(root)]) == 0
    assert reviewed(["en", "chat", "--only-file", str(read), "--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert "not the one in your file" in said and "no such Swedish text" in said and "0 now second, 2 refused" in said
    assert states(root)[CALL] == "unreviewed"


def test_all_are_marked_but_nothing_is_lowered_by_accident(repository: Callable[..., Path]) -> None:
    """A native reader's approval would be lost when somebody else reads the same catalogue later."""
    root = repository(en=EN)
    write_text(po_path(root, "en", "chat"), catalog_text("en", PoFile(tuple(EN), ("Translators: A. Reader",))))
    assert reviewed(["en", "chat", "--root", str(root)]) == 0
    assert states(root) == {CALL: "second", HELLO: "second", TALK: "native"}
    assert read_po_file(po_path(root, "en", "chat")).header == ("Translators: A. Reader",)
    assert reviewed(["en", "chat", "--state", "unreviewed", "--root", str(root)]) == 0
    assert set(states(root).values()) == {"unreviewed"}


def test_what_no_reader_sees_cannot_be_marked(
    repository: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An old translation of a changed text would come back as reviewed."""
    root = repository(en=[PoEntry(CALL, "Call the police.", fuzzy=True, previous="Ring polisen.")])
    file = tmp_path / "read.json"
    file.write_text(json.dumps({CALL: "Call the police."}))
    assert reviewed(["en", "chat", "--only-file", str(file), "--root", str(root)]) == 1
    assert "no translation that readers see" in capsys.readouterr().out
    assert reviewed(["en", "chat", "--root", str(root)]) == 0 and states(root)[CALL] == "unreviewed"
    assert reviewed(["en", "chat", "--only-file", str(tmp_path / "none.json"), "--root", str(root)]) == 2
