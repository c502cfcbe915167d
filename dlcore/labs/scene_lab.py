"""What the labs that look at scenes share: mini-batches, measured on some scenes while it trains, on all at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar, cast

import numpy as np
import torch
from torch import Tensor, nn

from datasets.scenes import Scenes
from dlcore.explain.distribution import histogram_arrays
from dlcore.explain.filters import filter_arrays
from dlcore.explain.weight_layers import update_sizes, weight_layers
from dlcore.labs.lab import Frame, View
from dlcore.labs.mini_batch import MiniBatchLab
from dlcore.labs.trainers import make_textbook
from dlcore.networks.by_hand import set_number
from dlcore.specs.learns import Learns
from dlcore.specs.scenes import SceneExperiment
from dlcore.training.device import choose_device
from dlcore.training.scenes import prepare_scenes

AT_ONCE = 100  # scenes that go through the network together where it is measured on many
MEASURED = 400_000_000  # multiply-adds that a frame may take to measure the network on scenes of both parts
LEAST, MOST = 16, 64  # scenes of a part that a frame measures
GALLERY = 12  # test scenes that are shown

S = TypeVar("S", bound=SceneExperiment)


class SceneLab(MiniBatchLab, Generic[S]):
    """Mini-batch training of a network that looks at scenes, one update a step.

    A lab says what its network is (`build`), its loss (`make_loss`), what the loss compares outputs with (`targets`),
    how good outputs are (`scores`), and what is to be seen of them (`picture`, `views`).
    """

    views: tuple[View, ...]

    def __init__(self, spec: S) -> None:
        torch.manual_seed(spec.seed)
        self.spec = spec
        self.device = choose_device(spec.training.device)
        self.parts: dict[str, Scenes] = dict(zip(("train", "test"), prepare_scenes(spec.data), strict=True))
        self.x = {part: torch.from_numpy(scenes.images).to(self.device) for part, scenes in self.parts.items()}
        self.y = {part: self.targets(scenes).to(self.device) for part, scenes in self.parts.items()}

        network: Any = self.build().to(self.device)
        network.to(memory_format=torch.channels_last)  # convolutions are faster so
        self.loss = self.make_loss()
        trainer = make_textbook(_learns(spec), network, self.x["train"], self.y["train"], self.loss)
        super().__init__(trainer, spec.training)
        self.layers = weight_layers(network)
        most = min(max(MEASURED // (2 * spec.multiply_adds), LEAST), MOST)
        self.sizes = {part: min(most, len(x)) for part, x in self.x.items()}
        self._everything: tuple[int, dict[str, Tensor]] | None = None  # after so many updates: outputs of all scenes

    # What a lab says

    def build(self) -> nn.Module:
        """The network, drawn from PyTorch's global generator."""
        raise NotImplementedError

    def make_loss(self) -> nn.Module:
        """(outputs, targets) -> a scalar."""
        raise NotImplementedError

    def targets(self, scenes: Scenes) -> Tensor:
        """What the loss compares the outputs of the network with, (n, …)."""
        raise NotImplementedError

    def scores(self, part: str, outputs: Tensor) -> dict[str, float]:
        """`<part>_…`: how good outputs (n, …) are for the first n scenes of a part; other names belong to test."""
        raise NotImplementedError

    def picture(self, outputs: Tensor) -> dict[str, np.ndarray]:
        """What is drawn of the outputs (n, …) for the first n test scenes."""
        raise NotImplementedError

    def more_arrays(self, watched: frozenset[str], test_outputs: Tensor) -> dict[str, np.ndarray]:
        """The arrays of watched views that only this lab has."""
        return {}

    # What all of them do

    @property
    def network(self) -> nn.Module:
        """The network that learns."""
        return self.trainer.network

    @torch.no_grad()
    def answers(self, x: Tensor) -> Tensor:
        """What the network says of scenes x (n, 1, h, w), in evaluation mode, some at a time."""
        self.network.eval()
        return torch.cat([self.network(part) for part in torch.split(x, AT_ONCE)])

    def loss_on(self, part: str) -> float:
        """The loss on all of a part, train or test, in evaluation mode."""
        value: float = self.loss(self.answers(self.x[part]), self.y[part]).item()
        return value

    @torch.no_grad()
    def frame(self, watched: frozenset[str] = frozenset()) -> Frame:
        """The present: losses and scores, norms a layer, and the arrays of the watched views."""
        self.settle()
        ended = self.ended_at == self.steps
        outputs = self._outputs_of_all() if ended else self._outputs_of_some()
        metrics: dict[str, float] = {}
        for part, said in outputs.items():
            metrics[f"{part}_loss"] = self.loss(said, self.y[part][: len(said)]).item()
            metrics |= self.scores(part, said)
        metrics["learning_rate"] = self.learning_rate
        weights = [layer.weight for layer in self.layers]
        before = [self.trainer.before[layer.place] for layer in self.layers]
        metrics |= update_sizes([layer.name for layer in self.layers], weights, before)
        return Frame(step=self.steps, epoch=self.epoch, metrics=metrics, arrays=self._arrays(watched, outputs["test"]))

    def _outputs_of_some(self) -> dict[str, Tensor]:
        said = self.answers(torch.cat([x[: self.sizes[part]] for part, x in self.x.items()]))
        return dict(zip(self.x, torch.split(said, list(self.sizes.values())), strict=True))

    def _outputs_of_all(self) -> dict[str, Tensor]:
        if self._everything is None or self._everything[0] != self.steps:
            self._everything = self.steps, {part: self.answers(x) for part, x in self.x.items()}
        return self._everything[1]

    def _arrays(self, watched: frozenset[str], test_outputs: Tensor) -> dict[str, np.ndarray]:
        found: dict[str, dict[str, np.ndarray]] = {}
        weights = [layer.weight for layer in self.layers]
        if "scene" in watched:
            found["scene"] = self.picture(test_outputs[:GALLERY])
        if "filters" in watched:
            found["filters"] = filter_arrays(self.layers)
        if "weights" in watched:
            found["weights"] = histogram_arrays(weights)
        if "gradients" in watched:
            found["gradients"] = histogram_arrays([weight.grad for weight in weights if weight.grad is not None])
        arrays = {f"{view}/{name}": array for view, named in found.items() for name, array in named.items()}
        return arrays | self.more_arrays(watched, test_outputs)

    def constants(self) -> Mapping[str, np.ndarray]:
        """The test scenes that are shown, and what is in them."""
        test = self.parts["test"]
        return {
            "scene/images": np.round(255 * test.images[:GALLERY]).astype(np.uint8),
            "scene/boxes": test.boxes[:GALLERY].astype(np.float32),
            "scene/kinds": test.kinds[:GALLERY].astype(np.int32),
            "scene/masks": test.masks[:GALLERY],
        }

    def change(self, spec: S) -> None:
        """Use another learning rate, batch size … from the next update on."""
        self.go_on_with(spec)
        self.spec = spec

    def edit(self, parameter: str, index: tuple[int, ...], value: float) -> None:
        """Set one number by hand: "weight/<k>" or "bias/<k>" of the k-th layer that has weights, counted from 0."""
        self.settle()
        set_number([layer.module for layer in self.layers], parameter, index, value)
        self.forget()

    def forget(self) -> None:
        """Measure anew: the weights are others."""
        self._everything = None

    def look(self, **options: Any) -> None:
        """All shown scenes come with every frame; there is nothing to choose. Raises: ValueError."""
        if options:
            raise ValueError(f"look: expected no options here; received {', '.join(options)}")


def _learns(spec: SceneExperiment) -> Learns:
    """The spec as a trainer knows it: of one that brings its own loss it reads `training` and `batch_norm` alone."""
    return cast("Learns", spec)
