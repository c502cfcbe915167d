"""Supervised learning with a network that was stacked layer by layer: convolutions on images, whatever fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from dlcore.explain.measure import measure
from dlcore.labs.lab import Frame
from dlcore.labs.layered_plane import plane_probe
from dlcore.labs.layered_probes import LayeredProbes
from dlcore.labs.layered_views import views
from dlcore.labs.mini_batch import MiniBatchLab
from dlcore.labs.ranking_views import ranking_probes
from dlcore.labs.trainers import make_textbook
from dlcore.networks.by_hand import set_number
from dlcore.networks.layers import build_layers
from dlcore.networks.outputs import outputs_of
from dlcore.networks.shapes import every_row
from dlcore.specs.layered import Layered
from dlcore.specs.layers import DropoutLayer
from dlcore.training.device import choose_device
from dlcore.training.make import make_loss
from dlcore.training.samples import prepare_samples
from dlcore.training.targets import encode


class LayeredLab(MiniBatchLab):
    """Mini-batch training of a stack of layers, one update a step.

    To measure such a network on all samples can take as long as many updates. So while it trains, frames measure it on
    a fixed sample of either part (`probes.sizes`), and at the end of training on all; early stopping and a loss to
    stop at always look at all.
    """

    def __init__(self, spec: Layered) -> None:
        torch.manual_seed(spec.seed)
        self.spec = spec
        self.device = choose_device(spec.training.device)
        self.data = data = prepare_samples(spec.data)
        self.x_train, self.x_test = (torch.from_numpy(x).to(self.device) for x in (data.x_train, data.x_test))
        self.y_train, self.y_test = (torch.from_numpy(y).to(self.device) for y in (data.y_train, data.y_test))
        self.targets_train, self.targets_test = encode(self.y_train, spec), encode(self.y_test, spec)

        network = build_layers(spec.layers, spec.given, scores=outputs_of(spec), initialization=spec.initialization).to(
            self.device
        )
        if spec.channels_last:
            network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # declared with more arguments
        self.loss = make_loss(spec)
        super().__init__(make_textbook(spec, network, self.x_train, self.targets_train), spec.training)
        self._everything: tuple[int, Tensor, Tensor] | None = None  # after so many updates: outputs of both parts
        self.probes = LayeredProbes(self)
        self.plane = plane_probe(self)
        self.views = (*views(spec, self.data, self.probes), *([self.plane.view] if self.plane else []))

    @property
    def network(self) -> nn.Sequential:
        """The network that learns."""
        return self.trainer.network

    @torch.no_grad()
    def answers(self, x: Tensor) -> Tensor:
        """What the loss is measured on, (n, outputs), for x (n, …), in evaluation mode, some samples at a time."""
        self.network.eval()
        return torch.cat([self.network(part) for part in torch.split(x, self.spec.at_once)])

    def loss_on(self, part: str) -> float:
        """The loss on all of a part, train or test, in evaluation mode."""
        x, targets = (self.x_train, self.targets_train) if part == "train" else (self.x_test, self.targets_test)
        value: float = self.loss(self.answers(x), targets).item()
        return value

    def test_score(self) -> float:
        """Share of all test samples whose class is right, or R²."""
        found = self._scores("test", self.answers(self.x_test), self.y_test, self.targets_test)
        return found["test_accuracy" if self.data.classes else "test_r2"]

    @torch.no_grad()
    def frame(self, watched: frozenset[str] = frozenset()) -> Frame:
        """The present: scores, norms a layer, and the arrays of the watched views."""
        self.settle()
        seen = self.probes.see(watched)
        outputs = self._outputs_of_all() if self.ended_at == self.steps else (seen.train, seen.test)
        metrics = self._scores("train", outputs[0], self.y_train, self.targets_train)
        metrics |= self._scores("test", outputs[1], self.y_test, self.targets_test)
        metrics["learning_rate"] = self.learning_rate
        metrics |= self.probes.metrics(watched, seen)
        arrays = self.probes.arrays(watched, seen, outputs[1])
        if self.plane and "output" in watched:
            arrays |= self.plane.arrays()
        true = self.y_test[: len(outputs[1])]
        ranked, areas = ranking_probes(watched, outputs[1], true, self.spec, len(self.data.classes))
        metrics |= areas
        arrays |= ranked
        return Frame(step=self.steps, epoch=self.epoch, metrics=metrics, arrays=arrays)

    @torch.no_grad()
    def glance(self, watched: frozenset[str]) -> Frame | None:
        """The arrays of views that show one sample or the weights, without a pass over samples to measure anything."""
        arrays = self.probes.glance(watched)
        return None if arrays is None else Frame(step=self.steps, epoch=self.epoch, metrics={}, arrays=arrays)

    def _outputs_of_all(self) -> tuple[Tensor, Tensor]:
        if self._everything is None or self._everything[0] != self.steps:
            self._everything = self.steps, self.answers(self.x_train), self.answers(self.x_test)
        return self._everything[1:]

    def _scores(self, part: str, outputs: Tensor, y: Tensor, targets: Tensor) -> dict[str, float]:
        """Loss and score of the first samples of a part, as many as there are outputs."""
        return measure(self.spec, self.loss, outputs, targets[: len(outputs)], y[: len(outputs)], part)

    def constants(self) -> Mapping[str, np.ndarray]:
        """Test images to choose from, or the points on the plane."""
        return self.plane.constants() if self.plane else self.probes.constants()

    def change(self, spec: Layered) -> None:
        """Use another learning rate, batch size, dropout rate … from the next update on."""
        self.go_on_with(spec)
        self.spec = spec
        for row in every_row(spec.walk.rows):
            if isinstance(row.layer, DropoutLayer):
                dropout = self.network.get_submodule(row.name)
                assert isinstance(dropout, nn.Dropout)
                dropout.p = row.layer.rate

    def edit(self, parameter: str, index: tuple[int, ...], value: float) -> None:
        """Set one number by hand: "weight/<k>" or "bias/<k>" of the k-th layer that has weights, counted from 0."""
        self.settle()
        set_number([layer.module for layer in self.probes.weights], parameter, index, value)
        self.forget()

    def forget(self) -> None:
        """Measure anew: the weights are others."""
        self._everything = None

    def look(self, **options: Any) -> None:
        """Choose what the maps show: `part` and `sample`, or an `image`; `gradients`; a layer's `exact` values."""
        self.probes.look(**options)
