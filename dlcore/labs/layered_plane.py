"""The output over the plane, for stacks of layers that learn from points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import torch

from dlcore.explain.plane import OUTPUT_GRID, grid, surface_map
from dlcore.labs.lab import View
from dlcore.labs.supervised_probes import value_range
from dlcore.labs.supervised_views import OUTPUT_HELP, plane_options
from dlcore.networks.build import output_activation
from dlcore.networks.outputs import on_logits
from dlcore.specs.data import DrawnData, GeneratedData
from dlcore.training.prepare import prepare

if TYPE_CHECKING:
    from dlcore.labs.layered import LayeredLab


class PlaneProbe:
    """What such a network answers at every place of the plane; reads it and changes nothing."""

    def __init__(self, lab: LayeredLab, data: GeneratedData | DrawnData) -> None:
        self.lab = lab
        self.data = prepare(data)
        self.scale = value_range(lab.spec, self.data)
        places = grid(self.data.axis_range, OUTPUT_GRID)
        self._x = torch.from_numpy(self.data.inputs_at(places)).to(lab.device)

    @property
    def view(self) -> View:
        """The view `output`, of kind `plane`."""
        options = {**plane_options(self.lab.spec, self.data, self.scale), "draw": False, "pick": False}
        return View(name="output", kind="plane", title="Output", help=OUTPUT_HELP, options=options)

    def arrays(self) -> dict[str, np.ndarray]:
        """The picture of the present answers."""
        answers = self.lab.answers(self._x)
        if on_logits(self.lab.spec):
            answers = output_activation(self.lab.spec)(answers)
        if self.data.task == "binary" and answers.shape[1] == 2:
            answers = answers[:, 1:]  # the second class alone says it all
        pixels = surface_map(answers, self.scale, OUTPUT_GRID)
        return {"output/surface": pixels if len(pixels) > 1 else pixels[0]}

    def constants(self) -> Mapping[str, np.ndarray]:
        """The samples on the plane."""
        return {
            "output/train_points": self.data.points_train,
            "output/test_points": self.data.points_test,
            "output/train_targets": self.data.y_train.astype(np.float32),
            "output/test_targets": self.data.y_test.astype(np.float32),
        }


def plane_probe(lab: LayeredLab) -> PlaneProbe | None:
    """The probe of a lab; None where its samples are no points of the plane."""
    data = lab.spec.data
    return PlaneProbe(lab, data) if isinstance(data, GeneratedData | DrawnData) else None
