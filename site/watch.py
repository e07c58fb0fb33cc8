"""Shows the site on this machine while somebody writes: `python site/watch.py [--locale sv …] [--port 8090]`, or `friyta watch`.

A page whose words change is there again in about a second; anything else (titles, menu, services, theme) builds the languages watched anew. Built into
.build/preview, beside the site that is served to people.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
for folder in (str(HERE.parent), str(HERE)):
    if folder not in sys.path:
        sys.path.insert(0, folder)

from preview import serving  # noqa: E402  # only now is it found
from site_context import ROOT, SiteError  # noqa: E402
from site_main import build  # noqa: E402
from site_one import build_pages, same_frame  # noqa: E402

from content.errors import ContentError  # noqa: E402
from content.load import Content, load_content  # noqa: E402

OUT = ROOT / ".build" / "preview"
WATCHED = ("content/**/*.md", "content/**/*.yaml", "site/theme/**/*", "site/assets/*", "site/mkdocs.yml", "translations/*/LC_MESSAGES/*.po")
LOOK_SECONDS = 0.3

Times = Mapping[Path, int]


def times(root: Path = ROOT) -> Times:
    """When each file that a page is made of was written last."""
    found = (path for pattern in WATCHED for path in root.glob(pattern))
    return {path: path.stat().st_mtime_ns for path in found if path.is_file()}


def changed(before: Times, after: Times) -> set[Path]:
    """What is new, gone or written anew."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def pages_alone(files: set[Path], before: Content, after: Content) -> list[str] | None:
    """The keys of the pages, if nothing but their words changed; None if more is touched."""
    folder = ROOT / "content" / "pages"
    keys = [path.relative_to(folder).with_suffix("").as_posix() for path in files if path.suffix == ".md" and path.is_relative_to(folder)]
    alone = len(keys) == len(files) and all(key in before.pages and key in after.pages and same_frame(before.pages[key], after.pages[key]) for key in keys)
    return sorted(keys) if alone else None


class Shown:
    """The site as the editor sees it."""

    def __init__(self, locales: Sequence[str], out: Path = OUT) -> None:
        """Builds what is not current. Raises ContentError, SiteError."""
        self.locales, self.out = list(locales), out
        self.seen, self.content = times(), load_content(ROOT)
        build(out, self.locales)

    def look(self) -> str | None:
        """Builds what changed since the last look; gives what was done in one line, None when nothing had changed. Raises ContentError, SiteError."""
        now = times()
        files = changed(self.seen, now)
        if not files:
            return None
        self.seen, begun = now, time.perf_counter()
        content = load_content(ROOT)
        keys = pages_alone(files, self.content, content)
        self.content = content
        if keys is None:
            build(self.out, self.locales)
        else:
            for tag in self.locales:
                build_pages(tag, self.locales, keys, self.out)
        return f"{', '.join(keys) if keys else 'everything'} in {' '.join(self.locales)}: {time.perf_counter() - begun:.1f} s"


def lines(shown: Shown, rest: Callable[[float], None] = time.sleep) -> Iterator[str]:
    """What is done, for ever; mistakes of the texts come as lines too, and the next change is looked at again."""
    while True:
        try:
            said = shown.look()
        except (ContentError, SiteError) as error:
            said = str(error)
        if said:
            yield said
        rest(LOOK_SECONDS)


def main() -> int:
    """The command line: serves until it is stopped."""
    parser = argparse.ArgumentParser(description="Shows the site while somebody writes.")
    parser.add_argument("--locale", nargs="*", default=["sv"], help="the languages shown (default: sv)")
    parser.add_argument("--port", type=int, default=8090)
    options = parser.parse_args()
    try:
        shown = Shown(options.locale or ["sv"])
    except (ContentError, SiteError) as error:
        print(error, file=sys.stderr)
        return 1
    with serving(OUT, options.port) as address:
        print(f"{address}/{options.locale[0]}/ (stop with Ctrl+C); what you save is shown at the next reload", flush=True)
        try:
            for line in lines(shown):
                print(line, flush=True)
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
