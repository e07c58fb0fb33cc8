"""What the privacy tests share: a server of their own, with everything it could write in one folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server, built


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server for one test."""
    built()
    with Server(tmp_path / "server", answer_step_ms=40) as running:
        yield running
