"""The steps before serving: check the content, build the site, train the model. Each says in one line what it did or what to mend."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from cli.paths import ROOT, SITE_SCRIPT
from content.check import check_content
from content.errors import Problem
from translations.checks import check_translations


class StepFailed(click.ClickException):
    """A step that stops the rest; the message is one clear line."""


def problems(release: bool) -> list[Problem]:
    """Give everything wrong with content and catalogues, errors and warnings, sorted by file."""
    return sorted({*check_content(ROOT, release=release), *check_translations(ROOT)})


def check(release: bool = False, warnings: bool = False) -> None:
    """Print the problems; raise ``StepFailed`` when one of them is an error."""
    found = problems(release)
    errors = [p for p in found if p.level == "error"]
    for problem in found if warnings else errors:
        click.echo(str(problem).replace(f"{ROOT}/", "", 1), err=problem.level == "error")
    if errors:
        raise StepFailed(f"{len(errors)} mistake(s) in content or translations; nothing is built until they are mended.")
    calm = len(found) - len(errors)
    click.echo(f"check: no mistakes{f', {calm} warning(s): friyta check --warnings' if calm and not warnings else ''}")


def build(locales: Sequence[str], jobs: int | None, out: Path) -> None:
    """Build the site by site/build.py, which is no part of any package; raise ``StepFailed`` when it stops."""
    command = [sys.executable, "-W", "ignore", str(SITE_SCRIPT), "--out", str(out)]
    if locales:
        command += ["--locale", *locales]
    if jobs:
        command += ["--jobs", str(jobs)]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise StepFailed("the site was not built.")


def watch(locales: Sequence[str], port: int) -> None:
    """Show the site while somebody writes, by site/watch.py, until it is stopped; raise ``StepFailed`` when it cannot begin."""
    command = [sys.executable, "-W", "ignore", str(SITE_SCRIPT.with_name("watch.py")), "--port", str(port), "--locale", *locales]
    try:
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return
    if status != 0:
        raise StepFailed("the site is not shown.")


def train(model_dir: Path) -> None:
    """Train the model where its inputs changed, in a process of its own; raise ``StepFailed`` when Rasa gives none."""
    from chatbot.train import is_current

    if is_current(model_dir):
        click.echo("model: current")
        return
    click.echo("model: its inputs changed, training (a minute or two) …")
    command = [sys.executable, "-W", "ignore", "-m", "chatbot.train", str(model_dir)]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise StepFailed("the model was not trained.")
