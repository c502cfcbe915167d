"""A run as the web process knows it: what a page commands, and what viewers see."""

from __future__ import annotations

import json
import math
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from time import monotonic
from typing import TYPE_CHECKING, Any

from dlcore.engine.description import Complete, describe, description_packet
from dlcore.engine.errors import refused
from dlcore.engine.frame import packet
from dlcore.engine.history import History
from dlcore.engine.kills import Kills
from dlcore.engine.messages import Built, Cut, Entry, Noted, Restore, Taken, Update
from dlcore.engine.snapshots import Snapshots
from dlcore.engine.watch import Watch
from dlcore.specs.experiment import Experiment
from dlcore.specs.spec import differences

if TYPE_CHECKING:
    from dlcore.engine.local import LocalEngine

NOTICE = 10.0  # seconds for which a notice is news
COMPANY = 1.0  # seconds between two words on how many others are training
ARRIVAL = 15.0  # seconds within which whoever asked for a run watches it, on a slow computer too
UPDATES = 1_000_000  # updates of one `step`


class Run:
    """One experiment under way. Commands return futures: the worker's answer, or `Refused` with one sentence.

    `status` is one of building, ready, playing, paused, finished, diverged, failed, asleep; `reason` a sentence on it.
    """

    def __init__(self, engine: LocalEngine, number: int, spec: Experiment, owner: str, home: int) -> None:
        self._engine, self.number, self.owner, self.home = engine, number, owner, home
        self.id, self.token = secrets.token_urlsafe(9), secrets.token_urlsafe(32)
        self.lock = threading.RLock()
        self.spec: Any = spec
        self.status, self.reason, self.notice, self._notice_since = "building", "", "", 0.0
        self.generation, self.description = 0, dict[str, Any]()
        self.step_now, self.epoch, self.last_step = 0, 0.0, 0
        self._goal: int | None = None  # where it will be when it has repeated its past
        self.rate = 0.0  # updates a second, as measured
        self.remark = ""  # of the lab about how it trains
        self.limit: float | None = None  # updates a second, as limited
        self.others, self._others_since = 0, 0.0  # runs that train beside this one, as viewers were told
        self.history, self.snapshots, self.journal = History(), Snapshots(), list[Entry]()
        self.cuts = 0  # how often it has gone another way
        self.options: dict[str, Any] = {}  # what was chosen by `look`
        self.built: Future[Any] = Future()
        self.kills = Kills()
        self.farewell = ""  # why this run is no more
        self.described_spec: Any = spec
        self.description_packet: bytes | None = None
        self.edition = 0  # of the description
        self.frame_packet: bytes | None = None
        self.frame_number, self.state_version = 0, 0
        self._state: tuple[int, bytes] = (-1, b"")
        self.watches: list[Watch] = []
        self.looked_at = self.visited = monotonic()  # when somebody last saw it, had its page open

    # Commands

    def play(self) -> Future[Any]:
        """Train on, past the end of training too."""
        return self._send("play")

    def pause(self) -> Future[Any]:
        """Stop after the present update."""
        return self._send("pause")

    def step(self, updates: int = 1) -> Future[Any]:
        """Make some updates, then pause; done when they are made."""
        if not isinstance(updates, int) or not 1 <= updates <= UPDATES:
            return refused(f"updates: expected 1 to {UPDATES:,}; received {updates!r}.")
        return self._send("step", updates=updates)

    def step_epoch(self) -> Future[Any]:
        """Train to the end of this epoch, then pause."""
        return self._send("step_epoch")

    def speed(self, updates_a_second: float | None) -> Future[Any]:
        """Limit the speed; None for as fast as it goes."""
        if updates_a_second is not None and not 0.01 <= updates_a_second <= 1e6:
            return refused(f"speed: expected 0.01 to 1,000,000 updates a second; received {updates_a_second!r}.")
        return self._send("speed", updates_a_second=updates_a_second)

    def rewind(self, step: int) -> Future[Any]:
        """Go to a step between 0 and `last_step`, with the same numbers as then, and pause there.

        What came later can still be gone forward to, until the run takes another way: plays, steps, is changed.
        """
        with self.lock:
            snapshot = self.snapshots.at_or_before(step) if isinstance(step, int) else None
            if not 0 <= step <= self.last_step or snapshot is None:
                return refused(f"step: expected 0 to {self.last_step:,}; received {step!r}.")
            known = (self.generation, self.cuts)
        return self._send("rewind", snapshot=snapshot, step=step, known=known)

    def change(self, changes: Mapping[str, Any]) -> Future[Any]:
        """Set fields of the spec by dotted paths; {"rebuilt": whether that needed a reset}."""
        if why := self._engine.admit(json.dumps(dict(changes), default=str), self.owner):
            return refused(why)
        return self._send("change", changes=dict(changes), spec=self.spec, restore=self._fresh())

    def reset(self, spec: Experiment | None = None) -> Future[Any]:
        """Build again from the start, the same or another spec; where that is refused, the old lab goes on."""
        if spec is not None and (why := self._engine.admit(spec.as_json(), self.owner)):
            return refused(why)
        return self._send("reset", spec=spec or self.spec, restore=self._fresh())

    def edit(self, parameter: str, index: Iterable[int], value: float) -> Future[Any]:
        """Set one number of one parameter by hand."""
        if not isinstance(value, int | float) or not math.isfinite(value):
            return refused(f"value: expected a finite number; received {value!r}.")
        return self._send("edit", parameter=parameter, index=tuple(index), value=float(value))

    def look(self, /, **options: Any) -> Future[Any]:
        """Choose what views show, without touching training."""
        future = self._send("look", options=options)
        future.add_done_callback(lambda done: self.options.update(options) if done.exception() is None else None)
        return future

    def stop(self) -> Future[Any]:
        """End this run for good."""
        return self._engine.drop(self, "This experiment was closed.")

    def _send(self, verb: str, **arguments: Any) -> Future[Any]:
        self.visited = monotonic()
        if not any(watch.views for watch in self.watches):
            self.looked_at = self.visited  # who commands a run has not forgotten it
        return self._engine.command(self, verb, arguments)

    @property
    def training(self) -> bool:
        """Whether it trains now."""
        return self.status == "playing"

    @property
    def expected(self) -> bool:
        """Whether it trains now or may at any moment, for somebody has its page open, or has just asked for it."""
        return self.training or bool(self.watches) or monotonic() - self.visited < ARRIVAL

    # Viewers

    def watch(self, views: Iterable[str] = (), rate: float = 20.0, wake: Callable[[], None] = lambda: None) -> Watch:
        """Become a viewer; `wake` is called from another thread whenever the watch may have something new."""
        watch = Watch(self, views, rate, wake)
        with self.lock:
            if self.notice and monotonic() - self._notice_since > NOTICE:
                self.note("")
            self.watches.append(watch)
        self.viewers_changed()
        return watch

    def viewer_left(self, watch: Watch) -> None:
        """Forget a watch."""
        with self.lock:
            self.watches.remove(watch)
        self.viewers_changed()

    def viewers_changed(self) -> None:
        """Tell the worker what all viewers together look at, and how often."""
        with self._engine.lock:
            with self.lock:
                self.looked_at = self.visited = monotonic()
                views, rate = self.watched()
            if not self.farewell:
                self._engine.command(self, "watch", {"views": views, "rate": rate})

    def watched(self) -> tuple[frozenset[str], float]:
        """The views of all viewers, and the highest rate that one of them wants."""
        looking = [watch for watch in self.watches if watch.views]
        return frozenset().union(*(watch.views for watch in looking)), max((w.rate for w in looking), default=0.0)

    def state_packet(self) -> bytes:
        """The state for viewers, encoded once a version."""
        if self._state[0] != self.state_version:
            header = {
                "type": "state",
                "status": self.status,
                "reason": self.reason,
                "notice": self.notice,
                "rate": self.rate,
                "speed": self.limit,
                "others": self.others,
                "step": self.step_now,
                "epoch": self.epoch,
                "last_step": self.last_step,
                "changes": differences(self.described_spec, self.spec),
                "gone": bool(self.farewell),
            }
            self._state = (self.state_version, packet(header))
        return self._state[1]

    def _count_others(self) -> None:
        playing = self.status == "playing"
        if playing and monotonic() - self._others_since < COMPANY:
            return
        others = max(0, self._engine.training - 1) if playing else 0
        self._others_since = monotonic() if playing else 0.0
        if others != self.others:
            self.others = others
            self.state_version += 1

    def note(self, notice: str) -> None:
        """A short notice for viewers; it is news for ten seconds."""
        self.notice, self._notice_since = notice, monotonic()
        self.state_version += 1

    def wake(self) -> None:
        """Wake all viewers; without the lock, for they may take at once."""
        for watch in tuple(self.watches):
            watch.wake()

    # What the worker says (called from its receiver thread)

    def on_built(self, message: Built, complete: Complete | None) -> None:
        """Another lab; or the same one, described anew because a live field or its worker has changed."""
        description = describe(message)
        described = description_packet(message, description, complete)
        with self.lock:
            another = message.generation != self.generation
            self.generation, self.description, self.description_packet = message.generation, description, described
            self.spec = self.described_spec = message.spec
            self.edition += 1
            self.state_version += 1
            if not another:
                return
            self.history, self.snapshots, self.journal, self.cuts = History(), Snapshots(), [], 0
            self.options, self.frame_packet = {}, None
            self.step_now, self._goal, self.epoch, self.last_step = 0, None, 0.0, 0

    def on_update(self, message: Update) -> None:
        """The present."""
        with self.lock:
            if message.generation != self.generation:
                return
            before = (self.status, self.reason, self.rate, self.limit)
            self.status, self.reason = message.status, message.reason
            self.rate, self.limit, self.remark = message.rate, message.speed, message.remark
            moved = self.status != "playing" and self.step_now != message.step
            self.step_now, self._goal, self.epoch = message.step, message.goal, message.epoch
            self.last_step = max(self.last_step, message.step)
            if message.spec is not None:
                self.spec = message.spec
            self._count_others()
            if before != (self.status, self.reason, self.rate, self.limit) or message.spec is not None or moved:
                self.state_version += 1
                if self.notice and monotonic() - self._notice_since > NOTICE:
                    self.note("")
            if message.metrics is not None and message.step >= self.history.last_step:  # else the past is shown again
                self.history.append(message.step, message.epoch, message.metrics)
            if message.packet is not None or (message.metrics is not None and not message.between_frames):
                self.frame_packet = message.packet
                self.frame_number += 1

    def on_record(self, message: Noted | Taken | Cut) -> None:
        """What rewinding and recovery need to know."""
        with self.lock:
            if message.generation != self.generation:
                return
            if isinstance(message, Noted):
                self.journal.append(message.entry)
                self._reached(message.entry.step)
            elif isinstance(message, Taken):
                self.snapshots.add(message.snapshot)
                self._reached(message.snapshot.step)
            else:
                self.history.truncate(message.step)
                self.snapshots.truncate(message.step)
                self.journal = [entry for entry in self.journal if entry.step <= message.step]
                self.last_step = message.step
                self.cuts += 1
                self.state_version += 1

    def _reached(self, step: int) -> None:
        # Between two frames a run is further than the last one said. Back at that one it would have records of a future
        # that the learner may still change.
        self.step_now, self.last_step = max(self.step_now, step), max(self.last_step, step)

    def fail(self, reason: str) -> None:
        """There is no lab any more, or there never was one."""
        with self.lock:
            self.status, self.reason, self.rate = "failed", reason, 0.0
            self.state_version += 1
        self.wake()

    def restore(self) -> Restore:
        """What another worker needs to take this run over."""
        with self.lock:
            views, rate = self.watched()
            step = self.step_now if self._goal is None else self._goal  # a worker may die on the way there, too
            return Restore(
                generation=self.generation,
                snapshot=self.snapshots.at_or_before(step),
                journal=tuple(self.journal),
                step=step,
                last_step=self.last_step,
                cuts=self.cuts,
                status="ready" if self.status == "building" else self.status,
                reason=self.reason,
                speed=self.limit,
                views=views,
                rate=rate,
                look=dict(self.options),
            )

    def _fresh(self) -> Restore:
        views, rate = self.watched()
        return Restore(generation=self.generation + 1, speed=self.limit, views=views, rate=rate)
