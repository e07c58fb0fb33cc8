"""`friyta keys`: a key is changed in three steps, and in no step is a copy left that cannot open what another sealed."""

from __future__ import annotations

from click.testing import CliRunner
from pydantic import SecretStr

from api.seal import Sealer
from api.settings import read_keys
from cli.main import main


def run(step: str, given: str = "") -> str:
    result = CliRunner().invoke(main, ["keys", step], input=given)
    assert result.exit_code == 0, result.output
    return result.output.strip()


def sealer(keys: str) -> Sealer:
    return Sealer(read_keys(SecretStr(keys)), 30, lambda: 1_000_000.0)


def test_no_step_breaks_a_conversation_between_an_old_copy_and_a_new_one() -> None:
    """While copies are replaced one by one, somebody's next message goes to a copy of the step before or after."""
    first = run("new")
    steps = [first, run("add", first)]
    steps.append(run("swap", steps[-1]))
    steps.append(run("drop", steps[-1]))
    for one, other in zip(steps[:2], steps[1:3], strict=True):
        for sealing, opening in ((one, other), (other, one)):
            assert sealer(opening).open(sealer(sealing).seal({"topic": "greet"}, "sv", "chat"), "sv", "chat") == {"topic": "greet"}
    token = sealer(steps[2]).seal({"topic": "greet"}, "sv", "chat")
    assert sealer(steps[3]).open(token, "sv", "chat") == {"topic": "greet"}
    assert first not in steps[3], "the old key must be gone at the end"


def test_versions_go_round_and_lines_of_a_file_are_taken() -> None:
    """A city that changes keys each week reaches 255 in five years."""
    many = run("add", "FRIYTA_KEYS=" + run("new").replace("1:", "255:", 1))
    assert [part.partition(":")[0] for part in many.split(",")] == ["255", "0"]


def test_a_wrong_value_is_named_without_being_shown() -> None:
    """The value is the secret; it must not end in a terminal's history of errors."""
    result = CliRunner().invoke(main, ["keys", "add"], input="1:geheim")
    assert result.exit_code == 1 and "geheim" not in result.output and "key number 1" in result.output
    assert CliRunner().invoke(main, ["keys", "swap"], input=run("new")).exit_code == 1
    assert CliRunner().invoke(main, ["keys", "drop"], input="").exit_code == 1
