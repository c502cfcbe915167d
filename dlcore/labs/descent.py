"""Balls that roll down one surface from one place, each moved by an optimizer of its own."""

from __future__ import annotations

import copy
import functools
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from dlcore.labs.descent_views import arrays_of, constants_of, views_of
from dlcore.labs.lab import Diverged, Frame
from dlcore.specs.descent import Descent, Racer
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find

FAR = 1_000.0  # a ball with a coordinate beyond this has left the surface


class Ball:
    """One place w = (x, y), the optimizer of `torch.optim` that moves it, and its way so far."""

    def __init__(self, racer: Racer, start: tuple[float, float]) -> None:
        self.name = racer.name
        self.w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        self.row = find(OPTIMIZERS, racer.optimizer.kind, "optimizer")
        rule = getattr(torch.optim, self.row.module)
        self.optimizer = rule([self.w], lr=racer.learning_rate, **self.row.arguments(racer.optimizer))
        self.trail = [start]  # the place before each step, and the present one
        self.heights: list[float] = []  # above the minimum, at those places
        self.lost: int | None = None  # the step at which it left the surface

    def change(self, racer: Racer) -> None:
        """Go on with another learning rate, momentum …; what the optimizer has gathered stays."""
        for group in self.optimizer.param_groups:
            group.update(self.row.arguments(racer.optimizer), lr=racer.learning_rate)

    def state_dict(self) -> dict[str, Any]:
        """All that changes, as copies."""
        return {
            "w": self.w.detach().clone(),
            "optimizer": copy.deepcopy(self.optimizer.state_dict()),
            "trail": torch.tensor(self.trail, dtype=torch.float64),
            "heights": torch.tensor(self.heights, dtype=torch.float64),
            "lost": self.lost,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to such a state."""
        with torch.no_grad():
            self.w.copy_(state["w"])
        self.optimizer.load_state_dict(copy.deepcopy(state["optimizer"]))
        self.trail = [(x, y) for x, y in state["trail"].tolist()]
        self.heights = state["heights"].tolist()
        self.lost = state["lost"]


class DescentLab:
    """A step is one step of every ball that is still on the surface; who has left waits for the others."""

    steps_an_epoch = 1

    def __init__(self, spec: Descent) -> None:
        torch.manual_seed(spec.seed)
        self.spec = spec
        self.row = spec.row
        self.height = functools.partial(self.row.height, **spec.settings)
        self.balls = [Ball(racer, spec.start) for racer in spec.racers]
        self.steps = 0
        for ball in self.balls:
            ball.heights.append(self._above(*spec.start))
        self.views = views_of(self)

    @property
    def epoch(self) -> float:
        """Steps so far: there are no samples, and so no rounds through them."""
        return float(self.steps)

    @property
    def racing(self) -> list[Ball]:
        """The balls that are on the surface."""
        return [ball for ball in self.balls if ball.lost is None]

    def step(self) -> None:
        """One step of every ball on the surface. Raises: Diverged: the last one has left."""
        racing = self.racing
        places = torch.stack([ball.w for ball in racing])  # (balls, 2)
        for ball in racing:
            ball.optimizer.zero_grad()
        self.height(places[:, 0], places[:, 1]).sum().backward()  # each ball gets the gradient of its own height
        if self.spec.spread > 0:
            noise = self.spec.spread * torch.randn(2, dtype=torch.float64)  # the same mini-batch for all
            for ball in racing:
                if not ball.row.full_batch and ball.w.grad is not None:
                    ball.w.grad += noise
        for ball in racing:
            ball.optimizer.step()
        self.steps += 1
        self._follow(racing)
        if racing and not self.racing:
            raise Diverged(f"{self._lost()} Try a smaller learning rate, or start where it is less steep.")

    def _follow(self, racing: list[Ball]) -> None:
        """Note where the balls are now, and who has left."""
        places: list[list[float]] = torch.stack([ball.w.detach() for ball in racing]).tolist() if racing else []
        for ball, (x, y) in zip(racing, places, strict=True):
            if math.isfinite(x) and math.isfinite(y) and max(abs(x), abs(y)) <= FAR:
                ball.trail.append((x, y))
                ball.heights.append(self._above(x, y))
            else:
                ball.lost = self.steps
                ball.trail.append(_on_the_way(ball.trail[-1], (x, y)))
        if any(ball.lost == self.steps for ball in racing):
            self.views = views_of(self)  # the legends say so

    def _above(self, x: float, y: float) -> float:
        """The height of a place above the minimum; of the nearest minimum itself, rounding may make it less than 0."""
        return max(0.0, float(self.height(x, y)) - self.row.lowest)

    def finished(self) -> str | None:
        """Why it is over: all steps are made."""
        if self.steps < self.spec.steps or not self.racing:
            return None
        best = min(self.racing, key=lambda ball: ball.heights[-1])
        return f"{self.spec.steps:,} steps are made. Lowest now: {best.name}. {self._lost()}".rstrip()

    def _lost(self) -> str:
        lost = [f"{ball.name} at step {ball.lost:,}" for ball in self.balls if ball.lost is not None]
        return f"Diverged, the steps being too large: {', '.join(lost)}." if lost else ""

    def frame(self, watched: frozenset[str] = frozenset()) -> Frame:
        """Heights above the minimum (not a number for who has left), places and trails."""
        metrics = {
            f"{number}/height": ball.heights[-1] if ball.lost is None else math.nan
            for number, ball in enumerate(self.balls)
        }
        return Frame(step=self.steps, epoch=self.epoch, metrics=metrics, arrays=arrays_of(self, watched))

    def constants(self) -> Mapping[str, np.ndarray]:
        """The heights of the surface on a grid."""
        return constants_of(self)

    def change(self, spec: Descent) -> None:
        """Use other learning rates, other noise, another end from now on."""
        self.spec = spec
        for ball, racer in zip(self.balls, spec.racers, strict=True):
            ball.change(racer)

    def edit(self, parameter: str, index: tuple[int, ...], value: float) -> None:
        """Put one ball elsewhere: "weight/0" is the table of places, a row a ball, a column a coordinate.

        Raises: ValueError: there is no such number, or the place is too far away.
        """
        if not (math.isfinite(value) and abs(value) <= FAR):
            raise ValueError(f"value: expected a number between -1,000 and 1,000; received {value}")
        if parameter != "weight/0":
            raise ValueError(f"parameter: expected weight/0, the places of the balls; received {parameter!r}")
        shape = (len(self.balls), 2)
        if len(index) != 2 or any(not 0 <= i < n for i, n in zip(index, shape, strict=True)):
            raise ValueError(f"index: expected one inside {shape}; received {tuple(index)}")
        ball = self.balls[index[0]]
        place: Tensor = ball.w.detach()
        place[index[1]] = value
        if ball.lost is None:
            ball.trail[-1] = (float(place[0]), float(place[1]))
            ball.heights[-1] = self._above(*ball.trail[-1])

    def look(self, **options: Any) -> None:
        """All is in sight; there is nothing to choose."""
        if options:
            raise ValueError(f"The views of a surface have no options; received {', '.join(options)}")

    def state_dict(self) -> dict[str, Any]:
        """The balls with their ways and optimizers, and the counter."""
        return {"balls": [ball.state_dict() for ball in self.balls], "steps": self.steps}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to a state of this very spec."""
        for ball, saved in zip(self.balls, state["balls"], strict=True):
            ball.load_state_dict(saved)
        self.steps = state["steps"]
        self.views = views_of(self)


def _on_the_way(last: tuple[float, float], to: tuple[float, float]) -> tuple[float, float]:
    """A place on the way to a place that is too far to be drawn; where it is no number, the last one."""
    way = [end - begin for begin, end in zip(last, to, strict=True)]
    length = max(map(abs, way))
    if not math.isfinite(length):
        return last
    share = min(1.0, 2 * FAR / length)
    return last[0] + share * way[0], last[1] + share * way[1]
