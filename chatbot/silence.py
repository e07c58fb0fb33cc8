"""Keeps rasa from printing or sending what people write. Called before rasa is imported anywhere.

rasa logs every message text at debug level through structlog, whose default prints to stdout; reports usage to its maker; and sets up Sentry.
All three are switched off here, for the whole process. tests/privacy proves it with a canary.
"""

from __future__ import annotations

import logging
import os
import warnings


def silence_rasa() -> None:
    """Switch off rasa's telemetry, its structlog output and every record below ERROR of its and its helpers' loggers."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    warnings.filterwarnings("ignore", module=r"(rasa|sanic|sqlalchemy|pkg_resources|dask|jwt).*")
    warnings.filterwarnings("ignore", message=r".*(pkg_resources|SQLAlchemy|declarative_base|Deprecated API features).*")
    import structlog

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL),
        logger_factory=structlog.ReturnLoggerFactory(),
        processors=[_drop],
        cache_logger_on_first_use=True,
    )
    for name in ("rasa", "asyncio", "apscheduler", "matplotlib", "sanic", "dask", "rasa_sdk", "aio_pika", "aiormq"):
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)


def _drop(logger: object, name: str, event: dict[str, object]) -> dict[str, object]:
    import structlog

    raise structlog.DropEvent
