"""Rosenblatt's perceptron (1958): one unit, one sample at a time, and no gradient at all."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch

from dlcore.explain.plane import OUTPUT_GRID, UNIT_GRID, grid, surface_map, unit_maps
from dlcore.explain.scores import accuracy, confusion
from dlcore.labs.lab import Frame, Series, View
from dlcore.specs import limits
from dlcore.specs.perceptron import Perceptron
from dlcore.training.ending import epochs_done
from dlcore.training.prepare import prepare


class PerceptronLab:
    """The rule: say class 1 where w·x + b > 0. Right: do nothing. Wrong: move w by ±η x and b by ±η.

    If a line separates the classes, the rule stops making mistakes after finitely many updates (Novikoff 1962);
    if none does, it never comes to rest.
    """

    def __init__(self, spec: Perceptron) -> None:
        torch.manual_seed(spec.seed)
        self.spec = spec
        self.data = data = prepare(spec.data, ("x1", "x2"))
        self.x, self.x_test = torch.from_numpy(data.x_train), torch.from_numpy(data.x_test)
        self.y, self.y_test = torch.from_numpy(data.y_train), torch.from_numpy(data.y_test)
        self.w = torch.zeros(self.x.shape[1])
        self.b = torch.zeros(1)
        self.order = torch.randperm(len(self.x))
        self.steps = 0
        self.mistakes = 0  # in this epoch so far
        self.mistakes_last_epoch: int | None = None
        self.corrected = False  # whether the last sample moved the weights
        self.stop_reason: str | None = None
        self.views = _views(self)

    @property
    def steps_an_epoch(self) -> int:
        """One step a training sample."""
        return len(self.x)

    @property
    def epoch(self) -> float:
        """Rounds through the training samples, as a real number."""
        return self.steps / self.steps_an_epoch

    def step(self) -> None:
        """Look at one sample; correct the weights if its class was wrong."""
        i = self.order[self.steps % len(self.x)]
        target = 1.0 if self.y[i] == 1 else -1.0
        answer = 1.0 if self.w @ self.x[i] + self.b > 0 else -1.0
        self.corrected = answer != target
        if self.corrected:
            self.w += self.spec.learning_rate * target * self.x[i]
            self.b += self.spec.learning_rate * target
            self.mistakes += 1
        self.steps += 1
        if self.steps % len(self.x) == 0:
            self._end_epoch()

    def _end_epoch(self) -> None:
        self.mistakes_last_epoch, self.mistakes = self.mistakes, 0
        self.order = torch.randperm(len(self.x))
        if self.stop_reason is not None:
            return
        if self.mistakes_last_epoch == 0:
            self.stop_reason = "A whole round without a mistake: the line separates all training samples, so it stays."
        elif self.spec.epochs is not None and round(self.epoch) >= self.spec.epochs:
            self.stop_reason = epochs_done(self.spec.epochs)

    def finished(self) -> str | None:
        """Why training is over, or None."""
        return self.stop_reason

    def frame(self, watched: frozenset[str] = frozenset()) -> Frame:
        """The line, its mistakes, and the sample that was just looked at."""
        metrics: dict[str, float] = {}
        for part, x, y in (("train", self.x, self.y), ("test", self.x_test, self.y_test)):
            z = x @ self.w + self.b
            margin = torch.where(y == 1, z, -z)
            metrics[f"{part}_loss"] = float((-margin).clamp_min(0).mean())  # how far on the wrong side, on average
            metrics[f"{part}_accuracy"] = accuracy((z > 0).long(), y)
        metrics["mistakes"] = math.nan if self.mistakes_last_epoch is None else float(self.mistakes_last_epoch)
        return Frame(step=self.steps, epoch=self.epoch, metrics=metrics, arrays=self._arrays(watched))

    def _arrays(self, watched: frozenset[str]) -> dict[str, np.ndarray]:
        found: dict[str, np.ndarray] = {}
        if "network" in watched:
            found |= {"network/weight/0": self.w.numpy()[None, :].copy(), "network/bias/0": self.b.numpy().copy()}
            if self.data.planar:
                pixels, scale = unit_maps(self._answers(UNIT_GRID), UNIT_GRID)
                found |= {"network/unit/1": pixels, "network/unit_scale/1": scale}
            else:
                last = self.x[self.order[(self.steps - 1) % len(self.x)]]
                found["network/activation/0"] = last.numpy()
                found["network/activation/1"] = np.sign((self.w @ last + self.b).numpy())
        if "output" in watched:
            found["output/surface"] = surface_map(self._answers(OUTPUT_GRID), (-1.0, 1.0), OUTPUT_GRID)[0]
            if self.data.planar:
                found["output/line"] = torch.cat([self.w, self.b]).numpy()
            if self.steps and self.steps % len(self.x):
                just_seen = int(self.order[(self.steps - 1) % len(self.x)])
                found["output/mark"] = self.data.points_train[just_seen]
        if "confusion" in watched:
            predicted = (self.x_test @ self.w + self.b > 0).long()
            found["confusion/counts"] = confusion(predicted, self.y_test, 2)
        return found

    def _answers(self, side: int) -> torch.Tensor:
        x = torch.from_numpy(self.data.inputs_at(grid(self.data.axis_range, side)))
        return torch.where(x @ self.w + self.b > 0, 1.0, -1.0)[:, None]

    def constants(self) -> Mapping[str, np.ndarray]:
        """The samples to draw, and the pictures of the inputs."""
        data = self.data
        found = {
            "output/train_points": data.points_train,
            "output/test_points": data.points_test,
            "output/train_targets": data.y_train.astype(np.float32),
            "output/test_targets": data.y_test.astype(np.float32),
        }
        if data.planar:
            x = torch.from_numpy(data.inputs_at(grid(data.axis_range, UNIT_GRID)))
            pixels, scale = unit_maps(x, UNIT_GRID)
            found |= {"network/unit/0": pixels, "network/unit_scale/0": scale}
        return found

    def change(self, spec: Perceptron) -> None:
        """Go on with another size of correction or another last epoch."""
        self.spec = spec
        self.stop_reason = None

    def edit(self, parameter: str, index: tuple[int, ...], value: float) -> None:
        """Set one weight ("weight/0", (0, input)) or the bias ("bias/0", (0,)) by hand."""
        tensors = {"weight/0": self.w[None, :], "bias/0": self.b}
        if parameter not in tensors:
            raise ValueError(f"parameter: expected weight/0 or bias/0; received {parameter!r}")
        tensor = tensors[parameter]
        if len(index) != tensor.dim() or any(not 0 <= i < n for i, n in zip(index, tensor.shape, strict=True)):
            raise ValueError(f"index: expected one inside {tuple(tensor.shape)}; received {tuple(index)}")
        if not math.isfinite(value) or abs(value) > 1e6:
            raise ValueError(f"value: expected a number between -1,000,000 and 1,000,000; received {value}")
        tensor[tuple(index)] = value

    def look(self, **options: Any) -> None:
        """A perceptron always shows the sample it has just seen; there is nothing to choose."""
        if options:
            raise ValueError(f"A perceptron's views have no options; received {', '.join(options)}")

    def state_dict(self) -> dict[str, Any]:
        """Weights, the order of the samples, counters."""
        return {
            "w": self.w.clone(),
            "b": self.b.clone(),
            "order": self.order.clone(),
            "steps": self.steps,
            "mistakes": self.mistakes,
            "mistakes_last_epoch": self.mistakes_last_epoch,
            "corrected": self.corrected,
            "stop_reason": self.stop_reason,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to a state of this very spec."""
        self.w, self.b, self.order = state["w"].clone(), state["b"].clone(), state["order"].clone()
        self.steps, self.mistakes = state["steps"], state["mistakes"]
        self.mistakes_last_epoch, self.corrected = state["mistakes_last_epoch"], state["corrected"]
        self.stop_reason = state["stop_reason"]


