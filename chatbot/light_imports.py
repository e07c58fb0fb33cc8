"""Lets a serving process load rasa without the clients of channels, clouds and databases that rasa imports and friyta never uses.

rasa imports all of them at module level: half of the start and a third of the memory of a copy. ``lighten()``, called before rasa is imported, answers
their names with stand-ins that may be named, called and subclassed while rasa's modules are read. From ``close()`` on, a stand-in that is really
used raises ``NotLoaded``, so that nothing pretends to work. Training and evaluation load the real packages.

What it saves and what else was tried: docs/decisions/0080-what-a-copy-does-not-load.md. tests/unit/chatbot/test_light_imports.py holds both ways
against each other.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

#: Top-level names of packages, by what rasa wants them for.
CHANNELS = frozenset({"aiogram", "fbmessenger", "mattermostwrapper", "rocketchat_API", "slack_sdk", "socketio", "twilio", "webexteamssdk", "requests_toolbelt"})
STORES = frozenset({"boto3", "botocore", "google", "psycopg2", "pymongo", "redis", "sqlalchemy", "aio_pika", "aiormq", "confluent_kafka"})
LEARNING = frozenset({"sklearn", "matplotlib", "PIL"})
SERVER = frozenset({"sanic", "sanic_cors", "sanic_jwt", "sanic_routing", "aiohttp", "apscheduler", "questionary", "prompt_toolkit"})
LEFT_OUT = CHANNELS | STORES | LEARNING | SERVER


class NotLoaded(RuntimeError):
    """Raised when code really uses what a serving process leaves out; the message names it."""


class _Meta(type):
    """A class whose every name is another stand-in, so that ``sa.orm.Session`` can be named."""

    _closed = False

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__name__}.{name}")

    def __call__(cls, *given: Any, **named: Any) -> Any:
        if _Meta._closed:
            raise NotLoaded(f"{cls.__qualname__} is not loaded in a serving process (chatbot/light_imports.py)")
        return super().__call__(*given, **named)

    def __or__(cls, other: Any) -> Any:
        return Any

    def __ror__(cls, other: Any) -> Any:
        return Any

    def __iter__(cls) -> Iterator[Any]:
        return iter(())


class _StandIn(metaclass=_Meta):
    """Made of anything, gives stand-ins for its attributes; as a decorator it gives back what it decorates."""

    def __new__(cls, *given: Any, **named: Any) -> Any:
        if len(given) == 1 and not named and callable(given[0]):
            return given[0]
        return super().__new__(cls)

    def __init__(self, *given: Any, **named: Any) -> None:
        """Takes whatever it is given."""

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(name)

    def __call__(self, decorated: Any = None, **named: Any) -> Any:
        return decorated

    @classmethod
    def __class_getitem__(cls, item: Any) -> Any:
        return cls


def _stand_in(name: str) -> type:
    return _Meta(name, (_StandIn,), {})


class _Module(ModuleType):
    """An empty package whose every name is a stand-in."""

    __version__ = "0.0.0"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers imports of what is left out."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Give a spec for a name below ``LEFT_OUT``, else None."""
        if fullname.partition(".")[0] in LEFT_OUT:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """Make the empty module."""
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def lighten() -> None:
    """Put the stand-ins in place, once. Where rasa has been imported already there is nothing left to save, and nothing is done."""
    if "rasa" not in sys.modules and not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def close() -> None:
    """From now on a stand-in that is used raises ``NotLoaded``: everything that only names them has been read."""
    _Meta._closed = True
