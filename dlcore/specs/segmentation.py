"""An experiment in segmentation: a network says of every pixel of a scene what it belongs to."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from datasets.scenes import KINDS, SIDE
from dlcore.networks.scene_costs import Convolution, unet_convolutions
from dlcore.specs.scenes import SceneExperiment, SceneNetwork, SceneTraining
from dlcore.training.losses import Loss
from dlcore.training.rows import find
from dlcore.training.scene_losses import SEGMENTATION_LOSSES


class UNetSpec(SceneNetwork):
    """A U-Net that goes down so many levels and up again."""

    levels: int = Field(3, ge=1, le=3)


class SegmentationTraining(SceneTraining):
    """How a network learns the classes of pixels."""

    loss: str = "cross_entropy_dice"

    @field_validator("loss")
    @classmethod
    def _loss(cls, name: str) -> str:
        return find(SEGMENTATION_LOSSES, name, "loss").name


class Segmentation(SceneExperiment):
    """Scenes, a U-Net, training, and the seed of weights and mini-batches."""

    version: Literal[1] = 1
    kind: Literal["segmentation"] = "segmentation"
    network: UNetSpec = UNetSpec()
    training: SegmentationTraining = SegmentationTraining.parse(
        {"optimizer": "adam", "learning_rate": 0.01, "batch_size": 16}
    )

    @property
    def losses(self) -> tuple[Loss, ...]:
        """The losses to choose from."""
        return SEGMENTATION_LOSSES

    @property
    def convolutions(self) -> tuple[Convolution, ...]:
        """The convolutions of the network, from the image to the scores of every pixel."""
        network = self.network
        return unet_convolutions(
            channels=network.channels,
            levels=network.levels,
            classes=1 + len(KINDS),
            batch_norm=network.batch_norm,
            side=SIDE,
        )
