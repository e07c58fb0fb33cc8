"""The table of docs/directory-coverage.md: each system of the issue and the seed documents, its page, and how the bot leads there.

`python site/site_directory_coverage.py` writes the file; `--check` only says whether it is current and whether anything is missing.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
for folder in (str(HERE.parent), str(HERE)):  # `site` is no package: its modules lie beside this script
    if folder not in sys.path:
        sys.path.insert(0, folder)

from site_context import ROOT, page_url  # noqa: E402  # only now is it found
from site_directory_needs import WAYS, reach  # noqa: E402
from site_directory_view import service_key  # noqa: E402

from content.errors import ContentError  # noqa: E402
from content.load import Content, load_content  # noqa: E402

SYSTEMS = ROOT / "docs" / "directory-systems.csv"
TABLE = ROOT / "docs" / "directory-coverage.md"
#: So many topics are named in a line.
MOST = 6
_HOW = {"offers": "", "district": " (for who names a district it serves)", "page": " (on a page the bot names)", "see": " (named by a service the bot offers)"}
_HEAD = """# Each system, its page, and the way the bot leads to it

For whoever adds a service or a topic. Written by `python site/site_directory_coverage.py` from `docs/directory-systems.csv` (what the issue and
the seed documents name), `content/services/` and `content/topics.yaml`; a test fails when it is not current or something is missing.
"In the bot" names the topics that offer the service; where none does, the topics that lead to it in another way, which is said.
Every page is there in every language; the addresses below are the Swedish ones.
"""


@dataclass(frozen=True)
class Row:
    """A system with the service that stands for it; None where there is no such service."""

    system: str
    named: str
    service: str | None


def systems(path: Path = SYSTEMS) -> list[Row]:
    """The systems that are named, from the CSV table."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Row(line["system"], line["named in"], line["service"] or None) for line in csv.DictReader(file)]


def missing(content: Content, rows: Sequence[Row]) -> list[str]:
    """What has no page or no way to it, in words."""
    ways = reach(content)
    gone = [f"{row.system}: there is no service `{row.service}`" for row in rows if row.service is not None and row.service not in content.services]
    unled = [f"{name}: no topic leads to it; add it to `offers` in content/topics.yaml or to `see` of a service" for name, found in ways.items() if not found]
    return [*gone, *unled]


def table(content: Content, rows: Sequence[Row]) -> str:
    """The whole document."""
    ways = reach(content)
    lines = [_HEAD, "## Systems named in the issue and the seed documents", "", "| System | Named in | Page | In the bot |", "|---|---|---|---|"]
    for row in rows:
        if row.service is None:
            lines.append(f"| {row.system} | {row.named} | none: not published | - |")
        else:
            lines.append(f"| {row.system} | {row.named} | {_page(row.service)} | {_bot(ways.get(row.service, {}))} |")
    named = {row.service for row in rows}
    lines += ["", "## The other services of the directory", "", "| Service | Page | In the bot |", "|---|---|---|"]
    lines += [f"| {service.name} | {_page(name)} | {_bot(ways[name])} |" for name, service in content.services.items() if name not in named]
    counts = {way: sum(1 for found in ways.values() if found and min(found.values(), key=WAYS.index) == way) for way in WAYS}
    ends = (f"{counts['offers']} offered by a topic", f"{counts['district']} when a district is named", f"{counts['page']} on a page the bot names",
            f"{counts['see']} named by a service the bot offers", f"{sum(not found for found in ways.values())} out of reach")  # fmt: skip
    lines += ["", f"{len(ways)} services: {', '.join(ends)}.", ""]
    return "\n".join(lines)


def _page(name: str) -> str:
    return f"`{page_url('sv', service_key(name))}`"


def _bot(found: dict[str, str]) -> str:
    if not found:
        return "**none**"
    way = min(found.values(), key=WAYS.index)
    topics = [f"`{topic}`" for topic, how in found.items() if how == way]
    more = f" and {len(topics) - MOST} more" if len(topics) > MOST else ""
    return ", ".join(topics[:MOST]) + more + _HOW[way]


def main(arguments: Sequence[str]) -> int:
    """Writes the table, or with --check holds it against the data. Gives 1 if something is missing or not current."""
    try:
        content, rows = load_content(ROOT), systems()
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    text, lacking = table(content, rows), missing(content, rows)
    for line in lacking:
        print(line, file=sys.stderr)
    if "--check" not in arguments:
        TABLE.write_text(text, encoding="utf-8")
    elif TABLE.read_text(encoding="utf-8") != text:
        print(f"{TABLE.relative_to(ROOT)} is not current; run python site/site_directory_coverage.py", file=sys.stderr)
        return 1
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
