"""The layers that a learner stacks, one frozen spec a kind; a network is a tuple of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from dlcore.specs import limits
from dlcore.specs.convolutions import Conv1dLayer, Conv2dLayer, ConvTransposeLayer
from dlcore.specs.pooling import AvgPoolLayer, GlobalAvgPoolLayer, MaxPoolLayer, UpsampleLayer
from dlcore.specs.spec import Spec, live
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.rows import find


class DenseLayer(Spec):
    """Every unit sees every input: `y = W x + b`; takes inputs in one row, so maps are flattened before."""

    kind: Literal["dense"] = "dense"
    units: int = Field(32, ge=1, le=limits.LAYER_UNITS)


class FlattenLayer(Spec):
    """All values of a sample in one row, in reading order."""

    kind: Literal["flatten"] = "flatten"


class DropoutLayer(Spec):
    """While training, each value is silenced with probability `rate` and the others grow by `1 / (1 - rate)`."""

    kind: Literal["dropout"] = "dropout"
    rate: float = live(0.5, ge=0.0, le=0.9)


class BatchNormLayer(Spec):
    """Each channel (or unit) is shifted and scaled to mean 0 and variance 1 over the batch, then by learned numbers."""

    kind: Literal["batch_norm"] = "batch_norm"


class LayerNormLayer(Spec):
    """All values of one sample are shifted and scaled to mean 0 and variance 1, then by learned numbers."""

    kind: Literal["layer_norm"] = "layer_norm"


class ActivationLayer(Spec):
    """A non-linear function of each value by itself; without one between them, two layers are no more than one."""

    kind: Literal["activation"] = "activation"
    function: str = "relu"

    @field_validator("function")
    @classmethod
    def _known(cls, name: str) -> str:
        return find((row for row in ACTIVATIONS if row.hidden), name, "function").name


class EmbeddingLayer(Spec):
    """Every token (a whole number below `vocabulary`) becomes `width` learned numbers: (length,) -> (width, length)."""

    kind: Literal["embedding"] = "embedding"
    vocabulary: int = Field(100, ge=1, le=limits.VOCABULARY)
    width: int = Field(16, ge=1, le=limits.CHANNELS)


PlainLayer = (
    DenseLayer
    | Conv2dLayer
    | Conv1dLayer
    | MaxPoolLayer
    | AvgPoolLayer
    | GlobalAvgPoolLayer
    | FlattenLayer
    | DropoutLayer
    | BatchNormLayer
    | LayerNormLayer
    | ActivationLayer
    | UpsampleLayer
    | ConvTransposeLayer
    | EmbeddingLayer
)


class ResidualLayer(Spec):
    """Inner layers whose output is added to their input, `y = F(x) + shortcut(x)`, so that gradients have a way past.

    The shortcut is the input itself, or its projection: a 1 × 1 convolution (a dense layer for values in a row) to the
    channels and the size that the inner layers give.
    """

    kind: Literal["residual"] = "residual"
    layers: tuple[Annotated[PlainLayer, Field(discriminator="kind")], ...] = Field(
        (Conv2dLayer(padding="same"), ActivationLayer(), Conv2dLayer(padding="same")),
        min_length=1,
        max_length=limits.INNER_LAYERS,
    )
    shortcut: Literal["identity", "projection"] = "identity"


Layer = PlainLayer | ResidualLayer


class StackSpec(Spec):
    """A whole network as a list of layers, from the input to the scores; `dlcore.networks.shapes` says what fits."""

    layers: tuple[Annotated[Layer, Field(discriminator="kind")], ...] = Field((), max_length=limits.LAYERS)
