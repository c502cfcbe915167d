"""An experiment in supervised learning with a network stacked layer by layer: images, tables, points."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from dlcore.networks.outputs import outputs_of
from dlcore.networks.repairs import repaired
from dlcore.networks.shapes import Walk, every_row, walk
from dlcore.networks.signal import Signal
from dlcore.networks.starting_points import STARTING_POINTS
from dlcore.networks.totals import require_within_limits
from dlcore.specs import limits
from dlcore.specs.agreement import require_batch_of_two, require_bearable_batch, require_classes, require_fitting_loss
from dlcore.specs.augmentation import AugmentationSpec
from dlcore.specs.convolutions import Conv2dLayer, ConvTransposeLayer
from dlcore.specs.data import AnyData, ImageData, Seed
from dlcore.specs.experiment import Experiment
from dlcore.specs.layers import ActivationLayer, BatchNormLayer, DropoutLayer, Layer, ResidualLayer
from dlcore.specs.spec import Spec, live
from dlcore.specs.training import TrainingSpec
from dlcore.training.initializations import AS_MADE, LAYER_INITIALIZATIONS
from dlcore.training.losses import LOSSES
from dlcore.training.rows import find

AT_ONCE = 200  # samples that go through the network together where it is measured on many


class _Asked(Spec):
    """What layers have to fit."""

    data: AnyData
    training: TrainingSpec


class Layered(Experiment):
    """Data, layers from the input to the scores, training, augmentation of images, and the seed of all that is drawn.

    `initialization`: how the weights of dense layers and convolutions start, those inside of blocks too.

    Without arguments: LeNet-5 on digits of MNIST.
    """

    version: Literal[1] = 1
    kind: Literal["layered"] = "layered"
    data: AnyData = ImageData()
    layers: tuple[Annotated[Layer, Field(discriminator="kind")], ...] = Field(
        find(STARTING_POINTS, "lenet5", "name").layers, max_length=limits.LAYERS
    )
    initialization: str = AS_MADE.name
    training: TrainingSpec = TrainingSpec.parse(
        {"loss": "cross_entropy", "optimizer": "adam", "learning_rate": 0.003, "batch_size": 32}
    )
    augmentation: AugmentationSpec = live(AugmentationSpec())
    seed: Seed = 0

    @field_validator("initialization")
    @classmethod
    def _initialization(cls, name: str) -> str:
        return find(LAYER_INITIALIZATIONS, name, "initialization").name

    @model_validator(mode="after")
    def _fits_together(self) -> Layered:
        require_fitting_loss(self.training.loss, self.data.task)
        require_classes(self.training, self.data.task)
        if self.training.dropout:
            raise ValueError(
                "training.dropout: here dropout is a layer of its own, so add one where you want it; expected 0, "
                f"received {self.training.dropout}"
            )
        if not self.has_images:
            for name in self.augmentation.active:
                raise ValueError(
                    f"augmentation.{name}: only images can be changed so, and these samples are {self.given}; "
                    f"expected 0, received {getattr(self.augmentation, name)}"
                )
        walked = self.walk
        if walked.problem is not None:
            raise ValueError(f"layers: {walked.problem.sentence.removesuffix('.')}")
        try:
            require_within_limits(walked)
        except ValueError as error:
            raise ValueError(f"layers: {str(error).removesuffix('.')}") from None
        if not walked.parameters:
            raise ValueError("layers: nothing here learns; expected a layer with weights, such as a dense one")
        require_batch_of_two(self.training, batch_norm=self.batch_norm)
        require_bearable_batch(self.batch, memory=walked.memory, multiply_adds=walked.multiply_adds)
        return self

    def adapted(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """The changes and, where other data or another loss want it, layers that remedies have fitted to them."""
        asked = _Asked(data=self.data, training=self.training).replace(
            {path: value for path, value in changes.items() if path.partition(".")[0] in _Asked.model_fields}
        )
        new = Layered.model_construct(data=asked.data, training=asked.training, layers=self.layers)
        layers = repaired(self.layers, new.given, scores=outputs_of(new))
        fitted = dict(changes)
        if "layers" not in changes and layers != self.layers:
            fitted["layers"] = [layer.as_dict() for layer in layers]
        if self.augmentation.active and not new.has_images:
            fitted["augmentation"] = {}
        return fitted

    @property
    def given(self) -> Signal:
        """One sample as the first layer gets it."""
        return Signal(shape=self.data.shape)

    @property
    def has_images(self) -> bool:
        """Whether a sample is an image."""
        return len(self.data.shape) == 3

    @functools.cached_property
    def walk(self) -> Walk:
        """What every layer gets, gives and costs."""
        return walk(self.layers, self.given, scores=outputs_of(self))

    @property
    def batch(self) -> int:
        """Samples of an update, at most."""
        size = self.training.batch_size
        return self.samples if size == "all" or self.training.full_batch else min(size, self.samples)

    @property
    def samples(self) -> int:
        """How many samples there are, for training and testing together."""
        return self.data.count

    @property
    def at_once(self) -> int:
        """Samples that go through the network together where it is measured on many, as memory allows."""
        return max(1, min(AT_ONCE, limits.BATCH_BYTES // max(self.walk.memory, 1)))

    @property
    def channels_last(self) -> bool:
        """Whether weights and images lie in memory channel beside channel, where kernels slide over images.

        Convolutions are then up to twice as fast on a CPU. Not with a 1 × 1 kernel that takes every second place: its
        backward pass of PyTorch 2.13 on the CPU (oneDNN) writes beyond its memory for fewer than 8 channels.
        """
        kernels: list[tuple[int, int]] = []
        for row in every_row(self.walk.rows):
            if isinstance(row.layer, Conv2dLayer | ConvTransposeLayer):
                kernels.append((row.layer.kernel, row.layer.stride))
            elif row.stride is not None and len(row.input.axes) == 2:
                kernels.append((1, row.stride))  # a block's projection
        return bool(kernels) and not any(kernel == 1 and stride > 1 for kernel, stride in kernels)

    @property
    def batch_norm(self) -> bool:
        """Whether a layer compares the samples of a batch."""
        return any(isinstance(layer, BatchNormLayer) for layer in self.every_layer)

    @property
    def dropout(self) -> bool:
        """Whether a layer silences values while training."""
        return any(isinstance(layer, DropoutLayer) for layer in self.every_layer)

    @property
    def every_layer(self) -> tuple[Layer, ...]:
        """All layers, with those inside of residual blocks."""
        inner = (layer.layers if isinstance(layer, ResidualLayer) else (layer,) for layer in self.layers)
        return tuple(layer for layers in inner for layer in layers)

    @property
    def output(self) -> str:
        """The activation at the end: the loss's own where it works on scores, else the last layer's, or none."""
        row = find(LOSSES, self.training.loss, "training.loss")
        usual = row.outputs[self.data.task]
        if row.logits:
            return usual[0]
        last = self.layers[-1].function if self.layers and isinstance(self.layers[-1], ActivationLayer) else "linear"
        return last if last in usual else "linear"
