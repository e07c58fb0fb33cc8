"""Says that something failed and where, without a word of what was being worked on: an id, our own line of code, the kind of error."""

from __future__ import annotations

import logging
import secrets
import sys
import traceback
from pathlib import Path

from api.settings import ROOT

_log = logging.getLogger("friyta")


def place_of(error: BaseException) -> str:
    """`chatbot/engine.py:118`: the innermost line of this project that the error passed through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if (relative := _inside(frame.filename)) is not None and relative.parts[0] != ".venv"]
    if not ours:
        return "outside"
    return f"{_inside(ours[-1].filename)}:{ours[-1].lineno}"


def report(error: BaseException) -> str:
    """Logs id, place and class of an error - never its message, which may hold what a person wrote. Gives the id."""
    fault = secrets.token_hex(6)
    _log.error("error %s at %s %s", fault, place_of(error), type(error).__name__)
    return fault


def _inside(filename: str) -> Path | None:
    try:
        return Path(filename).resolve().relative_to(ROOT)
    except (ValueError, OSError):
        return None


class PlaceOnly(logging.Formatter):
    """Writes records of our own logger as they are; of any other only logger, level and where an exception came from."""

    def format(self, record: logging.LogRecord) -> str:
        """One line without a message or a traceback of somebody else's making."""
        if record.name == _log.name:
            return record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        where = f" at {place_of(error)} {type(error).__name__}" if error is not None else ""
        return f"{record.levelname.lower()} from {record.name}{where}"


def keep_quiet() -> None:
    """For a serving process: every log, warning and last-resort traceback goes through `PlaceOnly` to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlaceOnly())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.ERROR)
    _log.setLevel(logging.INFO)
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").handlers = [logging.NullHandler()]
    logging.getLogger("py.warnings").propagate = False
    sys.unraisablehook = lambda unraisable: _quietly(unraisable.exc_value)
    import threading

    threading.excepthook = lambda args: _quietly(args.exc_value)


def _quietly(error: BaseException | None) -> None:
    if error is not None:
        report(error)
