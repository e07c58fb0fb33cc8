"""Runs the engine beside the server: in one thread with its own event loop, so that a slow or stuck message holds up nobody's health check,
page or time limit. What is given in is dropped as soon as it is answered, given up or refused.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from typing import Any, Protocol

from chatbot.state import State
from chatbot.turn import Turn


class Answers(Protocol):
    """What is needed of an engine (chatbot.engine.Engine)."""

    async def respond(self, message: str | None = None, choice: str | None = None, lang: str = "sv", state: State | None = None) -> tuple[Turn, State]:
        """Answer one message or choice."""


class EngineStuck(Exception):
    """So many messages wait for the engine that another one would wait in vain."""


class _Job:
    """One message on its way. `asked` is emptied when the job is given up, so that a stuck engine holds no text of those who waited."""

    def __init__(self, **asked: Any) -> None:
        self.asked = asked
        self.answer: concurrent.futures.Future[tuple[Turn, State]] = concurrent.futures.Future()
        self.task: asyncio.Task[tuple[Turn, State]] | None = None


class EngineThread:
    """One engine, one thread. Starts with the first message, ends with `close` or the process."""

    def __init__(self, engine: Answers, seconds: float, most_waiting: int) -> None:
        """`seconds` an answer may take, waiting included; `most_waiting` messages may be inside at once."""
        self._engine, self._seconds, self._most = engine, seconds, most_waiting
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._inside = 0

    async def respond(self, message: str | None, choice: str | None, lang: str, state: State) -> tuple[Turn, State]:
        """Ask the engine. Raises EngineStuck, TimeoutError, or what the engine raises."""
        loop = self._running()
        with self._lock:
            if self._inside >= self._most:
                raise EngineStuck
            self._inside += 1
        job = _Job(message=message, choice=choice, lang=lang, state=state)
        loop.call_soon_threadsafe(self._begin, job)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(job.answer), self._seconds)
        finally:
            job.asked.clear()
            if not job.answer.done() or job.answer.cancelled():
                loop.call_soon_threadsafe(_give_up, job)

    def _begin(self, job: _Job) -> None:
        """In the engine's thread: start on a job, unless nobody waits for it any more."""
        if not job.asked:
            self._left()
            return
        job.task = asyncio.get_running_loop().create_task(self._engine.respond(**job.asked))
        job.task.add_done_callback(lambda task: self._finish(job, task))

    def _finish(self, job: _Job, task: asyncio.Task[tuple[Turn, State]]) -> None:
        self._left()
        error = EngineStuck() if task.cancelled() else task.exception()
        if not job.answer.set_running_or_notify_cancel():
            return
        if error is not None:
            job.answer.set_exception(error)
        else:
            job.answer.set_result(task.result())

    def _left(self) -> None:
        with self._lock:
            self._inside -= 1

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="engine", daemon=True).start()
            return self._loop

    def close(self) -> None:
        """Let the thread end; a message being worked on is given up."""
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._loop.stop)
                self._loop = None


def _give_up(job: _Job) -> None:
    if job.task is not None:
        job.task.cancel()
