"""Numbers as people read them and as phones dial them."""

from __future__ import annotations

import pytest

from content.phone import FOREIGN_ON_CALL, fault, foreign_on_call, national, sms_uri, uri


@pytest.mark.parametrize(
    ("value", "shown", "dialled"),
    [
        ("112", "112", "tel:112"),
        ("11414", "114 14", "tel:11414"),
        ("116016", "116 016", "tel:116016"),
        ("90101", "90101", "tel:90101"),
        ("1177", "1177", "tel:1177"),
        ("08-508 00 508", "08-508 00 508", "tel:+46850800508"),
        ("+46 8 508 00 508", "08-508 005 08", "tel:+46850800508"),
        ("020-390 000", "020-390 000", "tel:+4620390000"),
        ("0205050 50", "020-50 50 50", "tel:+4620505050"),
        ("010-223 57 60", "010-223 57 60", "tel:+46102235760"),
    ],
)
def test_shown_and_dialled(value: str, shown: str, dialled: str) -> None:
    """If this fails, the number on the page is not the number the phone calls."""
    assert (national(value), uri(value)) == (shown, dialled)
    assert sms_uri(value) == "sms:" + dialled.removeprefix("tel:")


@pytest.mark.parametrize("value", ["", "113", "116 017", "08-12", "ring oss", "020-50 50 5x", "999"])
def test_numbers_that_cannot_be_called(value: str) -> None:
    """If this fails, a number with a slip of the keyboard is shown to somebody who needs it now."""
    assert fault(value) is not None
    with pytest.raises(ValueError, match="cannot be used"):
        national(value)


def test_finds_foreign_numbers_but_not_others() -> None:
    """If this fails, either a wrong on-call number slips through or the right numbers are refused."""
    for number in FOREIGN_ON_CALL:
        assert foreign_on_call(f"x {number} y")
        assert foreign_on_call(f"tel:+46{number[1:]}")
    assert not foreign_on_call("Ring 020-50 50 50, 08-508 00 508 eller 2024-04-16 till 2026-11-24.")
