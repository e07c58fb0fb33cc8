"""What the privacy tests share: a server of their own, with everything it could write in one folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.serving import Server, built


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for the tests of a module that leave it running."""
    built()
    with Server(tmp_path_factory.mktemp("server")) as running:
        yield running
