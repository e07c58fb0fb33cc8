"""Rule files of the safety net: a mistake is named with file, line and what to do, never found out by somebody in danger."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.safety.net import RULES, read_net
from chatbot.safety.patterns import BadPattern, read_patterns
from chatbot.safety.rules import BadRules, read_rules

GOOD = """\
words:
  who: [han]
  what: ['slår (mig|mej)']
rules:
  hits: {kind: emergency_now, all: [who, what]}
"""


def _read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sv.yml"
    path.write_text(text, encoding="utf-8")
    read_rules([path])


@pytest.mark.parametrize(
    ("wrong", "right", "line", "says"),
    [
        ("kind: emergency_now", "kind: urgent", 5, "none of emergency_now"),
        ("all: [who, what]", "all: [who, whom]", 5, "no file has"),
        ("all: [who, what]", "all: [who]", 3, "no rule uses the group 'what'"),
        ("all: [who, what]}", "all: [who, what], explicit: true, unless: [who]}", 5, "no exceptions"),
        ("all: [who, what]}", "all: [who, what], whitin: 3}", 5, "whitin"),
        ("all: [who, what]}", "all: [who, what], within: far}", 5, "number of words"),
        ("(mig|mej)", "(mig|mej", 3, "a ( without its )"),
        ("(mig|mej)", "mig|mej", 3, "| stands inside brackets"),
        ("[han]", "['h*']", 2, "at least 3 letters"),
        ("[han]", "[112]", 2, "quotation marks"),
        ("[han]", "han", 2, "must be a list"),
        ("rules:", "regler:", 1, "regler"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, wrong: str, right: str, line: int, says: str) -> None:
    """An editor who mistypes a rule would not know where to look, or worse, the rule would silently never hold."""
    with pytest.raises(BadRules) as error:
        _read(tmp_path, GOOD.replace(wrong, right))
    assert says in str(error.value)
    assert "sv.yml" in str(error.value)
    assert line == 1 or f"sv.yml:{line}" in str(error.value)


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    """A tab or a stray bracket would stop the chat without a word about where."""
    with pytest.raises(BadRules, match="not readable as YAML"):
        _read(tmp_path, "words: [\n")


def test_a_sentence_that_is_too_open_is_refused(tmp_path: Path) -> None:
    """A sentence of three letters would be found in everything people write."""
    with pytest.raises(BadRules, match="5 letters or more"):
        _read(tmp_path, GOOD + "sentences:\n  suicidal:\n  - dö\n")


def test_patterns_stand_for_their_forms() -> None:
    """Brackets read wrongly would leave out forms that people write."""
    [first, second] = read_patterns("slår (ihjäl|) mig, kniv*")
    assert first == ((("slar",),), ((), ("ihjal",)), (("mig",),))
    assert second == ((("kniv*",),),)
    with pytest.raises(BadPattern, match="needs no word at all"):
        read_patterns("(mig|)")


def test_files_of_all_languages_are_one_book(tmp_path: Path) -> None:
    """People mix languages: a Swedish subject must go with an English verb."""
    (tmp_path / "a.yml").write_text("words: {who: [han]}\n", encoding="utf-8")
    (tmp_path / "b.yml").write_text("words: {what: ['hits me']}\nrules: {r: {kind: emergency_now, all: [who, what]}}\n", encoding="utf-8")
    assert read_net(tmp_path).dangers("han hits me")


def test_the_own_rule_files_are_sound() -> None:
    """The chat would not start."""
    assert len(read_rules(sorted(RULES.glob("*.yml"))).rules) > 40


def test_ordinary_words_are_left_alone(tmp_path: Path) -> None:
    """ "Kille" read as a mistyped "kill" would make every boyfriend a murderer."""
    (tmp_path / "a.yml").write_text("words: {k: [stryper]}\nrules: {r: {kind: emergency_now, all: [k]}}\n", encoding="utf-8")
    assert read_net(tmp_path).dangers("styper")
    (tmp_path / "ordinary.txt").write_text("# words\nstyper\n", encoding="utf-8")
    assert not read_net(tmp_path).dangers("styper")
