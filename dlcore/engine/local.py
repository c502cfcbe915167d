"""The engine of one machine: runs in a few worker processes, commanded and watched from the web process."""

from __future__ import annotations

import atexit
import itertools
import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Future
from time import monotonic
from typing import Any

from dlcore.engine.description import Complete
from dlcore.engine.errors import LimitReached, Refused, refused
from dlcore.engine.housekeeper import Housekeeper
from dlcore.engine.kills import KILLS
from dlcore.engine.ledger import Ledger
from dlcore.engine.messages import Built, Cut, Noted, Reply, Restore, Taken, Update
from dlcore.engine.placement import for_a_question, for_a_run
from dlcore.engine.post import QUIT, Post
from dlcore.engine.run import Run
from dlcore.specs import limits
from dlcore.specs.experiment import Experiment

logger = logging.getLogger("layerlab.engine")

FAREWELLS = 1_000  # runs whose end is remembered


class LocalEngine:
    """Keeps runs in `workers` processes (as many as there are cores by default).

    A run that nobody looks at for `idle_pause` seconds is paused, after `idle_drop` seconds dropped. `describe` may add
    to the description of a lab that viewers get (figures, say). `make_lab` names the function that builds a lab.
    `admit(text, owner)` is asked about every spec and every change, as JSON, before a worker sees it, and may say why
    not. `environment` is set in every worker.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        idle_pause: float = 600.0,
        idle_drop: float = 7200.0,
        runs: int = limits.RUNS,
        runs_per_owner: int = limits.RUNS_PER_OWNER,
        make_lab: str = "dlcore.labs.registry:make_lab",
        describe: Complete | None = None,
        admit: Callable[[str, str], str | None] = lambda _text, _owner: None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        count = _cores() if workers is None else workers
        if count < 1:
            raise ValueError(f"workers: expected at least 1; received {workers}")
        self.lock = threading.RLock()  # taken before a run's lock, never after
        self._most_runs, self._most_per_owner, self._describe = runs, runs_per_owner, describe
        self.admit = admit
        self._posts = tuple(
            Post(
                index,
                make_lab,
                dict(environment or {}),
                on_ready=self._on_ready,
                on_message=self._on_message,
                on_death=self._on_death,
                on_hopeless=self._on_hopeless,
            )
            for index in range(count)
        )
        self._runs: dict[str, Run] = {}
        self._by_number: dict[int, Run] = {}
        self._by_token: dict[str, Run] = {}
        self._farewells: OrderedDict[str, str] = OrderedDict()
        self._ledger = Ledger(self.lock)
        self._numbers = itertools.count(1)
        self._state = "new"
        self._housekeeper = Housekeeper(self, idle_pause=idle_pause, idle_drop=idle_drop)

    def open(self) -> None:
        """Start the workers, in the background: commands may be given at once. Raises: RuntimeError: opened before."""
        if self._state != "new":
            raise RuntimeError(f"engine: expected a new one to open; this one is {self._state}")
        self._state = "open"
        atexit.register(self.close)
        for post in self._posts:
            post.open()
        self._housekeeper.open()

    def wait(self, timeout: float = 60.0) -> bool:
        """Wait until all workers are ready; whether they are."""
        until = monotonic() + timeout
        return all(post.ready.wait(max(0.0, until - monotonic())) for post in self._posts)

    def close(self) -> None:
        """End all workers; commands under way are refused."""
        with self.lock:
            if self._state != "open":
                self._state = "closed"
                return
            self._state = "closed"
        atexit.unregister(self.close)
        self._housekeeper.close()
        until = monotonic() + 1.0
        for post in self._posts:
            post.send(QUIT)
        for post in self._posts:
            post.close(until)
        self._ledger.refuse(lambda pending: True, "The server is shutting down.")

    def __enter__(self) -> LocalEngine:
        """Open."""
        self.open()
        return self

    def __exit__(self, *problem: object) -> None:
        """Close."""
        self.close()

    # Runs

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs, the oldest first."""
        with self.lock:
            return tuple(self._runs.values())

    @property
    def training(self) -> int:
        """How many runs are training now."""
        # a copy of the table, which takes one step: runs ask this with their own lock held, so this takes none
        return sum(run.training for run in tuple(self._runs.values()))

    @property
    def processes(self) -> tuple[int, ...]:
        """The process ids of the workers."""
        found = (post.process for post in self._posts)
        return tuple(process.pid for process in found if process is not None and process.pid is not None)

    def start(self, spec: Experiment, *, owner: str) -> Run:
        """A new run of a spec, ready to play; its network is being built when this returns (`run.built`).

        Somebody who has as many runs as one may have loses the one not looked at for the longest.

        Raises: LimitReached: the server has no place left. Refused: `admit` says why not.
        """
        self._expect_open()
        if why := self.admit(spec.as_json(), owner):
            raise Refused(why)
        with self.lock:
            own = [run for run in self._runs.values() if run.owner == owner]
            if len(own) >= self._most_per_owner:
                lonely = min(own, key=lambda run: (bool(run.watches), run.looked_at))
                self.drop(
                    lonely,
                    f"You may keep {self._most_per_owner} experiments at a time, "
                    "so the one you had not looked at for the longest was closed.",
                )
            if len(self._runs) >= self._most_runs:
                raise LimitReached(
                    f"This server keeps {self._most_runs:,} experiments at a time, and all places are taken; "
                    "try again in a few minutes."
                )
            run = Run(self, next(self._numbers), spec, owner, self._place(for_a_run))
            self._runs[run.id] = self._by_number[run.number] = self._by_token[run.token] = run
            run.built = self.command(run, "build", {"spec": spec, "restore": Restore(generation=1)})
            return run

    def find(self, run_id: str) -> Run | None:
        """The run of an id, None where there is none (any more: see `farewell`)."""
        return self._runs.get(run_id)

    def by_token(self, token: str) -> Run | None:
        """The run that a token opens."""
        return self._by_token.get(token)

    def farewell(self, run_id: str) -> str | None:
        """Why a run is no more, None where there was none of this id."""
        return self._farewells.get(run_id)

    def drop(self, run: Run, sentence: str) -> Future[Any]:
        """End a run for good; the sentence is for who comes looking for it."""
        with self.lock:
            if run.id not in self._runs:
                return refused(run.farewell or "This experiment is no more.")
            future = self.command(run, "drop", {})
            future.add_done_callback(lambda _: self._by_number.pop(run.number, None))
            del self._runs[run.id], self._by_token[run.token]
            self._farewells[run.id] = sentence
            while len(self._farewells) > FAREWELLS:
                self._farewells.popitem(last=False)
            with run.lock:
                run.farewell, run.status, run.reason = sentence, "asleep", sentence
                run.state_version += 1
        run.wake()
        return future

    def ask(self, function: str, /, **arguments: Any) -> Future[Any]:
        """A small computation on the least busy worker: "module:function" with keyword arguments.

        The future brings its answer (plain values, NumPy arrays) or raises what the function raised.
        """
        self._expect_open()
        with self.lock:
            home = self._place(for_a_question)
            return self._issue(None, "ask", {"function": function, "arguments": arguments}, home)

    def command(self, run: Run, verb: str, arguments: Mapping[str, Any]) -> Future[Any]:
        """Send a run's worker something to do (the run's own methods are the way to call this)."""
        with self.lock:
            if self._state != "open":
                return refused("The server is shutting down.")
            if run.farewell:
                return refused(run.farewell)
            return self._issue(run, verb, arguments, run.home)

    def _issue(self, run: Run | None, verb: str, arguments: Mapping[str, Any], post: int) -> Future[Any]:
        pending = self._ledger.enter(run, verb, arguments, post)
        self._posts[post].send(pending.data)
        return pending.future

    def _place(self, choose: Callable[[int, Collection[Run], Iterable[int]], int]) -> int:
        asked = [pending.post for pending in self._ledger.waiting() if pending.run is None]
        return choose(len(self._posts), self._runs.values(), asked)

    def _expect_open(self) -> None:
        if self._state != "open":
            raise RuntimeError(f"engine: expected an open one; this one is {self._state}")

    # What workers say, in their receiver threads

    def _on_message(self, post: Post, message: Any) -> None:
        if isinstance(message, Reply):
            self._ledger.settle(message)
            return
        run = self._by_number.get(message.run)
        if run is None:
            return
        if isinstance(message, Update):
            if message.traceback:
                logger.error("Run %s failed in its lab:\n%s", run.id, message.traceback)
            run.on_update(message)
        elif isinstance(message, Built):
            run.on_built(message, self._describe)
        elif isinstance(message, Noted | Taken | Cut):
            run.on_record(message)
        run.wake()

    def _on_ready(self, post: Post) -> None:
        """A worker is there: give it its runs, then what waits for it, in the old order."""
        with self.lock:
            waiting = self._ledger.waiting(post.index)
            building = {pending.run for pending in waiting if pending.verb == "build"}
            for run in self._runs.values():
                if run.home == post.index and run not in building and run.generation and run.status != "failed":
                    self._issue(run, "build", {"spec": run.spec, "restore": run.restore()}, post.index)
            for pending in waiting:
                post.send(pending.data)

    def _on_death(self, post: Post, current: int) -> None:
        if self._state != "open":
            return
        logger.warning("Worker %d ended unexpectedly; another one takes over", post.index)
        culprit = self._by_number.get(current)
        if culprit is not None and culprit.kills.add(monotonic()):
            sentence = (
                f"The training process ended {KILLS} times within a minute while it worked on this experiment, "
                "so it was stopped. Change the experiment, or reset it to try again."
            )
            culprit.fail(sentence)
            self._ledger.refuse(lambda pending: pending.run is culprit and pending.verb != "drop", sentence)
        for run in self.runs:
            if run.home == post.index and run.generation and run.status != "failed":
                with run.lock:
                    went = "training went on" if run.status == "playing" else "this experiment is back"
                    run.note(f"A worker stopped; {went} from update {run.step_now:,}.")
                run.wake()
        self._ledger.refuse(
            lambda pending: pending.post == post.index and pending.verb in ("step", "step_epoch"),
            "A worker stopped in the middle of these updates; the experiment is back where it was last seen.",
        )
        for pending in self._ledger.waiting(post.index):
            if pending.run is None:
                pending.tries += 1
            elif pending.verb == "build" and pending.run.generation:
                self._ledger.strike(pending.number)  # a recovery that did not come to its end; the next one follows
                pending.future.set_result(None)
        self._ledger.refuse(
            lambda pending: pending.run is None and pending.tries > 2, "The worker stopped over this question."
        )

    def _on_hopeless(self, post: Post) -> None:
        sentence = "The training process cannot start on this computer; the server's log says why."
        for run in self.runs:
            if run.home == post.index:
                run.fail(sentence)
        self._ledger.refuse(lambda pending: pending.post == post.index, sentence)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
