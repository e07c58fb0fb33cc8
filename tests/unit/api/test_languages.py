"""Which language a visitor is answered in when nothing else says it."""

from __future__ import annotations

import pytest

from api.languages import preferred

OFFERED = ("sv", "en", "ar", "fa", "ckb")


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        (None, "sv"),
        ("", "sv"),
        ("ar", "ar"),
        ("ar-IQ,ar;q=0.9,en;q=0.8", "ar"),
        ("en;q=0.1, fa;q=0.9", "fa"),
        ("prs-AF", "fa"),
        ("ckb-Arab-IQ,en", "ckb"),
        ("vi,en;q=0.5", "en"),
        ("vi", "en"),
        ("ar;q=0", "sv"),
        ("ar;q=nan,;;;,q=", "en"),
        ("*", "sv"),
        (",".join(["x"] * 10_000), "en"),
    ],
)
def test_the_best_offered_language_is_found(header: str | None, tag: str) -> None:
    """If this fails somebody's first page is in a language he or she cannot read."""
    assert preferred(header, OFFERED) == tag
