"""Prints in how many sizes the pages of the built site are sent, and what the filling costs. `python tests/load/page_sizes.py [folder]`"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import brotli  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Reads every page and packs it once more without filling."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".build" / "site"
    pages = [path for path in folder.rglob("*.html") if path.name != "_shell.html"]
    for suffix in (".br", ".gz"):
        sent = Counter(path.with_name(path.name + suffix).stat().st_size for path in pages)
        print(f"{suffix}: {len(pages)} pages in {len(sent)} sizes: {', '.join(f'{count} of {size}' for size, count in sorted(sent.items()))}")
    bare = sorted(len(brotli.compress(path.read_bytes(), quality=11)) for path in pages)
    mean = sum(path.with_name(path.name + ".br").stat().st_size for path in pages) / len(pages)
    print(f"without filling (br): {len(set(bare))} sizes, mean {sum(bare) / len(bare):.0f}, largest {bare[-1]}; with: mean {mean:.0f} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
