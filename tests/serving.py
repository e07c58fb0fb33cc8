"""A real server for tests: its own process, a free port of this machine, its output in files, its end by order or by kill -9."""

from __future__ import annotations

import base64
import fcntl
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
MODELS, SITE = ROOT / ".build" / "models", ROOT / ".build" / "site"
KEY = f"1:{base64.b64encode(bytes(range(32))).decode()}"
_ADDRESS = re.compile(r"^(http://\S+)/$", re.MULTILINE)
_START_SECONDS = 180


def built() -> None:
    """Train the model and build the site if they are not current; others that wait for the same find them done."""
    (ROOT / ".build").mkdir(exist_ok=True)
    with (ROOT / ".build" / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = {"cwd": ROOT, "check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([sys.executable, "-W", "ignore", "-m", "chatbot.train", str(MODELS)], **run)  # type: ignore[call-overload]
        if not (SITE / "sv" / "_shell.html").exists():
            subprocess.run([sys.executable, "-W", "ignore", "site/build.py", "--out", str(SITE)], **run)  # type: ignore[call-overload]


class Server:
    """One run of the service. Use as a context, or `start` and `stop` by hand."""

    def __init__(self, folder: Path, command: Sequence[str] = ("-m", "cli.main", "serve", "--no-prepare"), python: str = sys.executable, **settings: object) -> None:
        """`folder` takes home, temporary files and output; `settings` are FRIYTA_* by lower-case name."""
        self.folder, self._command = folder, (python, *command)
        self.base = ""
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("home", "tmp"):
            (folder / name).mkdir(exist_ok=True)
        given = {"port": 0, "host": "127.0.0.1", "keys": KEY, "answer_step_ms": 0, "per_source": 100_000, **settings}
        self._env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("FRIYTA_") and name != "PORT"},
            "HOME": str(folder / "home"),
            "TMPDIR": str(folder / "tmp"),
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
            **{f"FRIYTA_{name.upper()}": str(value) for name, value in given.items()},
        }

    def start(self) -> Server:
        """Start and wait until it says its address. Fails with what it printed when it ends instead."""
        begun = time.monotonic()
        with (self.folder / "stdout").open("ab") as out, (self.folder / "stderr").open("ab") as err:
            already = out.tell()
            self.process = subprocess.Popen(self._command, cwd=ROOT, env=self._env, stdout=out, stderr=err)
        while time.monotonic() - begun < _START_SECONDS:
            found = _ADDRESS.search((self.folder / "stdout").read_bytes()[already:].decode())
            if found:
                self.base = found[1]
                return self
            assert self.process.poll() is None, f"the server ended with {self.process.returncode}:\n{self.output()}"
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"the server did not start within {_START_SECONDS} s:\n{self.output()}")

    def kill(self) -> None:
        """kill -9: no time to say good-bye."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """End it in order; give its exit status."""
        assert self.process
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def output(self) -> str:
        """Everything it has printed so far."""
        return "".join((self.folder / name).read_text(encoding="utf-8", errors="replace") for name in ("stdout", "stderr"))

    def say(self, message: str | None = None, lang: str = "sv", **fields: str | None) -> dict[str, object]:
        """One step of the chat; fails unless it is answered."""
        answer = self.ask({"lang": lang, "message": message, "choice": None, "state": None, **fields})
        assert answer.status_code == 200, answer.text.strip()
        found: dict[str, object] = answer.json()
        return found

    def ask(self, fields: Mapping[str, object]) -> httpx.Response:
        """A request to the chat."""
        return httpx.post(f"{self.base}/api/chat", json=dict(fields), timeout=30)

    def form(self, lang: str, fields: Mapping[str, str]) -> httpx.Response:
        """A step of the form."""
        return httpx.post(f"{self.base}/{lang}/chat", data=dict(fields), timeout=30)

    def get(self, path: str, **given: object) -> httpx.Response:
        """A page."""
        return httpx.get(f"{self.base}{path}", timeout=30, **given)  # type: ignore[arg-type]

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()
