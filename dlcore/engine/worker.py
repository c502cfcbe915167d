"""A worker process: it owns many runs and gives each a short slice of time in turn."""

from __future__ import annotations

import importlib
import os
import signal
import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from time import perf_counter, thread_time
from typing import Any

import torch

from dlcore.engine.errors import Refused
from dlcore.engine.frame import encode
from dlcore.engine.hosted import Hosted
from dlcore.engine.messages import Command, Cut, Entry, Hello, Noted, Reply, Restore, Taken, Update
from dlcore.engine.plain import pickle_error, pickle_plain
from dlcore.engine.preload import warm_up
from dlcore.engine.randomness import Randomness
from dlcore.engine.snapshots import Snapshot
from dlcore.labs.lab import Diverged, Lab
from dlcore.specs.spec import differences, is_live

SLICE = 0.005  # seconds of updates before the next run has its turn
IDLE_CHARGE = 0.1  # of the seconds that pass while an update waits for something
COMMANDS = 64  # taken at most between two slices
FRAMES = 25.0  # a second, at most, for one run
METRICS = 4.0  # rows of history a second for a run without viewers
FRAME_SHARE = 0.25  # of a worker's time may go into frames before they become rarer,
SLOW_FRAMES = 5.0  # a second at first,
FRAME_SHARE_MOST = 0.6  # and rarer still where frames would take more than this
SNAPSHOT_EVERY = (1.0, 2.0)  # seconds of updates, seconds by the clock, whichever comes first
SNAPSHOT_SHARE = 0.05  # of a run's time may go into snapshots
ASKING = -1  # in the shared integer: busy with an `ask`

_DEFERRED = frozenset({"play", "pause", "sleep", "step", "step_epoch", "change", "edit", "rewind"})


class _Later(Exception):
    """The reply comes when the work is done."""


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


def resolve(name: str) -> Callable[..., Any]:
    """The function that "module:function" names. Raises: ValueError: there is none."""
    module, _, function = name.partition(":")
    try:
        found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    except (ModuleNotFoundError, AttributeError):
        raise ValueError(f'function: expected "module:name" of one that exists; received {name!r}') from None
    return found


