"""What a running service can be told: environment variables `FRIYTA_*`, read once at start. docs/operating.md explains each to
operators.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
KEY_BYTES = 32


class SettingsError(Exception):
    """The environment cannot be used; the message is one line that names the variable and what to write."""


class Settings(BaseSettings):
    """Every setting with its default. Values come from `FRIYTA_<NAME>`; secrets print as stars."""

    model_config = SettingsConfigDict(env_prefix="FRIYTA_", extra="ignore", frozen=True, hide_input_in_errors=True)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    #: `version:base64,version:base64`; the first seals, all open. Empty: a key of this process alone.
    keys: SecretStr = SecretStr("")
    site_dir: Path = ROOT / ".build" / "site"
    model_dir: Path = ROOT / ".build" / "models"
    content_dir: Path = ROOT / "content"
    translations_dir: Path = ROOT / "translations"
    #: Where people reach the portal, for the links of the open-data interface; the same variable as the site build reads.
    site_url: str = "http://localhost:8080/"
    #: How long a conversation may rest before it starts afresh.
    state_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 30
    #: Chat requests worked on at once; what comes above is told to try again, with the emergency text.
    max_in_flight: Annotated[int, Field(ge=1, le=10_000)] = 64
    #: Chat requests a minute from one source. Generous: a school or a shelter may share one address.
    per_source: Annotated[int, Field(ge=1)] = 240
    #: Minutes after which the salt of the sources' hashes is thrown away, and with it all counts.
    salt_minutes: Annotated[int, Field(ge=1, le=60)] = 10
    #: Seconds the engine may take before the answer for failures is given.
    engine_seconds: Annotated[float, Field(gt=0, le=60)] = 5.0
    #: Answers leave on a grid of so many milliseconds after the request came, so that the time tells little of the topic. 0: at once.
    answer_step_ms: Annotated[int, Field(ge=0, le=2000)] = 40
    #: Addresses or networks of our own proxies. Only they are believed when they say where a request came from.
    proxies: Annotated[tuple[str, ...], NoDecode] = ()
    #: The header in which such a proxy says it.
    proxy_header: str = "x-forwarded-for"

    #: Where daily totals go, with noise (docs/statistics.md). None: nothing is counted.
    statistics_dir: Path | None = None
    #: Privacy budget of one day and of one calendar year, and the smallest total that is written.
    statistics_epsilon: Annotated[float, Field(gt=0, le=1)] = 0.5
    statistics_yearly: Annotated[float, Field(gt=0)] = 183.0
    statistics_threshold: Annotated[int, Field(ge=5)] = 20

    @field_validator("proxies", mode="before")
    @classmethod
    def _networks(cls, value: Any) -> Any:
        parts = [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else list(value)
        for part in parts:
            ipaddress.ip_network(part, strict=False)
        return tuple(parts)

    @field_validator("keys")
    @classmethod
    def _readable(cls, value: SecretStr) -> SecretStr:
        read_keys(value)
        return value


def read_keys(secret: SecretStr) -> dict[int, bytes]:
    """The sealing keys by version, in order. Raises ValueError with what is wrong, never with the value."""
    keys: dict[int, bytes] = {}
    for number, part in enumerate((part.strip() for part in secret.get_secret_value().split(",") if part.strip()), start=1):
        version, colon, encoded = part.partition(":")
        if not colon or not version.isdecimal() or not 0 <= int(version) <= 255:
            raise ValueError(f"key number {number} is not written as version:base64 with a version from 0 to 255")
        try:
            key = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            raise ValueError(f"key number {number} is not base64") from None
        if len(key) != KEY_BYTES:
            raise ValueError(f"key number {number} has {len(key)} bytes, not {KEY_BYTES}; make one as docs/operating.md shows")
        if int(version) in keys:
            raise ValueError(f"key number {number} has the version of an earlier one")
        keys[int(version)] = key
    return keys


def read_settings(**given: Any) -> Settings:
    """The settings of the environment, with `given` ones instead. Raises SettingsError, one line that never shows a value."""
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "_".join(str(part) for part in first["loc"][:1]).upper()
        raise SettingsError(f"FRIYTA_{name}: {first['msg']}") from None