def _views(lab: PerceptronLab) -> tuple[View, ...]:
    data = lab.data
    return (
        View(
            name="network",
            kind="network",
            title="The perceptron",
            help="One unit: it says +1 where w·x + b > 0 and -1 elsewhere.",
            options={
                "inputs": list(data.input_titles),
                "layers": [{"name": "Output", "units": 1, "activation": "sign", "titles": [data.classes[1]]}],
                "heatmaps": data.planar,
                "batch_norm": False,
                "edit": None,
            },
        ),
        View(
            name="output",
            kind="plane",
            title="Output",
            help="Which class the perceptron says where. The ring marks the sample it has just looked at.",
            options={
                "axes": list(data.axes),
                "range": [list(pair) for pair in data.axis_range],
                "classes": list(data.classes),
                "scale": [-1.0, 1.0],
                "draw": lab.spec.data.kind == "drawn",
                "max_points": limits.DRAWN_POINTS,
                "pick": False,
                "note": "" if data.planar else "A slice: all other inputs are held at their mean.",
                "target": data.dataset.target,
            },
        ),
        View(
            name="mistakes",
            kind="curve",
            title="Mistakes in the last epoch",
            help="How many training samples made the perceptron correct itself in one round.",
            series=(Series(metric="mistakes", title="mistakes", role="train"),),
            options={"log": False, "unit": "samples", "from_zero": True},
        ),
        View(
            name="score",
            kind="curve",
            title="Accuracy",
            help="Share of samples whose class is right.",
            series=(
                Series(metric="train_accuracy", title="train", role="train"),
                Series(metric="test_accuracy", title="test", role="test"),
            ),
            options={"unit": ""},
        ),
        View(
            name="confusion",
            kind="confusion",
            title="Confusion matrix",
            help="Test samples: a row is the true class, a column the class that the perceptron says.",
            options={"classes": list(data.classes)},
        ),
    )
