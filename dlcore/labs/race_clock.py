"""A race on the clock: seconds of training of each variant, how noisy its batches are, and when it was good enough."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from itertools import pairwise
from time import perf_counter, thread_time
from typing import Any

from dlcore.labs.race_runner import Runner
from dlcore.specs.race import Member

WINDOW = 100  # updates over which the noise is measured
LOOKS = 10  # times an epoch at which the score is looked at, at least; after each update where there are fewer
_ROUNDING = 1e-6  # scores are counted in 32 bits: 0.95 comes as 0.94999999


class TimedRunner(Runner):
    """A variant that makes its updates apart from the others, on a stopwatch that runs only meanwhile.

    What is measured between updates costs it nothing. The first update of a process takes many times as long as the
    next, while PyTorch gets ready; so one is made and taken back before the clock is set to 0.
    """

    apart = True

    def __init__(self, title: str, spec: Member) -> None:
        super().__init__(title, spec)
        self._clear()
        start = super().state_dict()
        self.step()
        super().load_state_dict(start)
        self._clear()

    def _clear(self) -> None:
        self.seconds = 0.0
        self.batch_losses: deque[float] = deque(maxlen=WINDOW)
        self.reached: list[tuple[int, float]] = []  # update and second at which the score was first 1 %, 2 % …

    def step(self) -> None:
        """One update; then its loss is noted and, some times an epoch, the score on the test samples."""
        super().step()
        if self.lost:
            return
        self.batch_losses.append(self.lab.trainer.batch_loss)
        updates, every = self.lab.steps, max(1, self.lab.steps_an_epoch // LOOKS)
        if updates % every == 0 and len(self.reached) < 100:
            score = self.lab.test_score()
            while len(self.reached) < 100 and score >= (len(self.reached) + 1) / 100 - _ROUNDING:
                self.reached.append((updates, self.seconds))

    def _update(self) -> None:
        now = thread_time if self.lab.device.type == "cpu" else perf_counter  # others on a busy machine do not count
        began = now()
        try:
            super()._update()
            if self._settling:
                self.lab.settle()  # a graphics card may still be busy with it
        finally:
            self.seconds += now() - began

    @property
    def noise(self) -> float:
        """How far the loss of a batch typically lies from its mean, √(½ mean (ℓ_t - ℓ_(t-1))²) over the last updates.

        The differences of neighbours leave out that the loss falls meanwhile (von Neumann, 1941). Not a number before
        the second update.
        """
        losses = tuple(self.batch_losses)
        if len(losses) < 2:
            return math.nan
        squares = [(after - before) ** 2 for before, after in pairwise(losses)]
        return math.sqrt(sum(squares) / len(squares) / 2)

    def measured(self, goal: int) -> dict[str, float]:
        """What the clock says by now; `goal` is a score in per cent."""
        updates, epoch = self.lab.steps, self.lab.epoch
        at = self.reached[goal - 1] if goal <= len(self.reached) else (math.nan, math.nan)
        return {
            "updates": updates,
            "seconds": self.seconds,
            "update_seconds": self.seconds / updates if updates else math.nan,
            "epoch_seconds": self.seconds / epoch if epoch else math.nan,
            "goal_updates": at[0],
            "goal_seconds": at[1],
            "batch_loss": self.batch_losses[-1] if self.batch_losses else math.nan,
            "noise": self.noise,
        }

    def state_dict(self) -> dict[str, Any]:
        """All that changes, what was measured included."""
        watch = {"seconds": self.seconds, "batch_losses": list(self.batch_losses), "reached": list(self.reached)}
        return super().state_dict() | {"watch": watch}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state_dict` gave; the same updates will take other seconds."""
        super().load_state_dict(state)
        watch = state["watch"]
        self.seconds, self.reached = watch["seconds"], list(watch["reached"])
        self.batch_losses = deque(watch["batch_losses"], maxlen=WINDOW)
