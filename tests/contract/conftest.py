"""One real server for all contract tests: real engine, real model, real content, its own process and port."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.serving import Server, built


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that runs for the whole session."""
    built()
    with Server(tmp_path_factory.mktemp("server")) as running:
        yield running
