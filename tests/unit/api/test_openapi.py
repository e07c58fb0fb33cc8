"""What the app says of itself is what was reviewed, and it does what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from api.openapi import FILE, as_text, description
from translations.locales import LOCALES


@pytest.fixture
def schema(make_app: Callable[..., Any], tmp_path: Path) -> Any:
    """The description of an app with a small engine and a small site."""
    for tag in LOCALES:
        page = tmp_path / "site" / tag / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text("start", encoding="utf-8")
    return schemathesis.openapi.from_asgi("/openapi.json", make_app(per_source=100_000))


def test_the_committed_description_is_current() -> None:
    """If this fails the contract changed without anybody seeing it in review. To renew: python -m api.openapi"""
    assert FILE.read_text(encoding="utf-8") == as_text(description())


def test_every_endpoint_and_example_is_described() -> None:
    """If this fails whoever writes a client has to guess."""
    found = description()
    for path, operations in found["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
    assert found["components"]["schemas"]["ChatRequest"]["examples"]
    assert "HTTPValidationError" not in str(found)


@schemathesis.pytest.from_fixture("schema").parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_it_keeps_to_its_description(case: Any) -> None:
    """If this fails some odd request brings the server down or is answered in a shape no client expects."""
    case.call_and_validate()
