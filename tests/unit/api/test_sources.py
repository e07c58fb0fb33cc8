"""Floods are held off without knowing anybody."""

from __future__ import annotations

from api.sources import SourceLimit, Sources


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_one_source_is_slowed_and_others_are_not() -> None:
    """If this fails one flood keeps everybody else from being answered."""
    clock = Clock()
    limit = SourceLimit(60, 10, clock)
    assert [limit.wait("a") for _ in range(60)] == [0] * 60
    assert limit.wait("a") == 1
    assert limit.wait("b") == 0
    clock.now += 1
    assert limit.wait("a") == 0


def test_no_address_is_kept_and_the_salt_goes_after_minutes() -> None:
    """If this fails the memory of the server tells who wrote."""
    clock = Clock()
    limit = SourceLimit(1, 10, clock)
    limit.wait("192.0.2.7")
    held = vars(limit)
    assert "192.0.2.7" not in repr(held)
    before = set(held["_buckets"])
    clock.now += 601
    assert limit.wait("192.0.2.7") == 0
    assert not before & set(vars(limit)["_buckets"])


def test_only_our_proxy_is_believed() -> None:
    """If this fails anybody can write another's address and have that person shut out."""
    header = [(b"x-forwarded-for", b"198.51.100.1, 203.0.113.9")]
    behind = Sources(["10.0.0.0/8"], "x-forwarded-for")
    assert behind.of("10.1.2.3", header) == "203.0.113.9"
    assert behind.of("192.0.2.1", header) == "192.0.2.1"
    assert Sources([], "x-forwarded-for").of("192.0.2.1", header) == "192.0.2.1"
    assert behind.of("10.1.2.3", [(b"x-forwarded-for", b"rubbish")]) == "unknown"


def test_one_home_with_many_ipv6_addresses_is_one_source() -> None:
    """If this fails the limit can be walked around by anybody with IPv6."""
    sources = Sources([], "x-forwarded-for")
    assert sources.of("2001:db8::1", []) == sources.of("2001:db8::ffff:1", [])
    assert sources.of("2001:db8:0:1::1", []) != sources.of("2001:db8::1", [])
    assert sources.of("::ffff:192.0.2.1", []) == "192.0.2.1"
