"""The environment: mistakes are one clear line, secrets are never shown."""

from __future__ import annotations

import pytest

from api.settings import SettingsError, read_settings


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("FRIYTA_KEYS", "1:c2hvcnQ=", "32"),
        ("FRIYTA_KEYS", "secret-without-version", "version:base64"),
        ("FRIYTA_PORT", "eighty", "FRIYTA_PORT"),
        ("FRIYTA_PROXIES", "not-an-address", "FRIYTA_PROXIES"),
    ],
)
def test_a_wrong_value_is_one_line_with_the_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    """If this fails an operator at night gets a page of traceback, perhaps with the key in it."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "c2hvcnQ" not in str(caught.value)
    assert "secret-without" not in str(caught.value)


def test_keys_print_as_stars(monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails a printed settings object opens every conversation."""
    monkeypatch.setenv("FRIYTA_KEYS", "1:" + "A" * 43 + "=")
    assert "AAAA" not in repr(read_settings())
