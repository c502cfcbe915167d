"""Looking inside a network that learns from samples: the numbers and arrays of a frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from dlcore.explain.distribution import histogram
from dlcore.explain.layers import LayerOutput, dead_share, layer_outputs, saturated_share
from dlcore.explain.plane import HEIGHT_GRID, OUTPUT_GRID, UNIT_GRID, grid, surface_map, unit_maps
from dlcore.explain.scores import confusion
from dlcore.networks.build import output_activation
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.rows import find
from dlcore.training.targets import decode

if TYPE_CHECKING:
    from dlcore.labs.supervised import SupervisedLab


class Probes:
    """The probes of one supervised lab; they read the network and change nothing."""

    def __init__(self, lab: SupervisedLab, sample: tuple[str, int] = ("train", 0)) -> None:
        self.lab = lab
        self.sample = sample
        self.names = [name for name, module in lab.network.named_children() if isinstance(module, nn.Linear)]
        self.linears = [module for module in lab.network if isinstance(module, nn.Linear)]
        self.scale = _value_range(lab)
        self._inputs: dict[int, torch.Tensor] = {}
        self._hidden_at, self._hidden_layers = -1, list[LayerOutput]()

    def look(self, *, sample: int | None = None, part: str = "train") -> None:
        """Choose the sample whose activations are shown. Raises: ValueError: there is no such sample."""
        if sample is None:
            return
        sizes = {"train": len(self.lab.x_train), "test": len(self.lab.x_test)}
        if part not in sizes:
            raise ValueError(f"part: expected train or test; received {part!r}")
        if not isinstance(sample, int) or not 0 <= sample < sizes[part]:
            raise ValueError(f"sample: expected 0 … {sizes[part] - 1} of the {part} part; received {sample!r}")
        self.sample = (part, sample)

    def metrics(self, watched: frozenset[str]) -> dict[str, float]:
        """Numbers a layer: length of the gradient, size of the last update against the weights, flat and dead units."""
        found = self._updates()
        if "activations" in watched:
            for layer in self._hidden():
                found[f"saturated/{layer.name}"] = saturated_share(layer.activation, layer.z)
                found[f"dead/{layer.name}"] = dead_share(layer.activation, layer.z)
        return found

    def _updates(self) -> dict[str, float]:
        if self.linears[0].weight.grad is None:
            return {}
        weights = [linear.weight for linear in self.linears]
        by_id = {id(p): old for p, old in zip(self.lab.network.parameters(), self.lab.trainer.before, strict=True)}
        before = [by_id[id(weight)] for weight in weights]
        with torch.no_grad():
            gradient = torch._foreach_norm([w.grad for w in weights if w.grad is not None])
            moved = torch._foreach_norm(torch._foreach_sub(weights, before))
            size = torch._foreach_norm(before)
            rows = torch.stack([torch.stack(gradient), torch.stack(moved), torch.stack(size)]).tolist()
        found = {f"gradient_norm/{name}": value for name, value in zip(self.names, rows[0], strict=True)}
        for name, step, length in zip(self.names, rows[1], rows[2], strict=True):
            if length > 0:
                found[f"update_ratio/{name}"] = step / length
        return found

    def arrays(self, watched: frozenset[str]) -> dict[str, np.ndarray]:
        """The arrays of the watched views."""
        probes = {
            "network": self._network,
            "output": self._output,
            "output_3d": self._output_3d,
            "confusion": self._confusion,
            "weights": self._weights,
            "gradients": self._gradients,
            "activations": self._activations,
        }
        found: dict[str, np.ndarray] = {}
        with torch.no_grad():
            for name, probe in probes.items():
                if name in watched:
                    found.update({f"{name}/{array}": value for array, value in probe().items()})
        return found

    def constants(self) -> Mapping[str, np.ndarray]:
        """The samples on the plot plane, and the pictures of the inputs."""
        data = self.lab.data
        found = {
            "output/train_points": data.points_train,
            "output/test_points": data.points_test,
            "output/train_targets": data.y_train.astype(np.float32),
            "output/test_targets": data.y_test.astype(np.float32),
        }
        for number in range(max(len(data.classes), 1)):
            chosen = data.y_train == number if data.classes else np.ones(len(data.y_train), dtype=bool)
            found[f"output_3d/x1/{number}"] = data.points_train[chosen, 0]
            found[f"output_3d/x2/{number}"] = data.points_train[chosen, 1]
            found[f"output_3d/height/{number}"] = self._heights(number, data.y_train[chosen])
        if data.planar:
            pixels, scale = unit_maps(self._grid_inputs(UNIT_GRID), UNIT_GRID)
            found |= {"network/unit/0": pixels, "network/unit_scale/0": scale}
        return found

    def _heights(self, number: int, targets: np.ndarray) -> np.ndarray:
        """How high the samples of a class stand: at their value, or at the end of the scale that means their class."""
        if not self.lab.data.classes:
            return targets.astype(np.float32)
        top = self.scale[1] if number or len(self.lab.data.classes) > 2 else self.scale[0]
        return np.full(len(targets), top, dtype=np.float32)

    def _grid_inputs(self, side: int) -> torch.Tensor:
        if side not in self._inputs:
            points = grid(self.lab.data.axis_range, side)
            self._inputs[side] = torch.from_numpy(self.lab.data.inputs_at(points)).to(self.lab.device)
        return self._inputs[side]

    def _layers(self, x: torch.Tensor) -> list[LayerOutput]:
        return layer_outputs(self.lab.network, output_activation(self.lab.spec), x)

    def _hidden(self) -> list[LayerOutput]:
        if self._hidden_at != self.lab.steps:
            self._hidden_at, self._hidden_layers = self.lab.steps, self._layers(self.lab.x_train)[:-1]
        return self._hidden_layers

    def _network(self) -> dict[str, np.ndarray]:
        found: dict[str, np.ndarray] = {}
        for number, linear in enumerate(self.linears):
            for kind in ("weight", "bias"):
                parameter = getattr(linear, kind)
                if parameter is None:
                    continue
                found[f"{kind}/{number}"] = _numpy(parameter)
                if parameter.grad is not None:
                    found[f"{kind}_gradient/{number}"] = _numpy(parameter.grad)
        if self.lab.data.planar:
            for number, layer in enumerate(self._layers(self._grid_inputs(UNIT_GRID)), start=1):
                found[f"unit/{number}"], found[f"unit_scale/{number}"] = unit_maps(layer.a, UNIT_GRID)
        else:
            part, number = self.sample
            x = (self.lab.x_train if part == "train" else self.lab.x_test)[number : number + 1]
            found["activation/0"] = _numpy(x[0])
            for layer_number, layer in enumerate(self._layers(x), start=1):
                found[f"activation/{layer_number}"] = _numpy(layer.a[0])
        return found

    def _answers(self, side: int) -> torch.Tensor:
        answers = self.lab.predict(self._grid_inputs(side))
        # two softmax outputs say the same thing twice; the second class alone is the picture of a two-class problem
        return answers[:, 1:] if self.lab.data.task == "binary" and answers.shape[1] == 2 else answers

    def _output(self) -> dict[str, np.ndarray]:
        pixels = surface_map(self._answers(OUTPUT_GRID), self.scale, OUTPUT_GRID)
        return {"surface": pixels if len(pixels) > 1 else pixels[0]}

    def _output_3d(self) -> dict[str, np.ndarray]:
        heights = _numpy(self._answers(HEIGHT_GRID).T.reshape(-1, HEIGHT_GRID, HEIGHT_GRID))
        return {"heights": heights if len(heights) > 1 else heights[0]}

    def _confusion(self) -> dict[str, np.ndarray]:
        lab = self.lab
        if not lab.data.classes:
            return {}
        lab.network.eval()
        predicted = decode(lab.network(lab.x_test), lab.spec)
        return {"counts": confusion(predicted, lab.y_test, len(lab.data.classes))}

    def _weights(self) -> dict[str, np.ndarray]:
        return _histograms([linear.weight for linear in self.linears])

    def _gradients(self) -> dict[str, np.ndarray]:
        return _histograms([linear.weight.grad for linear in self.linears if linear.weight.grad is not None])

    def _activations(self) -> dict[str, np.ndarray]:
        return _histograms([layer.a for layer in self._hidden()])


def _numpy(tensor: torch.Tensor) -> np.ndarray:
    array: np.ndarray = tensor.detach().float().cpu().numpy()
    return array.copy()  # the tensor goes on changing


def _histograms(tensors: list[torch.Tensor]) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for number, tensor in enumerate(tensors):
        found[f"edges/{number}"], found[f"counts/{number}"] = histogram(tensor)
    return found


def _value_range(lab: SupervisedLab) -> tuple[float, float]:
    if lab.data.classes:
        low = find(ACTIVATIONS, lab.spec.output, "output").range[0]
        signed = lab.data.task == "binary" and low != 0.0
        return (-1.0, 1.0) if signed else (0.0, 1.0)
    return lab.data.target_range
