"""Looking inside a stack of layers: the numbers and arrays of a frame, all from one forward pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor

from dlcore.explain.distribution import histogram_arrays
from dlcore.explain.exact import exact_arrays, modules_of
from dlcore.explain.maps import flat_shares, map_pixels
from dlcore.explain.recording import Recorded, record
from dlcore.explain.weight_layers import WeightLayer, update_sizes, weight_layers
from dlcore.labs.layered_choice import Choice, Offer
from dlcore.labs.layered_images import ImageProbes
from dlcore.networks.build import output_activation
from dlcore.networks.outputs import on_logits
from dlcore.networks.shapes import Row
from dlcore.specs import limits
from dlcore.specs.layers import ActivationLayer, DenseLayer, DropoutLayer, FlattenLayer

if TYPE_CHECKING:
    from dlcore.labs.layered import LayeredLab

MEASURED = 40_000_000  # multiply-adds that a frame may take to measure the network on samples of both parts
LEAST = 20  # samples of a part, at least, where memory allows
HISTOGRAM_SAMPLES = 32  # training samples whose activations are counted
CHANNELS, VALUES = 32, 256  # maps of a layer that are shown, and values of a layer without maps
CHOICES = 20  # test images to choose from
OWN_IMAGE = 2  # in `chosen`, where 0 stands for the train and 1 for the test part


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One forward pass: the chosen sample's outputs (1, outputs), those of the two samples, and what modules gave."""

    chosen: Tensor
    train: Tensor
    test: Tensor
    kept: dict[str, Recorded]


