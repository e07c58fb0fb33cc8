"""The command `friyta`. Every subcommand is a few lines; what it does lies in the rooms."""

from __future__ import annotations

from pathlib import Path

import click

from cli import steps
from cli.directory import directory, service
from cli.evaluation import evaluate
from cli.keys import keys
from cli.paths import ROOT


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """friyta: the portal a city runs for people subjected to violence in close relationships."""


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), envvar=["PORT", "FRIYTA_PORT"], default=8080, show_default=True)
@click.option("--host", envvar="FRIYTA_HOST", default="127.0.0.1", show_default=True)
@click.option("--prepare/--no-prepare", default=True, help="Check, build and train first.")
def serve(port: int, host: str, prepare: bool) -> None:
    """Check, build, train if needed, and serve site and chatbot on one port."""
    from api.settings import SettingsError, read_settings

    try:
        settings = read_settings(port=port, host=host)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    if prepare:
        steps.check()
        steps.build((), None, settings.site_dir)
        steps.train(settings.model_dir)
    from api.server import serve as serve_api

    raise SystemExit(serve_api(settings))


@main.command()
@click.option("--locale", "locales", multiple=True, help="Only this language; may be given more than once.")
@click.option("--jobs", type=int, help="How many languages at the same time.")
@click.option("--out", type=click.Path(path_type=Path), default=ROOT / ".build" / "site")
def build(locales: tuple[str, ...], jobs: int | None, out: Path) -> None:
    """Build the site in every language, side by side."""
    steps.build(locales, jobs, out)


@main.command()
@click.option("--locale", "locales", multiple=True, default=["sv"], show_default=True, help="Only this language; may be given more than once.")
@click.option("--port", type=click.IntRange(1, 65535), default=8090, show_default=True)
def watch(locales: tuple[str, ...], port: int) -> None:
    """Show the pages while somebody writes: what is saved is there at the next reload."""
    steps.watch(locales, port)


@main.command()
@click.option("--model-dir", type=click.Path(path_type=Path), default=ROOT / ".build" / "models")
def train(model_dir: Path) -> None:
    """Train the chatbot's model if its inputs changed."""
    steps.train(model_dir)


@main.command()
@click.option("--release", is_flag=True, help="Also refuse numbers that nobody has dialled.")
@click.option("--warnings", is_flag=True, help="Show warnings too.")
def check(release: bool, warnings: bool) -> None:
    """Report every editor's mistake at once, with file, line and what to do."""
    steps.check(release, warnings)


@main.group(invoke_without_command=True)
@click.pass_context
def translations(context: click.Context) -> None:
    """Extract, merge, check and report the catalogues."""
    if context.invoked_subcommand is None:
        from translations.run import run_translations

        report = run_translations(ROOT)
        click.echo(report.text(ROOT))
        raise SystemExit(0 if report.ok else 1)


@translations.command("status")
def translations_status() -> None:
    """Show how far each language is, part by part."""
    from translations.status import status, table

    click.echo(table(status(ROOT)))


main.add_command(evaluate)
main.add_command(directory)
main.add_command(service)
main.add_command(keys)

if __name__ == "__main__":
    main()
