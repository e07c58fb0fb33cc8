"""`friyta directory …` and `friyta service new`: the tools of those who keep the service directory."""

from __future__ import annotations

import datetime as dt
from difflib import get_close_matches
from typing import get_args

import click

from cli.paths import ROOT
from content.editing import draft_service, record_check, service_file
from content.errors import ContentError
from content.freshness import facts, stale_report
from content.load import load_content, read_content
from content.models.vocabulary import Audience, Kind


@click.group()
def directory() -> None:
    """Look after the service directory."""


@directory.command()
@click.option("--guarded", is_flag=True, help="Only what stops a release.")
def stale(guarded: bool) -> None:
    """List what a person should check again, the most pressing first."""
    rows = [r for r in stale_report(read_content(ROOT)[0], dt.date.today()) if r.guarded or not guarded]
    for row in rows:
        age = "undated" if row.age_days is None else f"{row.age_days} days"
        mark = "STOPS A RELEASE  " if row.guarded else ""
        click.echo(f"{mark}{row.fact.service}: {row.fact.what} {row.fact.value} ({age}) - {row.advice}")
    click.echo(f"{len(rows)} fact(s) to check. `friyta directory verify <id>` walks through one service.")


@directory.command()
@click.argument("service_id")
@click.option("--by", prompt="Your name or role (is written into the file)", help="Who checks.")
def verify(service_id: str, by: str) -> None:
    """Walk through the open points of one service and record who checked what, and when."""
    content, _ = read_content(ROOT)
    if service_id not in content.services:
        near = ", ".join(get_close_matches(service_id, content.services, n=3))
        raise click.ClickException(f"no service {service_id!r} in content/services.{f' Did you mean: {near}?' if near else ''}")
    found = content.services[service_id]
    click.echo(f"{found.name} ({found.organization})")
    for point in found.verify:
        click.echo(f"  open point: {point}")
    done = 0
    for fact in facts(found):
        click.echo(f"\n{fact.what}: {fact.value}   [{fact.place}]")
        answer = click.prompt("Tried or read on the owner's live page today, and right? (yes/no/skip)", default="skip")
        if answer.lower().startswith("y"):
            record_check(service_file(ROOT, service_id), fact.place, by, dt.date.today())
            done += 1
        elif answer.lower().startswith("n"):
            click.echo(f"  Then mend it in content/services/{service_id}.yaml; it stays unchecked until you do.")
    click.echo(f"\n{done} fact(s) recorded as checked by {by}. Open points are yours to strike from `verify:` in the file.")


@click.group()
def service() -> None:
    """Add to the service directory."""


@service.command()
@click.option("--id", "service_id", prompt="Id (a-z, 0-9, hyphen; becomes the file's name)")
@click.option("--name", prompt="Name, as people meet it")
@click.option("--organization", prompt="Who runs it")
@click.option("--kind", prompt=True, type=click.Choice(get_args(Kind)))
@click.option("--audience", prompt=True, type=click.Choice(get_args(Audience)), default="everyone", show_default=True)
@click.option("--summary", prompt="What it does, in one Swedish sentence (at most 160 letters)")
@click.option("--way-in", prompt="How one gets there, in Swedish, without numbers or addresses")
@click.option("--source", prompt="Where you saw all this (page or document)")
@click.option("--text-date", prompt="Date of that text (2024, 2024-04, 2024-04-16 or undated)", default="undated")
@click.option("--phone", prompt="Phone number seen there (empty: none)", default="", show_default=False)
def new(**answers: str) -> None:
    """Ask for what a service needs and write a valid file; labels start as unknown."""
    path = service_file(ROOT, answers["service_id"])
    if path.exists():
        raise click.ClickException(f"{path.relative_to(ROOT)} is there already; change it by hand")
    path.write_text(draft_service(answers), encoding="utf-8")
    try:
        load_content(ROOT)
    except ContentError as error:
        mine = [p for p in error.problems if p.file == path]
        path.unlink()
        if mine:
            raise click.ClickException("nothing written:\n" + "\n".join(str(p) for p in mine)) from error
        raise click.ClickException(f"nothing written: mend these first:\n{error}") from error
    click.echo(f"wrote {path.relative_to(ROOT)}. Fill in labels, description and hours by hand (docs/editing-services.md).")
