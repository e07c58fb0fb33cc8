"""Copies die and are replaced under people's hands: a real balancer, three real copies, a change of keys."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx

from tests.deploy.rehearsal import CANARY, balancer, free_ports, rehearse


def test_nobody_notices_that_copies_die_and_are_replaced(tmp_path: Path) -> None:
    """Somebody in the middle of telling what happened must not be met by an error, or be asked to begin again, because we update a text."""
    figures, seen, written = asyncio.run(rehearse(tmp_path, people=6, pause=0.3, rounds=1))
    assert seen.failed == []
    assert seen.broken == []
    assert figures.conversations > 6 and figures.copies_killed == 1 and figures.copies_replaced == 5 and figures.key_changes == 1
    assert seen.new_release > 0, "the next release was never asked, so its coming was not tried"
    assert CANARY not in written and "127.0.0.1:" not in written.replace("proxy", ""), "the balancer wrote of requests"


def test_without_any_copy_the_emergency_number_still_comes(tmp_path: Path) -> None:
    """All copies gone is the worst hour; whoever comes then must at least read where to call."""
    with balancer(tmp_path, free_ports(2)) as (address, _, _):
        answer = httpx.get(f"{address}/sv/hjalp/akut/", timeout=20)
    assert answer.status_code == 503
    assert "112" in answer.text and answer.headers["retry-after"] and "no-store" in answer.headers["cache-control"]
