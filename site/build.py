"""Builds the site: one MkDocs build for each language, side by side in processes, and the files they share.

`python site/build.py --out .build/site [--locale sv …] [--jobs N]`, or `build(out, locales, jobs, progress)` from Python.
docs/site.md says what is written where.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
for folder in (str(HERE.parent), str(HERE)):  # `site` is no package: its modules lie beside this script
    if folder not in sys.path:
        sys.path.insert(0, folder)

from site_main import Report, build, main  # noqa: E402  # only now is it found

__all__ = ["Report", "build", "main"]

if __name__ == "__main__":
    sys.exit(main())
