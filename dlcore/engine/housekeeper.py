"""Looking after runs that nobody looks at: they are put to sleep, and later dropped."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlcore.engine.local import LocalEngine


class Housekeeper:
    """A thread that goes through the runs of an engine now and then.

    A playing run of which no view was on any screen for `idle_pause` seconds falls asleep; one whose page nobody had
    open for `idle_drop` seconds is dropped.
    """

    def __init__(self, engine: LocalEngine, *, idle_pause: float, idle_drop: float) -> None:
        self._engine, self._idle_pause, self._idle_drop = engine, idle_pause, idle_drop
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="layerlab-housekeeper", daemon=True)

    def open(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Stop, and wait until the present round is done."""
        self._closing.set()
        self._thread.join()

    def tidy(self, now: float) -> None:
        """Put to sleep and drop what has been idle for long enough at this time (monotonic seconds)."""
        for run in self._engine.runs:
            if any(watch.views for watch in run.watches):
                continue
            if not run.watches and now - run.visited >= self._idle_drop:
                sentence = f"Nobody visited this experiment for {duration(self._idle_drop)}, so it was closed."
                self._engine.drop(run, sentence)
            elif run.status == "playing" and now - run.looked_at >= self._idle_pause:
                reason = f"Nobody watched for {duration(self._idle_pause)}, so training was paused. Play goes on."
                self._engine.command(run, "sleep", {"reason": reason})

    def _keep(self) -> None:
        interval = min(30.0, max(0.02, min(self._idle_pause, self._idle_drop) / 5))
        while not self._closing.wait(interval):
            self.tidy(monotonic())


def duration(seconds: float) -> str:
    """A time in words, in whole hours, minutes or seconds, whichever is the largest that it fills."""
    for length, name in ((3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= length:
            count = round(seconds / length)
            return f"{count} {name}{'s' if count != 1 else ''}"
    return "a moment"
