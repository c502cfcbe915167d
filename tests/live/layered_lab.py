"""A real network of stacked layers with every kind that has maps, and its views and frames as a browser gets them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from single_view import Arrays

from dlcore.labs.layered import LayeredLab
from dlcore.specs.layered import Layered

DATA = {"kind": "images", "name": "digits", "samples": 200}
EVERY_KIND = [
    {"kind": "conv2d", "channels": 6, "kernel": 3, "padding": 2, "dilation": 2},
    {"kind": "batch_norm"},
    {"kind": "activation", "function": "gelu"},
    {"kind": "conv2d", "channels": 4, "kernel": 3, "stride": 2, "padding": 1, "groups": 2},
    {"kind": "layer_norm"},
    {"kind": "conv_transpose", "channels": 3, "kernel": 3, "stride": 2, "padding": 1, "output_padding": 1},
    {"kind": "upsample", "factor": 2, "mode": "linear"},
    {"kind": "avg_pool", "kernel": 3, "stride": 2, "padding": 1},
    {"kind": "residual", "layers": [{"kind": "conv2d", "channels": 5, "padding": "same"}], "shortcut": "projection"},
    {"kind": "upsample", "factor": 2, "mode": "nearest"},
    {"kind": "max_pool", "kernel": 3, "stride": 2, "padding": 1},
    {"kind": "dropout"},
    {"kind": "flatten"},
    {"kind": "dense", "units": 12},
    {"kind": "activation", "function": "elu"},
    {"kind": "dense", "units": 10},
]


class LiveLab:
    """A lab after a few updates: `view(name)`, `constants`, `arrays(names)`; `lab` itself is the oracle."""

    def __init__(
        self,
        layers: list[dict[str, Any]] = EVERY_KIND,
        updates: int = 3,
        data: dict[str, Any] = DATA,
        loss: str = "cross_entropy",
    ) -> None:
        training = {"loss": loss, "learning_rate": 0.1}
        self.lab = LayeredLab(Layered.parse({"data": data, "layers": layers, "training": training}))
        for _ in range(updates):
            self.lab.step()
        self.constants: Arrays = {name: np.asarray(value) for name, value in self.lab.constants().items()}

    def view(self, name: str) -> dict[str, Any]:
        return asdict(next(view for view in self.lab.views if view.name == name))

    @property
    def layers(self) -> list[dict[str, Any]]:
        """The layers of the maps, from input to output."""
        found: list[dict[str, Any]] = self.view("maps")["options"]["layers"]
        return found

    def arrays(self, *names: str) -> Arrays:
        return {key: np.ascontiguousarray(a) for key, a in self.lab.frame(frozenset(names)).arrays.items()}
