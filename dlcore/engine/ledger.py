"""The commands that are under way: none is ever forgotten, each future gets its answer once."""

from __future__ import annotations

import itertools
import logging
import pickle
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from dlcore.engine.errors import Refused
from dlcore.engine.messages import Command, Reply
from dlcore.engine.plain import unpickle
from dlcore.engine.run import Run

logger = logging.getLogger("layerlab.engine")


@dataclass(slots=True)
class Pending:
    """A command that was given and not yet answered."""

    number: int
    verb: str
    data: bytes  # the command, pickled
    future: Future[Any]
    run: Run | None  # None: an `ask`
    post: int
    tries: int = 1


class Ledger:
    """Pending commands in the order in which they were given. `lock` is the engine's."""

    def __init__(self, lock: threading.RLock) -> None:
        self._lock = lock
        self._numbers = itertools.count(1)
        self._pending: dict[int, Pending] = {}

    def enter(self, run: Run | None, verb: str, arguments: Mapping[str, Any], post: int) -> Pending:
        """Write down a new command. Raises: what pickle raises where an argument cannot be sent."""
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()  # the worker does it anyway: there is nothing to cancel
        number = next(self._numbers)
        data = pickle.dumps(Command(number, run.number if run else 0, verb, arguments))
        pending = Pending(number, verb, data, future, run, post)
        with self._lock:
            self._pending[number] = pending
        return pending

    def waiting(self, post: int | None = None) -> tuple[Pending, ...]:
        """What is under way, at one post or at all."""
        with self._lock:
            return tuple(pending for pending in self._pending.values() if post is None or pending.post == post)

    def strike(self, number: int) -> Pending | None:
        """Take a command out, to answer it; None where it has been answered already."""
        with self._lock:
            return self._pending.pop(number, None)

    def refuse(self, which: Callable[[Pending], bool], sentence: str) -> None:
        """Refuse some of what is under way."""
        for pending in self.waiting():
            if which(pending) and self.strike(pending.number) is not None:
                pending.future.set_exception(Refused(sentence))

    def settle(self, reply: Reply) -> None:
        """Answer a command with what its worker says."""
        if reply.traceback:
            logger.error("A worker could not build a lab:\n%s", reply.traceback)
        pending = self.strike(reply.number)
        if pending is None:
            return
        if reply.error is not None:
            if pending.verb == "build" and pending.run is not None:
                pending.run.fail(str(reply.error))
            pending.future.set_exception(reply.error)
        elif pending.run is not None:
            pending.future.set_result(reply.result)
        else:
            try:
                answer = unpickle(reply.result)
            except Exception as error:  # whatever the asked function raised
                pending.future.set_exception(error)
            else:
                pending.future.set_result(answer)
