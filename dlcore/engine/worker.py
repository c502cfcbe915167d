"""A worker process: it owns many runs and gives each a short slice of time in turn."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from time import perf_counter
from typing import Any

import torch

from dlcore.engine.commands import Commands
from dlcore.engine.hosted import Hosted
from dlcore.engine.messages import Hello
from dlcore.engine.resolve import resolve
from dlcore.engine.shares import Shares
from dlcore.engine.stopwatch import Stopwatch
from dlcore.engine.warming import warm_up
from dlcore.labs.lab import Diverged, Lab

SLICE = 0.005  # seconds of updates before the next run has its turn
COMMANDS = 64  # taken at most between two slices


def main(connection: Connection, current: Any, make_lab: str) -> None:
    """Work until the other end of the pipe is closed or its process is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the pipe
    if hasattr(os, "nice"):
        os.nice(10)
    torch.set_num_threads(1)
    warm_up()
    try:
        connection.send(Hello())
        Worker(connection, current, resolve(make_lab)).work()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


class Worker(Commands):
    """The loop that shares time among runs: the one that has used least goes next."""

    def __init__(self, connection: Connection, current: Any, make_lab: Callable[[Any], Lab]) -> None:
        super().__init__(connection, current, make_lab)
        self._shares = Shares()
        self._clock = 0.0  # the time used by the run that had the last turn: the present minimum

    def work(self) -> None:
        """Take commands, give a slice, and so on. Raises: EOFError: nobody is there any more."""
        while True:
            run, patience = self._next(perf_counter())
            self._listen(0.0 if run else patience)
            if run is not None and run.runnable(perf_counter()) and self._runs.get(run.number) is run:
                crowd = self._together.crowd(run, self._runs.values())
                if len(crowd) > 1:
                    self._slice_together(run, crowd)
                else:
                    self._slice(run)

    # Time

    def _next(self, now: float) -> tuple[Hosted | None, float | None]:
        chosen: Hosted | None = None
        patience: float | None = None
        for run in self._runs.values():
            runnable = run.runnable(now)
            if runnable:
                if not run.was_runnable:
                    run.used = max(run.used, self._clock)  # who was away has saved up no time
                if chosen is None or run.used < chosen.used:
                    chosen = run
            elif run.status == "playing":
                patience = run.due - now if patience is None else min(patience, run.due - now)
            run.was_runnable = runnable
        return chosen, patience

    def _slice(self, run: Hosted) -> None:
        self._current.value = run.number
        self._random.lend(run)
        self._clock = run.used
        watch, before = Stopwatch(), run.steps
        began = now = watch.began
        end = began + SLICE
        if run.status == "playing" and run.goal is None:
            end = min(end, max(run.frame_due, began))
        row = run.steps + (run.row_in(began) or 1)
        try:
            while run.runnable(now) and (now < end or now == began) and run.steps < row:
                if run.goal is not None:
                    if run.repeat():
                        break
                else:
                    run.step(now)
                    if self._end_of_step(run):
                        break
                now = perf_counter()
            run.settle()
        except Diverged as error:
            self._spend([run], watch, before)
            self._halt(run, "diverged", str(error))
        except Exception as error:
            self._spend([run], watch, before)
            self._fail(run, error)
        else:
            now = self._spend([run], watch, before)
            if run.goal is not None and run.steps >= run.goal and not run.pending:
                self._arrive(run)
            elif run.goal is None and now >= run.frame_due and run.status == "playing":
                self._publish(run, glance=True)
            self._row_if_due(run, now)
            self._snapshot_if_due(run, now)
        self._current.value = 0

    def _slice_together(self, chosen: Hosted, crowd: Sequence[Hosted]) -> None:
        """A slice for runs that take their updates as one; each is charged all of it, for each had all of it."""
        self._current.value = chosen.number
        self._random.lend(None)
        self._clock = chosen.used
        watch, before = Stopwatch(), crowd[0].steps
        end = min(watch.began + SLICE, max(watch.began, min(run.frame_due for run in crowd)))
        now, row = watch.began, before + min(run.row_in(watch.began) or 1 for run in crowd)
        try:
            group = self._together.group(crowd)
            while (now < end or now == watch.began) and crowd[0].steps < row:
                happened = group.step()
                for run in crowd:
                    run.steps += 1
                if happened and any([self._after_update(crowd[number], what) for number, what in happened.items()]):
                    break
                now = perf_counter()
        except Exception as error:
            for run in crowd:
                self._fail(run, error)
        else:
            now = self._spend(crowd, watch, before)
            # one picture a slice, so that commands are heard in between
            due = min((run for run in crowd if run.status == "playing"), key=_frame_due, default=None)
            if due is not None and now >= due.frame_due:
                self._publish(due)
            for run in crowd:
                self._row_if_due(run, now)
                self._snapshot_if_due(run, now)
        self._current.value = 0

    def _after_update(self, run: Hosted, what: Exception | None) -> bool:
        """Whether this update ended something; `what` is the exception that it led to."""
        if isinstance(what, Diverged):
            self._halt(run, "diverged", str(what))
        elif what is not None:
            run.steps -= 1  # as alone: an update that broke does not count
            self._fail(run, what)
        else:
            return self._end_of_step(run)
        return True

    def _spend(self, runs: Sequence[Hosted], watch: Stopwatch, before: int) -> float:
        """Charge runs for a slice; the first had made `before` updates when it began."""
        spent, updates = watch.spent(), runs[0].steps - before
        for run in runs:
            run.used += spent / run.share
            run.active += spent
            run.company = len(runs)
            if updates:
                run.update_cost += (0.2 if run.update_cost else 1.0) * (spent / updates - run.update_cost)
        now = perf_counter()
        self._shares.find(self._runs.values(), now)
        return now

    def _end_of_step(self, run: Hosted) -> bool:
        """Whether this update ended something."""
        reason = run.over()
        reached = bool(run.targets) and run.steps >= run.targets[0][0]
        if reason is None and not reached:
            return False
        run.settle()
        if reason is not None:
            self._halt(run, "finished", reason)
            return True
        if len(run.targets) == 1:
            run.status, run.reason = "paused", ""
        self._publish(run)
        while run.targets and run.steps >= run.targets[0][0]:
            self._reply(run.targets.popleft()[1], {"step": run.steps})
        return not run.targets

    def _arrive(self, run: Hosted) -> None:
        run.goal = None
        run.due = perf_counter()
        self._publish(run)
        self._settle(run)

    def _listen(self, patience: float | None) -> None:
        for _ in range(COMMANDS):
            if not self._connection.poll(patience):
                return
            self._obey(self._connection.recv())
            patience = 0.0


def _frame_due(run: Hosted) -> float:
    return run.frame_due
