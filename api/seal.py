"""Seals the state of a conversation so that the reader can carry it: unreadable, unforgeable, short-lived, always of the same length.

AES-GCM-SIV (RFC 8452), which stays safe should a nonce ever come twice. The key's version stands in front, so that keys can be changed
while conversations go on. Locale and purpose are authenticated with it: a token fits one language and one use.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from api.settings import KEY_BYTES

_FORMAT = b"friyta/1"
_NONCE, _TAG, _TIME = 12, 16, 4
#: Bytes for the slots. The longest ids of the content need about 250; a unit test holds them against this.
ROOM = 380
_SEALED = 1 + _NONCE + _TIME + ROOM + _TAG
#: Characters of every token.
TOKEN_LENGTH = len(base64.urlsafe_b64encode(bytes(_SEALED)).rstrip(b"="))
#: A clock of another copy of the service may run ahead by so many minutes.
_AHEAD = 2


class Unreadable(Exception):
    """The token is forged, damaged, too old, of an unknown key, or of another language or purpose. Which one is nobody's business."""


class Sealer:
    """Seals and opens plain slots with versioned keys. Holds nothing of any conversation."""

    def __init__(self, keys: Mapping[int, bytes], minutes: int, clock: Callable[[], float], random: Callable[[int], bytes] = os.urandom) -> None:
        """`keys` by version, the first seals; `minutes` a token lives; `clock` gives seconds since 1970. ValueError without a key."""
        if not keys:
            raise ValueError("a sealer needs at least one key")
        self._ciphers = {version: AESGCMSIV(key) for version, key in keys.items()}
        self._newest = next(iter(keys))
        self._minutes, self._clock, self._random = minutes, clock, random

    def seal(self, slots: Mapping[str, Any], locale: str, purpose: str) -> str:
        """Gives the token. Raises ValueError for slots that do not fit, which is a mistake in code."""
        plain = json.dumps(slots, separators=(",", ":"), ensure_ascii=False).encode()
        if len(plain) > ROOM:
            raise ValueError(f"the slots take {len(plain)} bytes, there is room for {ROOM}")
        body = self._minute().to_bytes(_TIME, "big") + plain.ljust(ROOM)
        nonce = self._random(_NONCE)
        sealed = self._ciphers[self._newest].encrypt(nonce, body, _bound_to(self._newest, locale, purpose))
        return base64.urlsafe_b64encode(bytes([self._newest]) + nonce + sealed).rstrip(b"=").decode()

    def open(self, token: str, locale: str, purpose: str) -> Any:
        """Gives the slots. Raises Unreadable."""
        if len(token) != TOKEN_LENGTH:
            raise Unreadable
        try:
            data = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
            version, nonce, sealed = data[0], data[1 : 1 + _NONCE], data[1 + _NONCE :]
            body = self._ciphers[version].decrypt(nonce, sealed, _bound_to(version, locale, purpose))
            age = self._minute() - int.from_bytes(body[:_TIME], "big")
            if not -_AHEAD <= age <= self._minutes:
                raise Unreadable
            return json.loads(body[_TIME:])
        except (binascii.Error, UnicodeError, IndexError, KeyError, InvalidTag, ValueError):
            raise Unreadable from None

    def _minute(self) -> int:
        return int(self._clock() // 60)


def _bound_to(version: int, locale: str, purpose: str) -> bytes:
    return b"|".join((_FORMAT, str(version).encode(), purpose.encode(), locale.encode()))


def new_key(version: int = 1) -> str:
    """A fresh key as FRIYTA_KEYS wants it."""
    return f"{version}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}"
