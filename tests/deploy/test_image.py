"""What the image holds is enough: the service talks with the packages that deploy/slim.py leaves, and writes nowhere but to the temporary folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import ROOT, Server, built
from translations.locales import LOCALES

#: Runs the service with nothing but the slim folder and the source, and says every place that is opened for writing, made, moved or taken away.
WATCHED = """
import os, runpy, sys
sys.path[:0] = [{slim!r}, {root!r}]
sys.dont_write_bytecode = True
allowed = (os.environ["TMPDIR"], os.environ["HOME"], "/dev/")
def watch(event, given):
    writes = event == "open" and isinstance(given[1], str) and any(sign in given[1] for sign in "wax+")
    writes = writes or (event == "open" and given[1] is None and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    # A removal relative to an open folder is the taking away of the temporary one.
    writes = writes or (event == "os.remove" and given[1] == -1)
    if writes or event in ("os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate"):
        if not isinstance(given[0], int) and not os.path.abspath(os.fsdecode(given[0])).startswith(allowed):
            os.write(2, b"WRITES " + os.fsencode(given[0]) + b"\\n")
sys.addaudithook(watch)
{more}
sys.argv = ["api.server"]
runpy.run_module("api.server", run_name="__main__")
"""


@pytest.fixture(scope="module")
def slim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of the image, as links."""
    built()
    out = ROOT / ".build" / f"slim-{tmp_path_factory.mktemp('slim').parent.name}"  # hard links do not cross file systems
    subprocess.run([sys.executable, "deploy/slim.py", str(out), "--link"], cwd=ROOT, check=True)
    yield out
    subprocess.run(["rm", "-rf", str(out)], check=True)


def image(slim: Path, folder: Path, more: str = "") -> Server:
    code = WATCHED.format(slim=str(slim), root=str(ROOT), more=more)
    return Server(folder, ("-S", "-W", "ignore", "-c", code), python=sys._base_executable)  # type: ignore[attr-defined]


def test_the_image_talks_in_every_language_and_writes_nothing(slim: Path, tmp_path: Path) -> None:
    """A package left out would break the first message that needs it; a write would break on the read-only disk."""
    with image(slim, tmp_path) as server:
        for tag in LOCALES:
            answer = server.say("112", lang=tag)
            assert answer["messages"] and answer["choices"]
            assert server.form(tag, {"message": "112"}).status_code == 200
            assert server.get(f"/{tag}/").status_code == 200
        for path in ("/openapi.json", "/hsds/services", "/hsds/services.csv", "/api/services", "/api/districts", "/health/ready"):
            assert server.get(path).status_code == 200, path
        refused = server.ask({"lang": "sv", "message": "x" * 3000})
        assert refused.status_code == 422
    assert "WRITES" not in server.output()
    assert "error" not in server.output()


def test_the_watch_sees_a_write(slim: Path, tmp_path: Path) -> None:
    """Else the test above could not fail."""
    target = tmp_path.parent / "elsewhere"
    with image(slim, tmp_path, f"open({str(target)!r}, 'w').close()") as server:
        pass
    assert f"WRITES {target}" in server.output()