class LayeredProbes:
    """The probes of one lab of stacked layers; they read the network and change nothing."""

    def __init__(self, lab: LayeredLab) -> None:
        self.lab = lab
        self.choice = Choice()
        walked = lab.spec.walk
        self.shown = tuple(row for row in _inside_out(walked.rows) if not isinstance(row.layer, _UNSEEN))
        self.offer = Offer(
            parts={"train": len(lab.x_train), "test": len(lab.x_test)},
            shape=lab.spec.given.shape,
            layers={row.name: row.output.shape[0] for row in self.shown},
        )
        self.bends = tuple(
            (row, row.layer.function)
            for row in _inside_out(walked.rows)
            if isinstance(row.layer, ActivationLayer) and row.layer.function != "linear"
        )
        self.images = ImageProbes(lab, self.shown)
        self.weights = weight_layers(lab.network)
        self.filters = tuple(layer for layer in self.weights if self._kernels(layer) is not None)
        affordable = max(MEASURED // (2 * max(walked.multiply_adds, 1)), LEAST)
        bearable = max(limits.BATCH_BYTES // (2 * max(walked.memory, 1)), 1)
        most = min(affordable, bearable)
        self.sizes = {"train": min(most, len(lab.x_train)), "test": min(most, len(lab.x_test))}
        self._x = torch.cat([lab.x_test[:1], lab.x_train[: self.sizes["train"]], lab.x_test[: self.sizes["test"]]])

    def look(self, **options: Any) -> None:
        """Choose what the maps show (`layered_choice.Offer.choose`), or other views (`ImageProbes.look`).

        Raises: ValueError: there is no such thing.
        """
        self.images.look(**{name: options.pop(name) for name in _OF_IMAGES & options.keys()})
        self.choice = choice = self.offer.choose(self.choice, **options)
        parts = {"train": self.lab.x_train, "test": self.lab.x_test}
        own = choice.image
        self._x[0] = parts[choice.part][choice.sample] if own is None else torch.from_numpy(own).to(self._x)

    def see(self, watched: frozenset[str]) -> Seen:
        """Send the chosen sample and the samples of both parts through the network, and keep what views want."""
        names = self._names(watched)
        if "activations" in watched:
            names |= {row.name for row, _ in self.bends}
        rows = 1 + HISTOGRAM_SAMPLES if "activations" in watched else 1
        outputs, kept = record(self.lab.network, self._x, names, rows=min(rows, 1 + self.sizes["train"]))
        chosen, train, test = torch.split(outputs, [1, self.sizes["train"], self.sizes["test"]])
        return Seen(chosen, train, test, kept)

    def glance(self, watched: frozenset[str]) -> dict[str, np.ndarray] | None:
        """The arrays of the watched views, for which the chosen sample alone goes through the network; None: not so."""
        curves = {view.name for view in self.lab.views if view.kind == "curve"}
        if not watched - curves <= _WITHOUT_SAMPLES or self.lab.ended_at is not None:
            return None
        nothing = torch.empty(0)
        names = self._names(watched)
        chosen, kept = record(self.lab.network, self._x[:1], names) if names else (nothing, {})
        return self.arrays(watched, Seen(chosen, nothing, nothing, kept), nothing)

    def _names(self, watched: frozenset[str]) -> set[str]:
        """The modules of which the maps want to know what they gave."""
        if "maps" not in watched:
            return set()
        exact = self.choice.exact
        inside = modules_of(exact, self.lab.network.get_submodule(exact)) if exact else ()
        return {row.name for row in self.shown} | set(inside)

    def metrics(self, watched: frozenset[str], seen: Seen) -> dict[str, float]:
        """Numbers a layer: length of the gradient, size of the last update against the weights, flat and dead units."""
        before = self.lab.trainer.before
        found = update_sizes(
            [layer.name for layer in self.weights],
            [layer.weight for layer in self.weights],
            [before[layer.place] for layer in self.weights],
        )
        if "activations" in watched:
            for row, function in self.bends:
                kept = seen.kept[row.name]
                saturated, dead = flat_shares(function, kept.input[1:], kept.output[1:])
                found[f"saturated/{row.name}"], found[f"dead/{row.name}"] = saturated, dead
        return found

    def arrays(self, watched: frozenset[str], seen: Seen, test_outputs: Tensor) -> dict[str, np.ndarray]:
        """The arrays of the watched views; `test_outputs` are those of the first test samples, or of all."""
        found: dict[str, dict[str, np.ndarray]] = {}
        if "maps" in watched:
            found["maps"] = self._maps(seen)
        if "filters" in watched:
            found["filters"] = self._filters()
        if "weights" in watched:
            found["weights"] = histogram_arrays([layer.weight for layer in self.weights])
        if "gradients" in watched:
            gradients = [layer.weight.grad for layer in self.weights if layer.weight.grad is not None]
            found["gradients"] = histogram_arrays(gradients)
        if "activations" in watched:
            found["activations"] = histogram_arrays([seen.kept[row.name].output[1:] for row, _ in self.bends])
        found |= self.images.arrays(watched, test_outputs)
        return {f"{view}/{name}": array for view, arrays in found.items() for name, array in arrays.items()}

    def constants(self) -> Mapping[str, np.ndarray]:
        """The first test images, small enough to be sent, and their classes."""
        if not self.lab.spec.has_images:
            return {}
        images, labels = self.lab.data.x_test[:CHOICES], self.lab.data.y_test[:CHOICES]
        return {
            "maps/choices": np.round(255 * images).astype(np.uint8),
            "maps/choice_labels": labels.astype(np.int32),
        }

    # What single views show

    def _maps(self, seen: Seen) -> dict[str, np.ndarray]:
        lab, choice = self.lab, self.choice
        found = {"input": _numpy(self._x[0]), "scores": _numpy(torch.nan_to_num(seen.chosen[0]))}
        part = OWN_IMAGE if choice.image is not None else list(self.offer.parts).index(choice.part)
        found["chosen"] = np.array([part, choice.sample], dtype=np.int32)
        if choice.image is None:
            y = (lab.y_train if choice.part == "train" else lab.y_test)[choice.sample]
            found["target"] = _numpy(y.float().reshape(1))
        if on_logits(lab.spec):
            found["probabilities"] = _numpy(torch.nan_to_num(output_activation(lab.spec)(seen.chosen)[0]))
        if choice.exact:
            found |= self._exact(seen)
        if choice.sends_gradients:
            given, *gradients = self._gradients()
            found["input_gradient"] = _numpy(torch.nan_to_num(given))
            return found | _pictures("gradient", gradients)
        return found | _pictures("map", [seen.kept[row.name].output[0] for row in self.shown])

    def _exact(self, seen: Seen) -> dict[str, np.ndarray]:
        name, unit = self.choice.exact, self.choice.unit
        found = exact_arrays(name, self.lab.network.get_submodule(name), seen.kept, unit)
        place = list(self.offer.layers).index(name)
        return {f"exact_{key}": array for key, array in found.items()} | {
            "exact_unit": np.array([place, unit], dtype=np.int32)
        }

    def _gradients(self) -> list[Tensor]:
        """Of the chosen sample's loss, with respect to the input and to what each shown layer gives."""
        lab, choice = self.lab, self.choice
        targets = lab.targets_train if choice.part == "train" else lab.targets_test
        with torch.enable_grad():
            x = self._x[:1].clone().requires_grad_()
            output, kept = record(lab.network, x, [row.name for row in self.shown])
            loss = lab.loss(output, targets[choice.sample : choice.sample + 1])
            found = torch.autograd.grad(loss, [x, *(kept[row.name].output for row in self.shown)])
        return [gradient[0] for gradient in found]

    def _filters(self) -> dict[str, np.ndarray]:
        found: dict[str, np.ndarray] = {}
        for number, layer in enumerate(self.filters):
            kernels = self._kernels(layer)
            assert kernels is not None  # that is how they were chosen
            found[f"weight/{number}"] = _numpy(kernels[:CHANNELS, :CHANNELS])
            bias = getattr(layer.module, "bias", None)
            if bias is not None:
                found[f"bias/{number}"] = _numpy(bias[:CHANNELS])
        return found

    def _kernels(self, layer: WeightLayer) -> Tensor | None:
        """Weights as pictures, (outputs, inputs, …): a convolution's, or those of a dense layer that sees the image."""
        if layer.weight.dim() > 2:
            return layer.weight
        given, row = self.lab.spec.given, self._row(layer.name)
        sees_image = given.axes and row is not None and isinstance(row.layer, DenseLayer)
        before = self.lab.spec.layers[: row.path[0]] if row is not None else ()
        if sees_image and all(isinstance(other, _UNSEEN) for other in before):
            return layer.weight.reshape(-1, *given.shape)
        return None

    def _row(self, name: str) -> Row | None:
        return next((row for row in self.shown if row.name == name), None)


_OF_IMAGES = {"likes", "thorough", "cell"}  # what `ImageProbes.look` takes
_WITHOUT_SAMPLES = {"maps", "filters", "weights", "gradients"}  # views that need none but the chosen one
_UNSEEN = (DropoutLayer, FlattenLayer)  # layers that give what they get, as far as one sees


def _inside_out(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows in the order in which their outputs are there: a block comes after its inner layers."""
    for row in rows:
        yield from _inside_out(row.inner)
        yield row


def _pictures(name: str, tensors: Iterable[Tensor]) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    scales = []
    for number, tensor in enumerate(tensors):
        shown = map_pixels(tensor[: CHANNELS if tensor.dim() > 1 else VALUES])
        scales.append(0.0 if shown is None else shown[1])
        if shown is not None:
            found[f"{name}/{number}"] = shown[0]
    return found | {f"{name}_scale": np.array(scales, dtype=np.float32)}


def _numpy(tensor: Tensor) -> np.ndarray:
    array: np.ndarray = tensor.numpy(force=True)
    return np.array(array, dtype=np.float32, order="C")  # a copy, row by row: the tensor goes on changing
