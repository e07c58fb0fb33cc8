"""Lets rasa 3.6 be imported on a machine without TensorFlow.

rasa imports TensorFlow and Keras at module level (``rasa.utils.train_utils`` and the recipe that names every built-in component),
though no component of our configuration uses them. ``install()`` puts a finder in front of the import system that answers these
names with empty modules. Whatever is taken from such a module is a class that may be named, subclassed and used as a decorator while
rasa defines its own neural components, and that raises ``TensorFlowAbsent`` as soon as somebody really uses it.

Why a shim at all: docs/decisions/0001-rasa-without-tensorflow.md.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

STOOD_IN_FOR = frozenset({"tensorflow", "keras", "tensorflow_hub", "tensorflow_text", "tensorflow_addons"})


class TensorFlowAbsent(RuntimeError):
    """Raised when code really uses TensorFlow, which is not installed here."""


class _StandInMeta(type):
    """Makes every attribute of a stand-in another stand-in, so that ``tf.keras.layers.Layer`` can be named."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__name__}.{name}")

    def __or__(cls, other: Any) -> Any:
        return Any

    def __ror__(cls, other: Any) -> Any:
        return Any


def _stand_in(name: str) -> type:
    return _StandInMeta(name, (_StandIn,), {"__module__": "tensorflow"})


class _StandIn(metaclass=_StandInMeta):
    """A class that exists in name only; a decorator made of it gives the decorated function back."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls.__module__ != "tensorflow":
            raise TensorFlowAbsent(f"{cls.__qualname__} needs TensorFlow, which friyta does without.")
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        return super().__new__(cls)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__()

    def __call__(self, decorated: Any) -> Any:
        return decorated

    @classmethod
    def __class_getitem__(cls, item: Any) -> Any:
        return cls


class _StandInModule(ModuleType):
    """An empty package whose every name is a stand-in."""

    __version__ = "0.0.0"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "is_tensor":  # matplotlib asks it of what it draws, as soon as something is called tensorflow
            return _is_tensor
        return _stand_in(name)


def _is_tensor(value: object) -> bool:
    """Nothing is one."""
    return False


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers imports of TensorFlow's names with stand-in modules."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Give a spec for a name below ``STOOD_IN_FOR``, else None."""
        if fullname.partition(".")[0] in STOOD_IN_FOR:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """Make the empty module."""
        return _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def install() -> None:
    """Put the finder in place, once. A real TensorFlow, where installed, is found first and wins."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
