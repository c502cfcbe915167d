"""An experiment in object detection: a network finds the figures of a scene and says what each is."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from datasets.scenes import KINDS, SIDE
from dlcore.networks.scene_costs import Convolution, detector_convolutions
from dlcore.specs.scenes import SceneExperiment, SceneNetwork, SceneTraining
from dlcore.training.losses import Loss
from dlcore.training.rows import find
from dlcore.training.scene_losses import DETECTION_LOSSES


class DetectorSpec(SceneNetwork):
    """A stack of convolutions that ends with one cell for every 2^levels × 2^levels pixels."""

    levels: int = Field(3, ge=2, le=4)


class DetectionTraining(SceneTraining):
    """How a detector learns."""

    loss: str = "iou"

    @field_validator("loss")
    @classmethod
    def _loss(cls, name: str) -> str:
        return find(DETECTION_LOSSES, name, "loss").name


class Detection(SceneExperiment):
    """Scenes, a detector, training, and the seed of weights and mini-batches."""

    version: Literal[1] = 1
    kind: Literal["detection"] = "detection"
    network: DetectorSpec = DetectorSpec()
    training: DetectionTraining = DetectionTraining.parse(
        {"optimizer": "adam", "learning_rate": 0.01, "batch_size": 16}
    )

    @property
    def grid(self) -> int:
        """Cells along each side of a scene."""
        return SIDE >> self.network.levels

    @property
    def losses(self) -> tuple[Loss, ...]:
        """The losses to choose from."""
        return DETECTION_LOSSES

    @property
    def convolutions(self) -> tuple[Convolution, ...]:
        """The convolutions of the network, from the image to the cells."""
        network = self.network
        return detector_convolutions(
            channels=network.channels,
            levels=network.levels,
            classes=len(KINDS),
            batch_norm=network.batch_norm,
            side=SIDE,
        )
