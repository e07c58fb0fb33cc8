"""Holds off floods without knowing anybody: a source is a keyed hash whose salt lives minutes, in memory only. Nothing of it is written.

A count cannot be traced to an address once the salt is gone, and tells nothing but "many in this minute" before.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import os
from collections.abc import Callable, Sequence

#: Sources counted at once. Above it new ones are let through: the limit of requests in flight still holds.
_MOST = 20_000
_SALT_BYTES = 16


class SourceLimit:
    """A token bucket for each source: `per_minute` requests on average, as many in one burst."""

    def __init__(self, per_minute: int, salt_minutes: int, clock: Callable[[], float], random: Callable[[int], bytes] = os.urandom) -> None:
        """`clock` gives seconds that never run backwards."""
        self._rate, self._most, self._life = per_minute / 60, float(per_minute), salt_minutes * 60
        self._clock, self._random = clock, random
        self._salt, self._since = random(_SALT_BYTES), clock()
        self._buckets: dict[bytes, tuple[float, float]] = {}

    def wait(self, source: str) -> int:
        """Count one request. Gives 0 if it may pass, else the seconds after which the next may."""
        now = self._clock()
        if now - self._since >= self._life:
            self._salt, self._since = self._random(_SALT_BYTES), now
            self._buckets = {}
        key = hashlib.blake2b(source.encode("utf-8", "replace"), key=self._salt, digest_size=12).digest()
        left, last = self._buckets.get(key, (self._most, now))
        left = min(self._most, left + (now - last) * self._rate)
        if left < 1:
            self._buckets[key] = (left, now)
            return max(1, math.ceil((1 - left) / self._rate))
        if key in self._buckets or len(self._buckets) < _MOST:
            self._buckets[key] = (left - 1, now)
        return 0


class Sources:
    """Tells where a request comes from: the peer, or what one of our own proxies says. IPv6 counts by network, since one home has many."""

    def __init__(self, proxies: Sequence[str], header: str) -> None:
        """`proxies` are addresses or networks; `header` is where they write the address they saw, the nearest last."""
        self._proxies = [ipaddress.ip_network(proxy, strict=False) for proxy in proxies]
        self._header = header.lower().encode("latin-1")

    def of(self, peer: str | None, headers: Sequence[tuple[bytes, bytes]]) -> str:
        """A text that stands for the source. Never logged, never kept."""
        address = _address(peer or "")
        if address is not None and any(address in network for network in self._proxies):
            said = [part.strip() for name, value in headers if name == self._header for part in value.decode("latin-1").split(",")]
            for hop in reversed(said):
                address = _address(hop)
                if address is None or not any(address in network for network in self._proxies):
                    break
        if address is None:
            return "unknown"
        return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, ipaddress.IPv6Address) else found
