"""`friyta evaluate`: how well the bot understands messages that it was not trained on, per language."""

from __future__ import annotations

from pathlib import Path

import click

from cli.paths import EVALUATION, ROOT


@click.command()
@click.option("--locale", "locales", multiple=True, help="Only this language.")
@click.option("--wrong", is_flag=True, help="List the messages got wrong.")
@click.option("--report", type=click.Path(path_type=Path), help="Write the table as Markdown to this file too.")
@click.option("--model-dir", type=click.Path(path_type=Path), default=ROOT / ".build" / "models")
def evaluate(locales: tuple[str, ...], wrong: bool, report: Path | None, model_dir: Path) -> None:
    """Measure topics, urgency and false alarms on kept-out messages."""
    from chatbot.engine import Engine, NoModel
    from chatbot.evaluate import measure, read_cases, table, wrong_lines
    from content.load import load_content

    try:
        engine = Engine.load(model_dir, load_content(ROOT))
    except NoModel as error:
        raise click.ClickException(str(error)) from error
    paths = [p for p in sorted(EVALUATION.glob("*.tsv")) if not locales or p.stem in locales]
    if not paths:
        raise click.ClickException(f"no kept-out messages for {', '.join(locales) or 'any language'} in {EVALUATION}")
    results = []
    with click.progressbar(paths, label="measuring", item_show_func=lambda p: p.stem if p else "") as bar:
        for path in bar:
            results.append(measure(engine, path.stem, read_cases(path)))
    click.echo(table(results))
    if wrong:
        for result in results:
            click.echo("\n".join(wrong_lines(result)))
    if report:
        report.write_text(table(results) + "\n", encoding="utf-8")
