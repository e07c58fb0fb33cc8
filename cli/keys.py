"""`friyta keys …`: the keys that seal conversations, and how to change them in three steps without breaking one (docs/operating.md, Keys).

Each command reads the present value of FRIYTA_KEYS from standard input and writes the next one to standard output; nothing is kept.
"""

from __future__ import annotations

import sys

import click
from pydantic import SecretStr

from api.seal import new_key
from api.settings import read_keys

_VERSIONS = 256


@click.group()
def keys() -> None:
    """Make and change the keys that seal conversations: new, then add, swap, drop."""


@keys.command()
def new() -> None:
    """Print a first key."""
    click.echo(new_key(1))


@keys.command()
def add() -> None:
    """Step 1: put a fresh key behind the present ones. Every copy can open it, none seals with it yet."""
    present = _present()
    last = max(int(key.partition(":")[0]) for key in present)
    click.echo(",".join([*present, new_key((last + 1) % _VERSIONS)]))


@keys.command()
def swap() -> None:
    """Step 2: put the last key first. It seals from now on; what was sealed before is still opened."""
    present = _present()
    if len(present) < 2:
        raise click.ClickException("there is only one key; `friyta keys add` comes first")
    click.echo(",".join([present[-1], *present[:-1]]))


@keys.command()
def drop() -> None:
    """Step 3, after FRIYTA_STATE_MINUTES: keep only the first key."""
    click.echo(_present()[0])


def _present() -> list[str]:
    """The keys of standard input, in order, with or without `FRIYTA_KEYS=`. Raises ClickException with what is wrong, never with a key."""
    given = sys.stdin.read().strip().removeprefix("FRIYTA_KEYS=")
    parts = [part.strip() for part in given.split(",") if part.strip()]
    try:
        read_keys(SecretStr(",".join(parts)))
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    if not parts:
        raise click.ClickException("no key on standard input; `friyta keys new` makes the first")
    return parts
