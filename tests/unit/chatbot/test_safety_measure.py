"""The measure of the safety net on the training messages, and the bounds it must keep there."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.safety.measure import DATA, judge, messages, table


@pytest.mark.parametrize("locale", sorted(folder.name for folder in DATA.iterdir() if folder.is_dir()))
def test_the_net_keeps_its_bounds_on_the_training_messages(locale: str) -> None:
    """Rules changed carelessly would lose people in danger, or answer calm questions with 112."""
    judged = judge(DATA, locale)
    urgent, calm = [j for j in judged if j.urgent], [j for j in judged if not j.urgent]
    assert sum(j.danger is not None for j in urgent) / len(urgent) >= 0.65
    assert sum(j.danger is not None for j in calm) / len(calm) <= 0.03


def test_urgent_is_the_topic_or_the_mark(tmp_path: Path) -> None:
    """A marked message counted as calm would make the figures look better than they are."""
    (tmp_path / "sv").mkdir()
    text = "nlu:\n- intent: {}\n  examples:\n  - {{text: a}}\n  - {{text: b, metadata: {{urgent: true}}}}\n"
    (tmp_path / "sv" / "shelter.yml").write_text(text.format("shelter"), encoding="utf-8")
    (tmp_path / "sv" / "suicidal.yml").write_text(text.format("suicidal"), encoding="utf-8")
    assert [urgent for *_, urgent in messages(tmp_path)] == [False, True, True, True]
    assert "sv together" in table(judge(tmp_path))
