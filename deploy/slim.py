"""Copies the packages that the running service needs into one folder: `python deploy/slim.py <folder> [--link]`. For the image.

Left out are the tools of tests and of the site build, what a serving process does not load of rasa's world (chatbot/light_imports.py), and the tests and
headers that packages bring along. tests/deploy/test_image.py holds a conversation with what remains.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from py_compile import PycInvalidationMode

from packaging.markers import default_environment
from packaging.requirements import InvalidRequirement, Requirement

#: Only for building the site, checking texts or measuring.
BUILD_ONLY = frozenset({"mkdocs", "mkdocs-material", "pymdown-extensions", "segno", "wheel"})
#: Asked for by rasa, loaded by none of what we use of it.
NEVER_LOADED = frozenset({"absl-py", "coloredlogs", "networkx", "pydot", "sentry-sdk", "structlog-sentry", "fonttools", "rasa-sdk"})
#: What a serving process leaves out: the distributions of chatbot/light_imports.py, which are named differently from their modules.
LEFT_OUT = frozenset(
    {
        "aio-pika", "aiogram", "aiohttp", "apscheduler", "boto3", "botocore", "confluent-kafka", "fbmessenger", "google-auth", "google-cloud-storage",
        "matplotlib", "mattermostwrapper", "pillow", "prompt-toolkit", "psycopg2-binary", "pymongo", "python-socketio", "questionary", "redis",
        "rocketchat-api", "sanic", "sanic-cors", "sanic-jwt", "sanic-routing", "scikit-learn", "slack-sdk", "sqlalchemy", "twilio", "webexteamssdk",
    }
)  # fmt: skip
_LEFT = re.compile(
    r"(^|/)(tests?|include|bin)/|\.(pyi|pyx|pxd|h|c|cpp|f90)$"
    r"|^matplotlib/mpl-data/(fonts|sample_data|images)/|^botocore/data/|^phonenumbers/(geodata|carrierdata|tzdata)/"
)
#: A package's own folder may be called `test` and be needed.
_KEPT = re.compile(r"^numpy/testing/|^sklearn/utils/_testing|^scipy/_lib/_test")


def name_of(text: str) -> str:
    """The one spelling of a distribution's name."""
    return re.sub(r"[-_.]+", "-", text).lower()


def needed(start: Iterable[str], dropped: frozenset[str]) -> set[str]:
    """Every distribution that `start` needs on this machine, without `dropped` and what only they need."""
    found: set[str] = set()
    waiting = [(name_of(name), "") for name in start]
    while waiting:
        name, extra = waiting.pop()
        if name in dropped or (name in found and not extra):
            continue
        try:
            asked = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # left out by a marker of the lock: another platform's
        found.add(name)
        for text in asked:
            try:
                one = Requirement(text)
            except InvalidRequirement:
                continue
            if one.marker is None or one.marker.evaluate({**default_environment(), "extra": extra}):
                waiting += [(name_of(one.name), wanted) for wanted in ["", *one.extras]]
    return found


def requirements_of(project: Path) -> list[str]:
    """What pyproject.toml asks for to run, and what rasa really needs of its own (tool.uv.dependency-metadata)."""
    import tomllib

    told = tomllib.loads(project.read_text(encoding="utf-8"))
    asked = [*told["project"]["dependencies"]]
    for package in told["tool"]["uv"]["dependency-metadata"]:
        asked += package["requires-dist"]
    names = [re.split(r"[\s\[<>=!~;]", one, maxsplit=1)[0] for one in asked]
    extras = [name for one in asked for name in _extras(one)]
    return [*names, *extras]


def _extras(text: str) -> list[str]:
    """What the extras of a requirement bring, by name: `uvicorn[standard]` needs uvloop and httptools."""
    one = Requirement(text)
    if not one.extras:
        return []
    found = []
    for asked in importlib.metadata.requires(one.name) or []:
        other = Requirement(asked)
        if other.marker and any(other.marker.evaluate({**default_environment(), "extra": extra}) for extra in one.extras):
            found.append(other.name)
    return found


def copy(names: Iterable[str], out: Path, put: Callable[[str, str], object]) -> int:
    """Copies the files of the distributions; gives the bytes written."""
    total = 0
    for name in sorted(names):
        distribution = importlib.metadata.distribution(name)
        for file in distribution.files or []:
            relative = file.as_posix()
            if relative.startswith("..") or "__pycache__" in relative or (_LEFT.search(relative) and not _KEPT.search(relative)):
                continue
            source, target = Path(str(file.locate())), out / relative
            if not source.is_file() or target.exists():  # some packages put the same README.md beside their folder
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            put(str(source), str(target))
            total += source.stat().st_size
    return total


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Copies the packages that the running service needs.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--link", action="store_true", help="hard links instead of copies, nothing compiled, to try it out")
    options = parser.parse_args()
    if options.out.exists():
        print(f"{options.out} is there already; take it away first", file=sys.stderr)
        return 1
    names = needed(requirements_of(Path(__file__).resolve().parent.parent / "pyproject.toml"), BUILD_ONLY | NEVER_LOADED | LEFT_OUT) - {"friyta"}
    total = copy(names, options.out, os.link if options.link else shutil.copy2)
    # The image cannot be written to: without compiled code every start would compile anew.
    if not options.link:
        compileall.compile_dir(options.out, quiet=2, workers=os.cpu_count() or 1, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
    print(f"{len(names)} packages, {total / 1e6:.0f} MB -> {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
