"""A worker's post in the web process: it starts the worker, talks with it, and starts another one where it died."""

from __future__ import annotations

import logging
import os
import pickle
import queue
import threading
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any

from dlcore.engine import processes
from dlcore.engine.messages import Command, Hello

logger = logging.getLogger("layerlab.engine")

HOPELESS = 3  # workers that never said hello, one after the other
LONGEST_WAIT = 10.0  # seconds between two attempts
QUIT = pickle.dumps(Command(0, 0, "quit", {}))


def run_worker(connection: Connection, current: Any, make_lab: str, environment: Mapping[str, str]) -> None:
    """What the new process runs; imports PyTorch there, and only there."""
    os.environ.update(environment)  # the process that it was forked off is older than this engine
    from dlcore.engine.worker import main

    main(connection, current, make_lab)


class Post:
    """One worker at a time, a thread that receives from it, and one that sends, so that no caller ever waits.

    `on_ready(post)` is called when a worker is there and may be sent to, `on_message(post, message)` for what it says,
    `on_death(post, current)` when it is gone (`current`: what it was busy with), `on_hopeless(post)` when workers keep
    dying before they are ready. All are called from this post's receiver thread.
    """

    def __init__(
        self,
        index: int,
        make_lab: str,
        environment: Mapping[str, str],
        *,
        on_ready: Callable[[Post], None],
        on_message: Callable[[Post, Any], None],
        on_death: Callable[[Post, int], None],
        on_hopeless: Callable[[Post], None],
    ) -> None:
        self.index, self._make_lab, self._environment = index, make_lab, environment
        self._on_ready, self._on_message, self._on_death = on_ready, on_message, on_death
        self._on_hopeless = on_hopeless
        self._closing = threading.Event()
        self.ready = threading.Event()
        self.process: BaseProcess | None = None
        self._outbox: queue.SimpleQueue[bytes | None] | None = None
        self._keeper = threading.Thread(target=self._keep, name=f"layerlab-worker-{index}", daemon=True)

    def open(self) -> None:
        """Start the first worker, in the background."""
        self._keeper.start()

    def send(self, data: bytes) -> None:
        """Put a pickled command on its way; nothing happens while there is no worker (`on_ready` sends what waits)."""
        outbox = self._outbox
        if outbox is not None:
            outbox.put(data)

    def close(self, until: float) -> None:
        """End the worker, kindly, and by force at a time (monotonic seconds)."""
        self._closing.set()
        self.send(QUIT)
        self._keeper.join(max(0.05, until - monotonic()))
        process = self.process
        if process is not None and self._keeper.is_alive():
            process.kill()
            self._keeper.join(5.0)

    def _keep(self) -> None:
        failures = 0
        while not self._closing.is_set():
            greeted, current = False, 0
            try:
                greeted, current = self._employ()
            except (OSError, EOFError) as error:
                logger.error("A worker could not be started: %s", error)
            self.ready.clear()
            if self._closing.is_set():
                return
            failures = 0 if greeted else failures + 1
            self._on_death(self, current)
            if failures:
                if failures >= HOPELESS:
                    self._on_hopeless(self)
                self._closing.wait(min(0.2 * 2**failures, LONGEST_WAIT))

    def _employ(self) -> tuple[bool, int]:
        """Start a worker and stay with it to its end; whether it ever was ready, and what it was busy with last."""
        process, connection, current = processes.start(run_worker, self._make_lab, self._environment)
        self.process = process
        outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        sender = threading.Thread(target=_send_all, args=(connection, outbox), daemon=True)
        sender.start()
        greeted = False
        try:
            while not (self._closing.is_set() and not greeted):
                message = connection.recv()
                if isinstance(message, Hello):
                    greeted, self._outbox = True, outbox
                    self._on_ready(self)
                    self.ready.set()
                    if self._closing.is_set():
                        outbox.put(QUIT)
                else:
                    self._hear(message)
        except (EOFError, OSError, pickle.UnpicklingError):
            pass  # the worker is gone, perhaps in the middle of a message
        finally:
            self._outbox = None
            outbox.put(None)
            process.kill()
            process.join()
            sender.join()
            connection.close()
        return greeted, int(current.value)

    def _hear(self, message: Any) -> None:
        try:
            self._on_message(self, message)
        except Exception:  # a viewer's broken callback must not end training for all
            logger.exception("What a worker said could not be passed on")


def _send_all(connection: Connection, outbox: queue.SimpleQueue[bytes | None]) -> None:
    while (data := outbox.get()) is not None:
        try:
            connection.send_bytes(data)
        except OSError:
            return  # the receiver notices the end, too
