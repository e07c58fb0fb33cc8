"""How the directory's cost grows: `python tests/load/directory.py [50 500 5000]`, services beside the real ones, one language, one process.

Measured are reading the files and running every check, building the directory (pages, cards, lists, compression), the weight of the list,
and in a browser the time from a choice to the changed list. Not a test: times depend on the machine.
"""

from __future__ import annotations

import gzip
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
for folder in (str(ROOT), str(ROOT / "site")):
    if folder not in sys.path:
        sys.path.insert(0, folder)

import site_build  # noqa: E402  # only now is it found
from mkdocs.config import load_config  # noqa: E402
from site_assets import hashed_name, read_assets  # noqa: E402
from site_directory import Directory, write  # noqa: E402
from site_view import frame  # noqa: E402
from tqdm import tqdm  # noqa: E402

from content.checks import editorial, safety  # noqa: E402
from content.load import Content, read_content  # noqa: E402

SIZES = (50, 500, 5000)
#: From a choice to the list that fits, and to the next picture on the screen.
FILTER = """() => { const form = document.getElementById('directory-filter'); form.elements.w.value = 'men'; const start = performance.now();
  form.dispatchEvent(new Event('input', { bubbles: true })); document.body.offsetHeight; return performance.now() - start; }"""


def synthetic(folder: Path, count: int) -> None:
    """Writes the real content and `count` services more, copies of real ones under other ids."""
    shutil.copytree(ROOT / "content", folder / "content", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    real = sorted((ROOT / "content" / "services").glob("*.yaml"))
    for number in range(count):
        text = real[number % len(real)].read_text(encoding="utf-8")
        text = re.sub(r"(?m)^id: .*$", f"id: prov-{number}", text, count=1)
        text = re.sub(r"(?m)^name: .*$", f"name: Prov {number}", text, count=1)
        (folder / "content" / "services" / f"prov-{number}.yaml").write_text(text, encoding="utf-8")


def timed(what: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and the seconds it took."""
    start = time.perf_counter()
    result = what()
    return result, time.perf_counter() - start


def checked(folder: Path) -> Content:
    """Reads everything and runs every check, as `friyta check` does for the content."""
    content, _ = read_content(folder)
    safety(content)
    editorial(content)
    return content


def built(content: Content, out: Path) -> None:
    """The directory in Swedish, with the assets it asks for."""
    site_build.load_content = lambda root: content
    config = load_config(str(site_build.CONFIG))
    build = site_build.new_build("sv", ["sv"], dict(config.extra))
    build.take_theme(config.theme)
    assert build.cards is not None
    write(Directory(build.site, build.cards.environment), frame(build.site), config, out / "sv")
    (out / "assets").mkdir(exist_ok=True)
    for name, data in read_assets().items():
        (out / "assets" / hashed_name(name, data)).write_bytes(data)


def filtered(out: Path) -> tuple[float, float]:
    """Seconds until the form is there, and milliseconds of the first choice."""
    from playwright.sync_api import sync_playwright
    from preview import serving

    with serving(out) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        _, ready = timed(lambda: (page.goto(f"{address}/sv/hjalp-och-stod/"), page.wait_for_selector("#directory-filter", timeout=60_000)))
        milliseconds = float(page.evaluate(FILTER))
        browser.close()
    return ready, milliseconds


def main(sizes: tuple[int, ...]) -> None:
    """Prints a table, one line a size."""
    rows = []
    for size in tqdm(sizes, unit="size", leave=False, disable=not sys.stderr.isatty()):
        with tempfile.TemporaryDirectory() as name:
            folder, out = Path(name) / "root", Path(name) / "site"
            out.mkdir()
            synthetic(folder, size)
            content, check = timed(lambda folder=folder: checked(folder))
            _, build = timed(lambda content=content, out=out: built(content, out))
            page = len(gzip.compress((out / "sv" / "hjalp-och-stod" / "index.html").read_bytes(), 9)) / 1000
            ready, choice = filtered(out)
            rows.append((len(content.services), check, build, page, ready, choice))
    print("| services | read and check, s | build, s | list, kB | form ready, s | first choice, ms |\n|---:|---:|---:|---:|---:|---:|")
    for row in rows:
        print("| {} | {:.1f} | {:.1f} | {:.1f} | {:.2f} | {:.0f} |".format(*row))


if __name__ == "__main__":
    main(tuple(int(one) for one in sys.argv[1:]) or SIZES)
