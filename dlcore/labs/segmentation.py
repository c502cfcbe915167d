"""Segmentation: a network says of every pixel of a scene which class of figure it belongs to, or none."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from datasets.scenes import KINDS, Scenes
from dlcore.explain.pixel_scores import pixel_counts, pixel_scores
from dlcore.labs.scene_lab import SceneLab
from dlcore.labs.segmentation_views import views
from dlcore.networks.unet import UNet
from dlcore.specs.segmentation import Segmentation
from dlcore.training import segmentation_loss
from dlcore.training.rows import find
from dlcore.training.scene_losses import SEGMENTATION_LOSSES

CLASSES = 1 + len(KINDS)  # the background is class 0


class SegmentationLab(SceneLab[Segmentation]):
    """A U-Net learns the class of every pixel."""

    def __init__(self, spec: Segmentation) -> None:
        super().__init__(spec)
        self.views = views(self)

    def build(self) -> nn.Module:
        """The U-Net of the spec."""
        network = self.spec.network
        return UNet(channels=network.channels, levels=network.levels, classes=CLASSES, batch_norm=network.batch_norm)

    def make_loss(self) -> nn.Module:
        """The loss that the spec names."""
        row = find(SEGMENTATION_LOSSES, self.spec.training.loss, "training.loss")
        module: nn.Module = getattr(segmentation_loss, row.module)()
        return module

    def targets(self, scenes: Scenes) -> Tensor:
        """The class of every pixel, uint8 (n, h, w)."""
        return torch.from_numpy(scenes.masks)

    def scores(self, part: str, outputs: Tensor) -> dict[str, float]:
        """Pixel accuracy and mean IoU; of the test part also the IoU of each class."""
        scored = pixel_scores(pixel_counts(outputs.argmax(dim=1), self.y[part][: len(outputs)], CLASSES))
        metrics = {f"{part}_{name}": scored[name] for name in ("iou", "pixel_accuracy")}
        if part == "test":
            metrics |= {f"iou/{name}": scored[f"iou/{number}"] for number, name in enumerate(KINDS)}
        return metrics

    def picture(self, outputs: Tensor) -> dict[str, np.ndarray]:
        """The predicted class of every pixel, uint8 (n, h, w), and its probability, 0 … 255."""
        certainty, kinds = torch.nan_to_num(torch.softmax(outputs, dim=1)).max(dim=1)
        return {
            "predicted": kinds.to(torch.uint8).numpy(force=True),
            "certainty": (255 * certainty).round().to(torch.uint8).numpy(force=True),
        }

    def more_arrays(self, watched: frozenset[str], test_outputs: Tensor) -> dict[str, np.ndarray]:
        """How often pixels of one class are called another."""
        if "confusion" not in watched:
            return {}
        counts = pixel_counts(test_outputs.argmax(dim=1), self.y["test"][: len(test_outputs)], CLASSES)
        return {"confusion/counts": counts.numpy(force=True).astype(np.int32)}
