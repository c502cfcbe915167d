"""Object detection: a network finds the figures of a scene, with a box, a class and a certainty for each."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from datasets.scenes import KINDS, SIDE, Scenes
from dlcore.explain.average_precision import box_scores
from dlcore.labs.detection_views import views
from dlcore.labs.scene_lab import SceneLab
from dlcore.networks.boxes import find_boxes
from dlcore.networks.grid_detector import grid_detector
from dlcore.specs.detection import Detection
from dlcore.training.detection_loss import DetectionLoss
from dlcore.training.grid_targets import grid_targets

SHOWN = 40  # boxes of a scene that are sent, those that the detector is surest of


class DetectionLab(SceneLab[Detection]):
    """Every cell of a grid learns to say whether a figure's centre lies in it, the figure's box, and its class."""

    loss: DetectionLoss

    def __init__(self, spec: Detection) -> None:
        super().__init__(spec)
        self.boxes = {part: torch.from_numpy(scenes.boxes).to(self.device) for part, scenes in self.parts.items()}
        self.kinds = {part: torch.from_numpy(scenes.kinds).to(self.device) for part, scenes in self.parts.items()}
        self.views = views(self)

    def build(self) -> nn.Module:
        """The detector of the spec."""
        network = self.spec.network
        return grid_detector(
            channels=network.channels, levels=network.levels, classes=len(KINDS), batch_norm=network.batch_norm
        )

    def make_loss(self) -> nn.Module:
        """Objectness, box and class together."""
        return DetectionLoss(side=SIDE, box=self.spec.training.loss)

    def targets(self, scenes: Scenes) -> Tensor:
        """What every cell should say, (n, 6, grid, grid)."""
        boxes, kinds = torch.from_numpy(scenes.boxes), torch.from_numpy(scenes.kinds)
        return grid_targets(boxes, kinds, side=SIDE, grid=self.spec.grid)

    def scores(self, part: str, outputs: Tensor) -> dict[str, float]:
        """Mean IoU and average precision; of the test part also the parts of the loss, and each class's precision."""
        count = len(outputs)
        found = find_boxes(outputs, SIDE)
        scored = box_scores(found, self.boxes[part][:count], self.kinds[part][:count], len(KINDS))
        metrics = {f"{part}_iou": scored["iou"], f"{part}_ap": scored["ap"]}
        if part == "test":
            lost = self.loss.parts(outputs, self.y[part][:count])
            metrics |= {f"loss/{name}": value.item() for name, value in lost.items()}
            metrics |= {f"ap/{name}": scored[f"ap/{number}"] for number, name in enumerate(KINDS)}
        return metrics

    def picture(self, outputs: Tensor) -> dict[str, np.ndarray]:
        """The surest boxes of each scene, (n, 40, 7): x0, y0, x1, y1, class, certainty, kept; every cell's certainty.

        `cells` (n, grid, grid) uint8: the probability of a figure, 0 … 255.
        """
        found = find_boxes(outputs, SIDE)
        rows = torch.cat(
            [found.boxes, found.kinds[..., None], found.certainty[..., None], found.kept[..., None]], dim=2
        )
        objectness = torch.nan_to_num(torch.sigmoid(outputs[:, 0]))
        return {
            "found": torch.nan_to_num(rows[:, :SHOWN]).numpy(force=True).astype(np.float32),
            "cells": (255 * objectness).round().to(torch.uint8).numpy(force=True),
        }
