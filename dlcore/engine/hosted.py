"""One run inside its worker: a lab, its random state, and how far it is to go."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import torch

from dlcore.engine.messages import Built, Command, Entry, Restore
from dlcore.engine.randomness import random_state, set_random_state
from dlcore.engine.snapshots import Snapshot
from dlcore.engine.state import pack, unpack
from dlcore.labs.lab import Diverged, Frame, Glanceable, Groupable, Lab, Settling

LATE = 0.25  # seconds by which a speed-limited run may catch up


class Hosted:
    """A lab and all that its worker knows about it; `step` is one update."""

    def __init__(self, number: int, spec: Any, restore: Restore, make_lab: Callable[[Any], Lab]) -> None:
        state = unpack(restore.snapshot.state) if restore.snapshot else None
        torch.manual_seed(0)  # a lab that forgets to seed is reproducible nevertheless
        self.number, self.generation = number, restore.generation
        self.spec = state["spec"] if state else spec
        self.lab = make_lab(self.spec)
        self._find_group()
        self._settle = self.lab.settle if isinstance(self.lab, Settling) else None
        self._glance = self.lab.glance if isinstance(self.lab, Glanceable) else None
        self.random: Any = random_state()
        self.steps = 0
        self.journal = list(restore.journal)  # all that the learner did to it
        self.last_step = restore.last_step  # the furthest that it has been on this way
        self.cuts, self.dropped = restore.cuts, list[int]()  # ways that were left before; steps after which, since then
        self.applied = 0  # entries of the journal that the lab has gone through
        self.disarmed: int | None = None  # the update from which the end condition is ignored
        self.status, self.reason, self.speed = restore.status, restore.reason, restore.speed
        self.watch(restore.views, restore.rate)
        # What it is to do
        self.goal: int | None = None  # the update up to which it repeats its past
        self.pending: deque[Entry] = deque()  # what the learner did on that way
        self.arriving: int | None = None  # the command that waits for the goal
        self.deferred: list[Command] = []
        self.targets: deque[tuple[int, int]] = deque()  # (update, command that asked for it)
        self.behind = False  # rewound: there are later updates to go back to
        # Time
        self.due = 0.0  # when a speed limit allows the next update
        self.used = 0.0  # seconds on the scheduler's clock
        self.share = 1.0  # of the worker's time, against the usual one
        self.update_cost = 0.0  # seconds of an update, lately
        self.was_runnable = False
        self.active = 0.0  # seconds of updates, really
        self.company = 1  # runs that took the last updates together, this one included
        self.frame_due, self.frame_cost = 0.0, 0.0
        self.measure_due, self.metrics = 0.0, dict[str, float]()  # what was measured last
        self.row_due, self.row_step, self.row_spent = 0.0, 0, 0.0  # of history, between frames
        self.snapshot_due, self.snapshot_active, self.snapshot_cost = 0.0, 0.0, 0.0
        self.snapshot_step = 0
        self.rate, self._rate_steps = 0.0, 0
        self._rate_since: float | None = None  # while it plays
        self.spec_told: Any = None
        self.described: Any = None  # the views and the updates an epoch that the other side knows
        if state is not None and restore.snapshot is not None:
            self.load(restore.snapshot)
        if restore.look:
            self.lab.look(**restore.look)
        if restore.step > self.steps or restore.journal[self.applied :]:
            self.replay(restore.step)
        self.behind = restore.step < restore.last_step

    def watch(self, views: frozenset[str], rate: float) -> None:
        """What viewers look at, and how many frames a second the quickest of them wants."""
        self.views_wanted, self.rate_wanted = views, rate
        self.views = views & {view.name for view in self.lab.views}

    def row_in(self, now: float) -> float:
        """Updates until the end of an epoch that is to have a row of history between frames, infinite while none is."""
        if not self.views or self.status != "playing" or self.goal is not None or now < self.row_due:
            return math.inf
        an_epoch = self.lab.steps_an_epoch
        return -max(self.steps, self.row_step + 1) // an_epoch * -an_epoch - self.steps

    def glance(self) -> Frame | None:
        """What viewers look at without new metrics, where that can be had and there are some already."""
        return self._glance(self.views) if self._glance is not None and self.metrics else None

    def described_anew(self) -> Built | None:
        """What the other side needs to know again, where a change of a live field has changed it."""
        if self.described == (self.lab.views, self.lab.steps_an_epoch):
            return None
        self.watch(self.views_wanted, self.rate_wanted)
        return self.built()

    def built(self) -> Built:
        """What the other side needs to know once."""
        self.described = (self.lab.views, self.lab.steps_an_epoch)
        views = tuple(asdict(view) for view in self.lab.views)
        return Built(self.number, self.generation, self.spec, self.lab.steps_an_epoch, views, self.lab.constants())

    def snapshot(self) -> Snapshot:
        """The run as it is now. The run's random state must be the installed one."""
        state = {
            "spec": self.spec,
            "lab": self.lab.state_dict(),
            "random": random_state(),
            "disarmed": self.disarmed,
        }
        self.snapshot_step, self.snapshot_active = self.steps, self.active
        return Snapshot(step=self.steps, applied=self.applied, state=pack(state))

    def load(self, snapshot: Snapshot) -> None:
        """Become what a snapshot holds; leaves the run's random state installed."""
        state = unpack(snapshot.state)
        if state["spec"] != self.spec:
            self.lab.change(state["spec"])
            self.spec = state["spec"]
            self._find_group()
        self.lab.load_state_dict(state["lab"])
        self.random = state["random"]
        set_random_state(self.random)
        self.steps, self.applied, self.disarmed = snapshot.step, snapshot.applied, state["disarmed"]
        self.snapshot_step = snapshot.step

    def replay(self, goal: int) -> None:
        """From now on repeat the past up to a step."""
        self.pending = deque(entry for entry in self.journal[self.applied :] if entry.step <= goal)
        self.goal = goal

    def leave_future(self) -> None:
        """Go another way from here: what came after this step is no more."""
        self.journal = [entry for entry in self.journal if entry.step <= self.steps]
        self.last_step = self.steps
        self.dropped.append(self.steps)

    def remembers(self, step: int, generation: int, cuts: int) -> bool:
        """Whether a step of a generation, as it was known after so many cuts, is still on the way that the run took."""
        return generation == self.generation and all(step <= cut for cut in self.dropped[cuts - self.cuts :])

    def _find_group(self) -> None:
        lab = self.lab
        self.group_key = lab.group_key if isinstance(lab, Groupable) else None

    @property
    def free(self) -> bool:
        """Whether it may take its updates together with others: it trains at full speed, towards no certain update."""
        return (
            self.status == "playing"
            and self.group_key is not None
            and self.goal is None
            and not self.targets
            and self.speed is None
        )

    def runnable(self, now: float) -> bool:
        """Whether there is an update to make at this time (seconds on the worker's clock)."""
        return self.goal is not None or bool(self.targets) or (self.status == "playing" and self.due <= now)

    def step(self, now: float) -> None:
        """One update. Raises: Diverged, or whatever else a lab may raise."""
        self._update()
        if self.speed is not None:
            self.due += 1.0 / self.speed
            if self.due < now - LATE:
                self.due = now

    def repeat(self) -> bool:
        """One update of the past, or its end; whether the goal is reached. Raises: Diverged, as it did then."""
        try:
            if self.pending and self.pending[0].step <= self.steps:
                self.settle()  # what the learner did then was done to a run that had not diverged, or had just
            self._catch_up()
            if self.goal is None or self.steps >= self.goal:
                self.settle()
                return True
            self._update()
        except Diverged:
            self._catch_up()  # the past ends here, and what the learner did after it still counts
            raise
        return False

    def _update(self) -> None:
        try:
            self.lab.step()
        except Diverged as error:
            self.steps += 1 - error.late  # it was made, and found to be bad then
            raise
        self.steps += 1

    @property
    def remark(self) -> str:
        """What the lab says about how it trains, if it does."""
        said: str = getattr(self.lab, "remark", "")
        return said

    def settle(self) -> None:
        """Let a lab that looks at its losses late look at them now. Raises: Diverged."""
        if self._settle is not None:
            try:
                self._settle()
            except Diverged as error:
                self.steps -= error.late
                self._catch_up()  # a past that is being repeated ends here, too
                raise

    def _catch_up(self) -> None:
        while self.pending and self.pending[0].step <= self.steps:
            self.apply(self.pending.popleft())

    def apply(self, entry: Entry) -> None:
        """Do what the learner did. Raises: ValueError."""
        if entry.verb == "change":
            spec = self.spec.replace(entry.arguments["changes"])
            self.lab.change(spec)
            self.spec = spec
            self._find_group()
            self.rearm()
        else:
            self.lab.edit(**entry.arguments)
        self.applied += 1

    def over(self) -> str | None:
        """Why training is over, None while it goes on."""
        return self.lab.finished() if self.disarmed is None else None

    def disarm(self) -> None:
        """Let training go on past its end."""
        if self.lab.finished() is not None:
            self.disarmed = self.steps

    def rearm(self) -> None:
        """Watch for the end again where a change has moved it away."""
        if self.disarmed is not None and self.lab.finished() is None:
            self.disarmed = None

    def measure(self, now: float) -> None:
        """Keep the rate (updates a second) up to date, twice a second; the time before Play is no part of it."""
        if self.status != "playing":
            self.rate, self._rate_since = 0.0, None
        elif self._rate_since is None:
            self._rate_since, self._rate_steps = now, self.steps
        elif now - self._rate_since >= 0.5 and self.steps > self._rate_steps:
            self.rate = (self.steps - self._rate_steps) / (now - self._rate_since)
            self._rate_since, self._rate_steps = now, self.steps