class Worker:
    """Runs, and the loop that shares time among them: the one that has used least goes next."""

    def __init__(self, connection: Connection, current: Any, make_lab: Callable[[Any], Lab]) -> None:
        self._connection, self._current, self._make_lab = connection, current, make_lab
        self._runs: dict[int, Hosted] = {}
        self._random = Randomness()
        self._clock = 0.0  # the time used by the run that had the last turn: the present minimum

    def work(self) -> None:
        """Take commands, give a slice, and so on. Raises: EOFError: nobody is there any more."""
        while True:
            run, patience = self._next(perf_counter())
            self._listen(0.0 if run else patience)
            if run is not None and run.runnable(perf_counter()) and self._runs.get(run.number) is run:
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
        began = now = perf_counter()
        worked, end = thread_time(), began + SLICE
        if run.status == "playing" and run.goal is None:
            end = min(end, max(run.frame_due, began))
        try:
            while run.runnable(now) and (now < end or now == began):
                if run.goal is not None:
                    if run.repeat():
                        break
                else:
                    run.step(now)
                    if self._end_of_step(run):
                        break
                now = perf_counter()
        except Diverged as error:
            self._spend(run, began, worked)
            self._halt(run, "diverged", str(error))
        except Exception as error:
            self._spend(run, began, worked)
            self._fail(run, error)
        else:
            now = self._spend(run, began, worked)
            if run.goal is not None and run.steps >= run.goal and not run.pending:
                self._arrive(run)
            elif run.goal is None and now >= run.frame_due and run.status == "playing":
                self._publish(run)
            self._snapshot_if_due(run, now)
        self._current.value = 0

    def _spend(self, run: Hosted, began: float, worked: float) -> float:
        # Time in which the system let others work is not the run's fault; time in which the run itself sleeps is
        # charged a little, so that it cannot keep the turn for ever.
        now = perf_counter()
        spent = max(thread_time() - worked, IDLE_CHARGE * (now - began))
        run.used += spent
        run.active += spent
        return now

    def _end_of_step(self, run: Hosted) -> bool:
        """Whether this update ended something."""
        reason = run.over()
        if reason is not None:
            self._halt(run, "finished", reason)
            return True
        if run.targets and run.steps >= run.targets[0][0]:
            if len(run.targets) == 1:
                run.status, run.reason = "paused", ""
            self._publish(run)
            while run.targets and run.steps >= run.targets[0][0]:
                self._reply(run.targets.popleft()[1], {"step": run.steps})
            return not run.targets
        return False

    def _halt(self, run: Hosted, status: str, reason: str) -> None:
        run.goal = None
        run.status, run.reason = status, reason
        self._publish(run)
        self._settle(run)

    def _fail(self, run: Hosted, error: Exception) -> None:
        run.goal = None
        run.status = "failed"
        run.reason = (
            f"Something in this lab went wrong after update {run.steps:,} ({type(error).__name__}: {error}); "
            "that is our mistake, not yours. Reset to start again, or change the experiment."
        )
        self._tell(run, traceback_text="".join(traceback.format_exception(error)))
        self._settle(run)

    def _settle(self, run: Hosted) -> None:
        """Answer whoever waits for this run to get somewhere, then do what was put off."""
        waiting = [number for _, number in run.targets] + ([run.arriving] if run.arriving is not None else [])
        run.targets.clear()
        run.arriving = None
        for number in waiting:
            if run.status == "failed":
                self._reply(number, error=Refused(run.reason))
            else:
                self._reply(number, {"step": run.steps})
        deferred, run.deferred = run.deferred, []
        for command in deferred:
            self._obey(command)

    def _arrive(self, run: Hosted) -> None:
        run.goal = None
        run.due = perf_counter()
        self._publish(run)
        self._settle(run)

    # What goes out

    def _publish(self, run: Hosted) -> None:
        began = perf_counter()
        self._random.lend(run)
        packet: bytes | None = None
        try:
            with self._random.undisturbed():
                frame = run.lab.frame(run.views)
            if run.views:
                header = {
                    "type": "frame",
                    "generation": run.generation,
                    "step": run.steps,
                    "epoch": frame.epoch,
                    "metrics": frame.metrics,
                }
                packet = encode(header, frame.arrays)
        except Exception as error:
            self._fail(run, error)
            return
        now = perf_counter()
        run.frame_cost = now - began
        interval = self._frame_interval(run)
        # In step with the clock: a frame that was a little late must not make all later ones late
        run.frame_due = run.frame_due + interval if began - run.frame_due < 0.5 * interval else began + interval
        metrics = {name: float(value) for name, value in frame.metrics.items()}
        self._tell(run, epoch=frame.epoch, metrics=metrics, packet=packet)

    def _frame_interval(self, run: Hosted) -> float:
        """Seconds from one frame of a run to the next, such that all runs' frames leave time for training."""
        busy = [other for other in self._runs.values() if other.status == "playing"]
        load = sum(other.frame_cost for other in busy)
        if run.views:
            wanted = 1.0 / min(run.rate_wanted or FRAMES, FRAMES)
            return max(wanted, min(load / FRAME_SHARE, 1.0 / SLOW_FRAMES), load / FRAME_SHARE_MOST)
        return max(1.0 / METRICS, load / FRAME_SHARE)

    def _tell(
        self,
        run: Hosted,
        *,
        epoch: float | None = None,
        metrics: Mapping[str, float] | None = None,
        packet: bytes | None = None,
        traceback_text: str = "",
    ) -> None:
        run.measure(perf_counter())
        changed = run.spec is not run.spec_told
        run.spec_told = run.spec
        self._connection.send(
            Update(
                run=run.number,
                generation=run.generation,
                status=run.status,
                reason=run.reason,
                step=run.steps,
                epoch=run.steps / run.lab.steps_an_epoch if epoch is None else epoch,
                rate=run.rate,
                speed=run.speed,
                spec=run.spec if changed else None,
                metrics=metrics,
                packet=packet,
                traceback=traceback_text,
            )
        )

    def _snapshot_if_due(self, run: Hosted, now: float) -> None:
        if run.goal is not None or run.status not in ("playing", "paused") or run.steps == run.snapshot_step:
            return
        worth = run.active - run.snapshot_active
        if run.status == "paused" or run.targets:
            due = worth >= 0.25 * SNAPSHOT_EVERY[0]  # so that a paused run is back at once after an accident
        else:
            due = worth >= SNAPSHOT_EVERY[0] or now >= run.snapshot_due
        if due and worth >= run.snapshot_cost / SNAPSHOT_SHARE:
            self._snapshot(run)

    def _snapshot(self, run: Hosted) -> None:
        began = perf_counter()
        self._random.lend(run)
        self._connection.send(Taken(run.number, run.generation, run.snapshot()))
        now = perf_counter()
        run.snapshot_cost, run.snapshot_due = now - began, now + SNAPSHOT_EVERY[1]

    def _reply(self, number: int, result: Any = None, error: Exception | None = None) -> None:
        self._connection.send(Reply(number, result, error))

    # What comes in

    def _listen(self, patience: float | None) -> None:
        for _ in range(COMMANDS):
            if not self._connection.poll(patience):
                return
            self._obey(self._connection.recv())
            patience = 0.0

    def _obey(self, command: Command) -> None:
        if command.verb == "quit":
            raise EOFError
        self._current.value = command.run or ASKING
        try:
            result = self._do(command)
        except _Later:
            pass
        except (Refused, ValueError) as error:
            self._reply(command.number, error=Refused(str(error)))
        except Exception as error:
            if command.run in self._runs:
                run = self._runs[command.run]
                self._fail(run, error)
                self._reply(command.number, error=Refused(run.reason))
            else:
                text = "".join(traceback.format_exception(error))
                sentence = (
                    f"This experiment could not be built ({type(error).__name__}: {error}); that is our mistake, "
                    "not yours. Try another one."
                )
                self._connection.send(Reply(command.number, error=Refused(sentence), traceback=text))
        else:
            self._reply(command.number, result)
        self._current.value = 0

    def _do(self, command: Command) -> Any:
        if command.verb == "ask":
            return self._ask(**command.arguments)
        if command.verb == "build":
            return self._build(command.run, **command.arguments)
        run = self._runs.get(command.run)
        if run is None:
            return self._do_without_lab(command)
        supersedes = command.verb == "rewind" and run.arriving is not None and not run.deferred
        if run.goal is not None and command.verb in _DEFERRED and not supersedes:
            run.deferred.append(command)
            raise _Later
        return getattr(self, f"_do_{command.verb}")(run, command.number, **command.arguments)

    def _do_without_lab(self, command: Command) -> Any:
        if command.verb == "drop":
            return None
        if command.verb not in ("reset", "change"):
            raise Refused("This run has no network; reset it, or change the experiment.")
        spec, restore = command.arguments["spec"], command.arguments["restore"]
        changes = command.arguments.get("changes")
        return self._build(command.run, spec.replace(changes) if changes else spec, restore) | {"rebuilt": True}

    def _ask(self, function: str, arguments: Mapping[str, Any]) -> bytes:
        self._random.lend(None)
        try:
            return pickle_plain(resolve(function)(**arguments))
        except Exception as error:
            return pickle_error(error)

    def _build(self, number: int, spec: Any, restore: Restore) -> dict[str, Any]:
        old = self._runs.get(number)
        self._random.lend(None)
        run = Hosted(number, spec, restore, self._make_lab)
        built = run.built()
        if old is not None:
            self._random.forget(old)
            for command in [*old.deferred]:
                self._reply(command.number, error=Refused("This run was reset before that could be done."))
            for waiting in [*(number for _, number in old.targets), old.arriving]:
                if waiting is not None:
                    self._reply(waiting, error=Refused("This run was reset before it got there."))
        self._runs[number] = run
        self._connection.send(built)
        run.frame_due = 0.0
        self._random.lend(run)
        if restore.snapshot is None:
            self._snapshot(run)
        if run.goal is None:
            self._publish(run)
        else:
            self._tell(run)
        return {"generation": run.generation}

    def _do_reset(self, run: Hosted, number: int, spec: Any, restore: Restore) -> dict[str, Any]:
        return self._rebuild(run, spec)

    def _rebuild(self, run: Hosted, spec: Any) -> dict[str, Any]:
        restore = Restore(generation=run.generation + 1, speed=run.speed, views=run.views_wanted, rate=run.rate_wanted)
        return self._build(run.number, spec, restore)

    def _do_play(self, run: Hosted, number: int) -> dict[str, Any]:
        self._usable(run)
        if run.status != "playing":
            self._branch(run)
            self._release_targets(run)
            run.disarm()
            run.status, run.reason = "playing", ""
            run.due = perf_counter()
            self._tell(run)
        return {"step": run.steps}

    def _do_pause(self, run: Hosted, number: int) -> dict[str, Any]:
        self._rest(run, "paused", "")
        return {"step": run.steps}

    def _do_sleep(self, run: Hosted, number: int, reason: str) -> dict[str, Any]:
        self._rest(run, "asleep", reason)
        return {"step": run.steps}

    def _rest(self, run: Hosted, status: str, reason: str) -> None:
        if run.status == "playing" or run.targets or (run.status == "asleep" and status == "paused"):
            run.status, run.reason = status, reason
            self._publish(run)
            self._release_targets(run)
            if run.active - run.snapshot_active >= 0.25 * SNAPSHOT_EVERY[0] and run.steps != run.snapshot_step:
                self._snapshot(run)

    def _release_targets(self, run: Hosted) -> None:
        while run.targets:
            self._reply(run.targets.popleft()[1], {"step": run.steps})

    def _do_step(self, run: Hosted, number: int, updates: int) -> None:
        self._usable(run)
        self._branch(run)
        if run.status == "playing":
            run.status = "paused"
        if not run.targets:
            run.disarm()
        run.targets.append(((run.targets[-1][0] if run.targets else run.steps) + updates, number))
        raise _Later

    def _do_step_epoch(self, run: Hosted, number: int) -> None:
        start, epoch = (run.targets[-1][0] if run.targets else run.steps), run.lab.steps_an_epoch
        self._do_step(run, number, epoch - start % epoch)

    def _do_speed(self, run: Hosted, number: int, updates_a_second: float | None) -> None:
        run.speed = updates_a_second
        run.due = perf_counter()
        self._tell(run)

    def _do_watch(self, run: Hosted, number: int, views: frozenset[str], rate: float) -> None:
        before = run.views
        run.watch(views, rate)
        if not run.views <= before and run.goal is None and run.status != "failed":
            self._publish(run)

    def _do_look(self, run: Hosted, number: int, options: Mapping[str, Any]) -> None:
        self._intact(run)
        try:
            run.lab.look(**options)
        except TypeError:
            raise Refused(f"look: there is nothing to choose by {', '.join(options) or 'no name'}.") from None
        if run.goal is None:
            self._publish(run)

    def _do_change(
        self, run: Hosted, number: int, changes: Mapping[str, Any], spec: Any, restore: Restore
    ) -> dict[str, Any]:
        spec = run.spec.replace(changes)
        paths = differences(run.spec, spec)
        if not all(is_live(run.spec, path) for path in paths):
            return self._rebuild(run, spec) | {"rebuilt": True}
        if paths:
            self._journal(run, Entry(run.steps, "change", {"changes": dict(changes)}))
        return {"rebuilt": False}

    def _do_edit(self, run: Hosted, number: int, parameter: str, index: tuple[int, ...], value: float) -> None:
        self._journal(run, Entry(run.steps, "edit", {"parameter": parameter, "index": index, "value": value}))

    def _journal(self, run: Hosted, entry: Entry) -> None:
        self._intact(run)
        self._random.lend(run)
        with self._random.undisturbed():
            run.apply(entry)
        self._branch(run)
        self._connection.send(Noted(run.number, run.generation, entry))
        self._publish(run)

    def _do_rewind(
        self, run: Hosted, number: int, snapshot: Snapshot, journal: tuple[Entry, ...], step: int, last_step: int
    ) -> None:
        self._intact(run)
        if run.arriving is not None:
            self._reply(run.arriving, {"step": run.steps})
        self._release_targets(run)
        run.behind = step < max(last_step, run.steps)
        near = snapshot.step <= run.steps <= step and run.status != "diverged"
        if not near:
            self._random.lend(run)
            run.load(snapshot)
        if run.disarmed is not None and step < run.disarmed:
            run.disarmed = None
        run.status, run.reason = "paused", ""
        run.replay(journal, step)
        run.arriving = number
        self._tell(run)
        raise _Later

    def _do_drop(self, run: Hosted, number: int) -> None:
        self._random.forget(run)
        del self._runs[run.number]

    def _branch(self, run: Hosted) -> None:
        """Leave the future behind that a rewound run could still have gone forward to."""
        if run.behind:
            run.behind = False
            self._connection.send(Cut(run.number, run.generation, run.steps))

    def _intact(self, run: Hosted) -> None:
        if run.status == "failed":
            raise Refused("This run has failed; reset it, or change the experiment.")

    def _usable(self, run: Hosted) -> None:
        self._intact(run)
        if run.status == "diverged":
            raise Refused("This training has diverged; rewind it to an earlier update, or reset it.")
