"""Trains the Rasa model when its inputs changed, and finds the one that is current. """

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from chatbot.silence import silence_rasa
from chatbot.tensorflow_shim import install

ROOT = Path(__file__).resolve().parent
_INPUTS = (
    "config.yml", "domain/*.yml", "data/**/*.yml", "components/*.py", "meaning/*.py", "network/*.npz", "network/*.json", "network/*.txt",
    "importer.py", "tensorflow_shim.py", "train.py",
)  # fmt: skip


class TrainingFailed(RuntimeError):
    """Raised when Rasa gives no model; the message names what it complained of."""


def inputs() -> list[Path]:
    """Give every file that the model depends on, sorted; the districts belong to them, since their names are recognised."""
    found = {path for pattern in _INPUTS for path in ROOT.glob(pattern) if path.is_file()}
    return sorted(found | {ROOT.parent / "content" / "districts.yaml", ROOT.parent / "content" / "districts.py"})


def fingerprint() -> str:
    """Give a hash over names and bytes of all inputs and the versions of what reads them."""
    digest = hashlib.sha256((ROOT.parent / "requirements.lock").read_bytes())
    for path in inputs():
        digest.update(str(path.relative_to(ROOT.parent)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest() if path.exists() else b"")
    return digest.hexdigest()[:16]


def is_current(model_dir: Path) -> bool:
    """Say whether the model of today's inputs lies in the folder."""
    return (model_dir / f"{fingerprint()}.tar.gz").exists()


def train(model_dir: Path, say: Callable[[str], None]) -> Path:
    """Train unless current; give the model's path. Older models of the folder are removed. Raise ``TrainingFailed``."""
    wanted = model_dir / f"{fingerprint()}.tar.gz"
    if wanted.exists():
        say(f"model {fingerprint()} is current")
        return wanted
    model_dir.mkdir(parents=True, exist_ok=True)
    os.environ["RASA_CACHE_DIRECTORY"] = str(model_dir.parent / "rasa-cache")
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    os.environ["LOG_LEVEL"] = "ERROR"  # what rasa asks before it draws bars of its own
    say(f"training model {fingerprint()}")
    install()
    silence_rasa()
    from rasa.model_training import train as rasa_train

    silence_rasa()
    with redirect_stdout(StringIO()):
        result = rasa_train(
            domain=str(ROOT / "domain"),
            config=str(ROOT / "config.yml"),
            training_files=[str(ROOT / "data")],
            output=str(model_dir),
            fixed_model_name=wanted.name.removesuffix(".tar.gz"),
            force_training=True,
        )
    if result.code != 0 or result.model is None or not wanted.exists():
        raise TrainingFailed("Rasa made no model. Run `rasa data validate` in chatbot/ to see why.")
    for old in model_dir.glob("*.tar.gz"):
        if old != wanted:
            old.unlink()
    return wanted


def main(model_dir: Path) -> int:
    """Train with rasa's own chatter kept off the terminal; give the exit status."""
    try:
        train(model_dir, lambda line: print(line, flush=True))
    except TrainingFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
