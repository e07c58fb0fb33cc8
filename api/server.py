"""Runs the service: reads the content, loads the engine, opens the port, says the address in one line. Logs no request.

`python -m api.server` serves with the settings of the environment; `friyta serve` calls `serve` after building what is missing.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from api.app import create_app
from api.faults import keep_quiet
from api.settings import Settings, SettingsError, read_settings
from api.words import MissingWords
from chatbot.engine import Engine, NoModel
from chatbot.light_imports import close, lighten
from chatbot.safety.net import danger
from chatbot.silence import silence_rasa
from content.errors import ContentError
from content.load import load_content
from translations.catalogs import Catalogs

_WAITING_CONNECTIONS = 2048


class CannotServe(Exception):
    """The service cannot start; the message says why and what to do."""


def serve(settings: Settings) -> int:
    """Serve until told to stop (SIGTERM, Ctrl-C); give the exit status. What is missing is said in one clear line."""
    try:
        run(settings)
    except CannotServe as error:
        print(f"friyta: {error}", file=sys.stderr)
        return 1
    return 0


def run(settings: Settings) -> None:
    """Serve. Raises CannotServe if something is missing."""
    lighten()
    silence_rasa()
    listener = bind(settings.host, settings.port)
    keep_quiet()
    _no_core_dumps()
    try:
        content = load_content(settings.content_dir)
        catalogs = Catalogs.load(settings.translations_dir.resolve().parent)
        engine = Engine.load(settings.model_dir, content)
        app = create_app(settings, engine, content, catalogs)
        close()
        _try_out(engine)
    except (ContentError, NoModel, MissingWords) as error:
        raise CannotServe(str(error)) from None
    if not settings.keys.get_secret_value():
        print("FRIYTA_KEYS is not set: conversations end when this process ends.", flush=True)
    # Only now: whoever connects earlier would wait for the engine, and a balancer would take the copy for ready.
    with _opening(settings.host, settings.port):
        listener.listen(_WAITING_CONNECTIONS)
    host, port = listener.getsockname()[:2]
    print(f"http://{f'[{host}]' if ':' in host else host}:{port}/", flush=True)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=10,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _try_out(engine: Engine) -> None:
    """Answer one made-up message before anybody real does: rules or a model that cannot be used stop the start, and nobody waits for them.

    Raises CannotServe.
    """
    try:
        danger("hej")
        asyncio.run(engine.respond(message="hej"))
    except Exception as error:
        raise CannotServe(f"the engine cannot answer: {type(error).__name__}: {error}") from None


def bind(host: str, port: int) -> socket.socket:
    """Take the port. Raises CannotServe with one clear line if it is taken or not allowed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with _opening(host, port):
        listener.bind((host, port))
    return listener


@contextmanager
def _opening(host: str, port: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotServe(f"port {port} on {host} cannot be opened ({error.strerror}). Choose another one: PORT=8090 make serve") from None


def _no_core_dumps() -> None:
    """A crash must not write the memory of the process, with what people just wrote, to disk."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Serve with the settings of the environment; give the exit status."""
    try:
        return serve(read_settings())
    except SettingsError as error:
        print(f"friyta: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
