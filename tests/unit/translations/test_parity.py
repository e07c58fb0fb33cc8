"""Every fault of the deliberately broken catalogue is found, and nothing that is right is called wrong."""

from pathlib import Path

import pytest

from translations.checks import check_entry
from translations.locales import KNOWN
from translations.parity import findings
from translations.pofile import PoEntry, read_po_file

BROKEN = Path(__file__).with_name("broken.po")
ENTRIES = read_po_file(BROKEN).entries


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.comments[0][:60])
def test_each_fault_of_the_broken_catalogue_is_found(entry: PoEntry) -> None:
    """A reader is told to call a number that is wrong or gone, or a link leads somewhere else."""
    verdict, _, expected = entry.comments[0].partition(": ")
    problems = list(check_entry(BROKEN, "en", entry))
    if verdict == "right":
        assert problems == []
    else:
        assert any(problem.what.startswith(expected) for problem in problems), [str(problem) for problem in problems]
        assert all(problem.line == entry.line and problem.mend for problem in problems)


def test_the_broken_catalogue_is_broken_in_many_ways() -> None:
    """The test above would pass on an empty file, and the checks could then rot unseen."""
    assert sum(entry.comments[0].startswith("wrong: ") for entry in ENTRIES) >= 20


def test_arabic_sentence_with_swedish_names_and_own_digits_passes() -> None:
    """Arabic translators would have to break good sentences to get past the checks."""
    source = "RVC i Stockholm har upp till 5 samtal. Ring {{ phone(\"rvc\") }}."
    target = "يقدّم RVC في Stockholm حتى ٥ جلسات. اتصل على {{ phone(\"rvc\") }}."
    assert findings(KNOWN["ar"], source, target) == []


def test_years_with_another_dash_are_no_phone_number() -> None:
    """A page about the city's programme could not be translated at all."""
    assert findings(KNOWN["en"], "Programmet gällde 2021-2025.", "The programme covered 2021–2025.") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ('{{ chat("öppna chatten") }}', '{{ chat("open the chat") }}'),
        ("Ring {emergency}.", "Call {emergency}."),
        ("{district}: {rvt}", "{district}: {rvt}"),
        ('Upp till fem samtal.{{ src("s4-4.2") }}', 'Up to five talks.{{ src("s4-4.2") }}'),
        ("Läs *först* om [RVT](rvt.md){ .button }", "Read about [RVT](rvt.md){ .button } *first*"),
        ("SMS112 kräver att du är registrerad.", "You must be registered to use SMS112."),
    ],
)
def test_good_translations_pass(source: str, target: str) -> None:
    """Translators would have to bend good sentences until the checks let them through."""
    assert findings(KNOWN["en"], source, target) == []
