"""Variants of one experiment side by side: each makes one update in turn, with the numbers that it would have alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from dlcore.labs.lab import Diverged, Frame
from dlcore.labs.race_clock import TimedRunner
from dlcore.labs.race_probes import RaceProbes
from dlcore.labs.race_runner import Runner, Team, teams_of
from dlcore.labs.race_views import views
from dlcore.specs.race import Race


class RaceLab:
    """A step is one update of every variant still in the race; who has diverged or ended waits for the others."""

    def __init__(self, spec: Race) -> None:
        self.spec = spec
        kind = TimedRunner if spec.timed else Runner
        self.runners = [kind(row.title, member) for row, member in zip(spec.variants, spec.members, strict=True)]
        self.steps = 0
        self._racing: list[Runner] = []  # who made the last update
        self._teams: list[Runner | Team] = []  # and in which order, some of them together
        self.probes = RaceProbes(self)
        self.views = views(self)

    @property
    def steps_an_epoch(self) -> int:
        """Updates in which every variant sees its training samples once."""
        most: int = max(runner.lab.steps_an_epoch for runner in self.runners)
        return most

    @property
    def epoch(self) -> float:
        """Rounds through the training samples that all variants still in the race have made; at the end, the last."""
        last = max(runner.left or 0 for runner in self.runners)
        counted = [runner for runner in self.runners if runner.racing] or [
            runner for runner in self.runners if runner.left == last
        ]
        least: float = min(runner.lab.epoch for runner in counted)
        return least

    def step(self) -> None:
        """One update of every variant in the race; of all that have not diverged, where all have ended.

        Raises: Diverged: nobody is left.
        """
        racing = [runner for runner in self.runners if runner.racing]
        racing = racing or [runner for runner in self.runners if not runner.lost]
        if racing != self._racing or not all(team.whole for team in self._teams if isinstance(team, Team)):
            self._racing, self._teams = racing, teams_of(racing)
        for team in self._teams:
            team.step()
        self.steps += 1
        self._let_go(racing)

    def _let_go(self, racing: list[Runner]) -> None:
        for runner in racing:
            if not runner.racing and runner.left is None:
                runner.left = self.steps
            if runner.lost:
                runner.left = self.steps
                self.views = views(self)  # the legend says so
        if all(runner.lost for runner in self.runners):
            raise Diverged(f"{self._lost()} Try a smaller learning rate, gradient clipping, or scaled inputs.")

    def settle(self) -> None:
        """Look at losses that were not looked at yet. Raises: Diverged: nobody is left."""
        racing = [runner for runner in self.runners if not runner.lost]
        for runner in racing:
            runner.settle()
        if racing:
            self._let_go(racing)

    def finished(self) -> str | None:
        """Why the race is over: every variant has ended or diverged. None while one goes on."""
        if any(runner.racing for runner in self.runners):
            return None
        reasons = {runner.title: runner.lab.finished() for runner in self.runners if not runner.lost}
        same = set(reasons.values())
        stopped = [
            row.title for row, one in zip(self.runners, self.spec.members, strict=True) if one.training.early_stopping
        ]
        why = "".join(f" “{title}”: {reasons[title]}" for title in stopped if title in reasons)
        if len(same) == 1:
            why = f" {same.pop()}"
        return f"All variants have ended.{why} {self._lost()}".rstrip()

    def _lost(self) -> str:
        lost = [f"“{runner.title}” at update {runner.left:,}" for runner in self.runners if runner.lost]
        return f"Diverged, their steps being too large: {', '.join(lost)}." if lost else ""

    def frame(self, watched: frozenset[str] = frozenset()) -> Frame:
        """The present: losses and scores of every variant, and the arrays of the watched views."""
        metrics, arrays = self.probes.look(watched)
        return Frame(step=self.steps, epoch=self.epoch, metrics=metrics, arrays=arrays)

    def constants(self) -> Mapping[str, np.ndarray]:
        """The samples to draw, for the views that show them."""
        return self.probes.constants()

    def change(self, spec: Race) -> None:
        """Use another learning rate, batch size … from now on, in all variants that do not set their own."""
        self.spec = spec
        for runner, member in zip(self.runners, spec.members, strict=True):
            runner.change(member)
        self.views = views(self)

    def edit(self, parameter: str, index: tuple[int, ...], value: float) -> None:
        """Set one number of one variant by hand: "2/weight/0" is the first weight matrix of the third.

        Raises: ValueError: there is no such variant, parameter or index.
        """
        number, _, inner = parameter.partition("/")
        if not number.isdecimal() or int(number) >= len(self.runners):
            raise ValueError(
                f"parameter: expected the number of a variant from 0 to {len(self.runners) - 1}, and its parameter, "
                f"such as 0/weight/0; received {parameter!r}"
            )
        self.runners[int(number)].lab.edit(inner, index, value)

    def look(self, **options: Any) -> None:
        """A race shows all test samples; there is nothing to choose."""
        if options:
            raise ValueError(f"The views of a race have no options; received {', '.join(options)}")

    def state_dict(self) -> dict[str, Any]:
        """What every variant remembers, its random numbers included."""
        return {"runners": [runner.state_dict() for runner in self.runners], "steps": self.steps}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to a state of this very spec."""
        for runner, saved in zip(self.runners, state["runners"], strict=True):
            runner.load_state_dict(saved)
        self.steps = state["steps"]
        self.views = views(self)
