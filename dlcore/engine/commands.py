"""What a worker does on command: build, play, step, rewind, change, answer."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from time import perf_counter
from typing import Any

from dlcore.engine.errors import Refused
from dlcore.engine.hosted import Hosted
from dlcore.engine.messages import Command, Cut, Entry, Noted, Reply, Restore
from dlcore.engine.plain import pickle_error, pickle_plain
from dlcore.engine.publishing import SNAPSHOT_EVERY, Publisher
from dlcore.engine.resolve import resolve
from dlcore.engine.snapshots import Snapshot
from dlcore.engine.together import Together
from dlcore.labs.lab import Lab
from dlcore.specs.spec import is_live_change

ASKING = -1  # in the shared integer: busy with an `ask`

# A run that repeats its past does these when it has arrived in the present
_DEFERRED = frozenset({"play", "pause", "sleep", "step", "step_epoch", "change", "edit", "rewind"})


class _Later(Exception):
    """The reply comes when the work is done."""


class Commands(Publisher):
    """The half of a worker that obeys: a method `_do_<verb>` a command."""

    def __init__(self, connection: Connection, current: Any, make_lab: Callable[[Any], Lab]) -> None:
        super().__init__(connection)
        self._current, self._make_lab = current, make_lab
        self._together = Together()

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
            self._together.forget(old)
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
        if not is_live_change(run.spec, spec):
            return self._rebuild(run, spec) | {"rebuilt": True}
        if spec != run.spec:
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
        run.journal.append(entry)
        self._connection.send(Noted(run.number, run.generation, entry))
        self._publish(run)

    def _do_rewind(self, run: Hosted, number: int, snapshot: Snapshot, step: int, known: tuple[int, int]) -> None:
        self._intact(run)
        if not run.remembers(step, *known):  # whoever asked has not heard of it yet
            raise Refused(f"Update {step:,} is no more: this run has gone another way since.")
        if run.arriving is not None:
            self._reply(run.arriving, {"step": run.steps})
        self._release_targets(run)
        run.last_step = max(run.last_step, run.steps)
        run.behind = step < run.last_step
        near = snapshot.step <= run.steps <= step and run.status != "diverged"
        if not near:
            self._random.lend(run)
            run.load(snapshot)
        if run.disarmed is not None and step < run.disarmed:
            run.disarmed = None
        run.status, run.reason = "paused", ""
        run.replay(step)
        run.arriving = number
        self._tell(run)
        raise _Later

    def _do_drop(self, run: Hosted, number: int) -> None:
        self._random.forget(run)
        self._together.forget(run)
        del self._runs[run.number]

    def _branch(self, run: Hosted) -> None:
        """Leave the future behind that a rewound run could still have gone forward to."""
        if run.behind:
            run.behind = False
            run.leave_future()
            self._connection.send(Cut(run.number, run.generation, run.steps))

    def _intact(self, run: Hosted) -> None:
        if run.status == "failed":
            raise Refused("This run has failed; reset it, or change the experiment.")

    def _usable(self, run: Hosted) -> None:
        self._intact(run)
        if run.status == "diverged":
            raise Refused("This training has diverged; rewind it to an earlier update, or reset it.")
