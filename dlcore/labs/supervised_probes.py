"""Looking inside a network that learns from samples: the numbers and arrays of a frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from dlcore.explain.answers import Answers, Inputs
from dlcore.explain.bends import bend_arrays
from dlcore.explain.distribution import histogram_arrays
from dlcore.explain.layers import LayerOutput, layers_of, saturated_and_dead
from dlcore.explain.plane import HEIGHT_GRID, OUTPUT_GRID, UNIT_GRID, grid, surface_map, unit_maps
from dlcore.explain.scores import confusion
from dlcore.explain.weight_layers import update_sizes
from dlcore.specs.learns import Learns
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.prepare import Prepared
from dlcore.training.rows import find

if TYPE_CHECKING:
    from dlcore.labs.supervised import SupervisedLab

GRIDS = {"network": UNIT_GRID, "output": OUTPUT_GRID, "output_3d": HEIGHT_GRID}  # views of the plane, points a side

MASKED = 12  # samples of the last batch whose dropout is shown, at most


class Probes:
    """The probes of one supervised lab; they read the network and change nothing."""

    def __init__(self, lab: SupervisedLab, sample: tuple[str, int] = ("train", 0)) -> None:
        self.lab = lab
        self.sample = sample
        self._look_through(lab.network)
        self.scale = value_range(lab.spec, lab.data)
        self._inputs: dict[frozenset[str], Inputs] = {}  # for no grid, and for those that were watched last

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

    def _look_through(self, network: nn.Sequential) -> None:
        spec = self.lab.spec
        self._network_seen = network
        self.layers = layers_of(network, [*(layer.activation for layer in spec.network.layers), spec.output])
        self.names = [layer.name for layer in self.layers]
        self.weights = [layer.weight for layer in self.layers]
        place = {id(parameter): number for number, parameter in enumerate(network.parameters())}
        self._places = [place[id(weight)] for weight in self.weights]  # of the weights among all parameters

    def answers(self, watched: frozenset[str] = frozenset()) -> Answers:
        """What the network answers now: for the "samples", training ones first, and the grids of the watched views."""
        lab, network = self.lab, self.lab.network  # asking for it lays the present numbers out in its parameters
        if network is not self._network_seen:
            self._look_through(network)
        # without the plane, the network shows one of the samples
        grids = frozenset(view for view in GRIDS if view in watched and (view != "network" or lab.data.planar))
        if grids not in self._inputs:
            samples = torch.cat([lab.x_train, lab.x_test])
            made = Inputs({"samples": samples} | {view: self._on_grid(GRIDS[view]) for view in grids})
            self._inputs = {kept: inputs for kept, inputs in self._inputs.items() if not kept} | {grids: made}
        return Answers(self.layers, self._inputs[grids])

    def metrics(self, watched: frozenset[str], answers: Answers) -> dict[str, float]:
        """Numbers a layer: length of the gradient, size of the last update against the weights, flat and dead units."""
        before = self.lab.trainer.before
        found = update_sizes(self.names, self.weights, [before[place] for place in self._places])
        if watched & {"activations", "preactivations"}:
            shares = saturated_and_dead(self._hidden(answers))
            for name, (saturated, dead) in zip(self.names[:-1], shares, strict=True):
                found[f"saturated/{name}"], found[f"dead/{name}"] = saturated, dead
        return found

    def arrays(self, watched: frozenset[str], answers: Answers) -> dict[str, np.ndarray]:
        """The arrays of the watched views."""
        probes = {
            "network": self._network,
            "output": self._output,
            "output_3d": self._output_3d,
            "confusion": self._confusion,
            "weights": self._weights,
            "gradients": self._gradients,
            "activations": self._activations,
            "preactivations": self._preactivations,
            "dropout": self._dropout,
        }
        found: dict[str, np.ndarray] = {}
        with torch.no_grad():
            for name, probe in probes.items():
                if name in watched:
                    found.update({f"{name}/{array}": value for array, value in probe(answers).items()})
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
            pixels, scale = unit_maps(self._on_grid(UNIT_GRID), UNIT_GRID)
            found |= {"network/unit/0": pixels, "network/unit_scale/0": scale}
        return found | {f"preactivations/{name}": array for name, array in bend_arrays(self.layers[:-1]).items()}

    def _heights(self, number: int, targets: np.ndarray) -> np.ndarray:
        """How high the samples of a class stand: at their value, or at the end of the scale that means their class."""
        if not self.lab.data.classes:
            return targets.astype(np.float32)
        top = self.scale[1] if number or len(self.lab.data.classes) > 2 else self.scale[0]
        return np.full(len(targets), top, dtype=np.float32)

    def _on_grid(self, side: int) -> torch.Tensor:
        """The network's inputs (side*side, inputs) at the points of a grid over the plane."""
        points = grid(self.lab.data.axis_range, side)
        return torch.from_numpy(self.lab.data.inputs_at(points)).to(self.lab.device)

    def _network(self, answers: Answers) -> dict[str, np.ndarray]:
        found: dict[str, np.ndarray] = {}
        for number, layer in enumerate(self.layers):
            for kind, parameter in (("weight", layer.weight), ("bias", layer.bias)):
                found[f"{kind}/{number}"] = _numpy(parameter)
                if parameter.grad is not None:
                    found[f"{kind}_gradient/{number}"] = _numpy(parameter.grad)
        if self.lab.data.planar:
            # the units of all layers in one go
            pixels, scale = unit_maps(torch.cat([output.a for output in answers.of("network")]).T, UNIT_GRID)
            end = 0
            for number, weight in enumerate(self.weights, start=1):
                begin, end = end, end + len(weight)
                found[f"unit/{number}"], found[f"unit_scale/{number}"] = pixels[begin:end], scale[begin:end]
        else:
            part, number = self.sample
            found["activation/0"] = _numpy((self.lab.x_train if part == "train" else self.lab.x_test)[number])
            column = number if part == "train" else len(self.lab.x_train) + number
            for layer_number, output in enumerate(answers.of("samples"), start=1):
                found[f"activation/{layer_number}"] = _numpy(output.a[:, column])
        return found

    def _predictions(self, answers: Answers, view: str) -> torch.Tensor:
        """What is drawn on the grid of a view: predictions (outputs, side*side)."""
        a = answers.last(view).a
        # two softmax outputs say the same thing twice; the second class alone is the picture of a two-class problem
        return a[1:] if self.lab.data.task == "binary" and len(a) == 2 else a

    def _output(self, answers: Answers) -> dict[str, np.ndarray]:
        pixels = surface_map(self._predictions(answers, "output").T, self.scale, OUTPUT_GRID)
        return {"surface": pixels if len(pixels) > 1 else pixels[0]}

    def _output_3d(self, answers: Answers) -> dict[str, np.ndarray]:
        heights = _numpy(self._predictions(answers, "output_3d").reshape(-1, HEIGHT_GRID, HEIGHT_GRID))
        return {"heights": heights if len(heights) > 1 else heights[0]}

    def _confusion(self, answers: Answers) -> dict[str, np.ndarray]:
        lab = self.lab
        predicted = lab.evaluation(answers).test_classes
        return {} if predicted is None else {"counts": confusion(predicted, lab.y_test, len(lab.data.classes))}

    def _weights(self, answers: Answers) -> dict[str, np.ndarray]:
        return histogram_arrays(self.weights)

    def _gradients(self, answers: Answers) -> dict[str, np.ndarray]:
        return histogram_arrays([weight.grad for weight in self.weights if weight.grad is not None])

    def _activations(self, answers: Answers) -> dict[str, np.ndarray]:
        return histogram_arrays([output.a for output in self._hidden(answers)])

    def _preactivations(self, answers: Answers) -> dict[str, np.ndarray]:
        return histogram_arrays([output.z for output in self._hidden(answers)])

    def _dropout(self, answers: Answers) -> dict[str, np.ndarray]:
        masks = [mask[:MASKED] > 0 for mask in self.lab.trainer.masks]
        return {f"mask/{number}": _numpy(mask.to(torch.uint8)) for number, mask in enumerate(masks)}

    def _hidden(self, answers: Answers) -> list[LayerOutput]:
        """What the hidden layers make of the training samples."""
        return [output.of(slice(len(self.lab.x_train))) for output in answers.of("samples")[:-1]]


def _numpy(tensor: torch.Tensor) -> np.ndarray:
    array: np.ndarray = tensor.numpy(force=True)
    return array.copy()  # the tensor goes on changing


def value_range(spec: Learns, data: Prepared) -> tuple[float, float]:
    """The values at the two ends of the output's colours."""
    if data.classes:
        low = find(ACTIVATIONS, spec.output, "output").range[0]
        signed = data.task == "binary" and low != 0.0
        return (-1.0, 1.0) if signed else (0.0, 1.0)
    return data.target_range
