"""Stock Rasa as its own documentation recommends it, in a throw-away environment: the published package on Python 3.10, `rasa init`, `rasa run`.

Made once under .build/stock (2.5 GB, some minutes). STOCK_PYTHON names the interpreter; else uv or pyenv is asked for one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.serving import ROOT

VERSION = "3.6.21"
FOLDER = ROOT / ".build" / "stock"
UV = ROOT / ".build" / "uv" / "bin" / "uv"


class NoStock(Exception):
    """Stock Rasa cannot be had on this machine; the message says why."""


def interpreter() -> str:
    """A Python 3.10. Raises NoStock."""
    found = [os.environ.get("STOCK_PYTHON", ""), shutil.which("python3.10") or ""]
    asked = subprocess.run([str(UV), "--no-config", "python", "find", "3.10"], capture_output=True, text=True, cwd="/")
    found += [asked.stdout.strip()] if asked.returncode == 0 else []
    found += [str(path) for path in sorted((Path.home() / ".pyenv" / "versions").glob("3.10.*/bin/python"))]
    for one in found:
        if one and Path(one).exists():
            return one
    raise NoStock("no Python 3.10 found; set STOCK_PYTHON to one")


def project() -> Path:
    """The folder of a trained `rasa init` project beside its environment; made if it is not there. Raises NoStock."""
    rasa, place = FOLDER / "venv" / "bin" / "rasa", FOLDER / "project"
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    try:
        if not rasa.exists():
            FOLDER.mkdir(parents=True, exist_ok=True)
            subprocess.run([str(UV), "--no-config", "venv", "--quiet", "--python", interpreter(), str(FOLDER / "venv")], check=True, cwd="/")
            command = [str(UV), "--no-config", "pip", "install", "--quiet", "--python", str(FOLDER / "venv" / "bin" / "python")]
            subprocess.run([*command, f"rasa=={VERSION}", "setuptools<81"], check=True, cwd="/")
        if not list(place.glob("models/*.tar.gz")):
            place.mkdir(exist_ok=True)
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            subprocess.run([str(rasa), "init", "--no-prompt"], check=True, cwd=place, env=environment, **quiet)  # type: ignore[call-overload]
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoStock(f"stock Rasa could not be made: {error}") from error
    return place


def start(port: int) -> subprocess.Popen[bytes]:
    """`rasa run` of the project. Raises NoStock."""
    place = project()
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    command = [str(FOLDER / "venv" / "bin" / "rasa"), "run", "--port", str(port)]
    return subprocess.Popen(command, cwd=place, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
