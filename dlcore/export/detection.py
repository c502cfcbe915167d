"""An experiment in object detection as a stand-alone PyTorch program that gives the same numbers."""

from __future__ import annotations

from dlcore.export.calls import keywords
from dlcore.export.scenes import SceneText, scene_program
from dlcore.export.source import source_of
from dlcore.specs.detection import Detection
from dlcore.specs.spec import Spec


def as_program(spec: Spec) -> str:
    """A Python program that trains exactly this detector and prints its final losses, mean IoU and average precision.

    Raises: ValueError: this is not the spec of a detector.
    """
    if not isinstance(spec, Detection):
        raise ValueError(f"spec: expected one of object detection; received {type(spec).__name__}")
    network = {"channels": spec.network.channels, "levels": spec.network.levels, "classes": 3}
    boxes = ("intersection_over_union", "cell_boxes", "Found", "find_boxes", "_find", "suppress")
    scores = ("ENOUGH", "SURE", "average_precision", "match", "box_scores", "_listed")
    return scene_program(
        spec,
        SceneText(
            title="made scenes, to find the figures in them",
            imports=("from collections.abc import Sequence", "from typing import NamedTuple"),
            parts=(
                source_of("dlcore/networks/blocks.py", "conv_block"),
                source_of("dlcore/networks/grid_detector.py", "grid_detector"),
                source_of("dlcore/networks/boxes.py", *boxes),
                source_of("dlcore/training/grid_targets.py", "grid_targets"),
                source_of("dlcore/training/detection_loss.py", "DetectionLoss"),
                source_of("dlcore/explain/average_precision.py", *scores),
            ),
            targets="grid_targets(torch.from_numpy(scenes.boxes), torch.from_numpy(scenes.kinds), "
            f"side=SIDE, grid={spec.grid})",
            network=f"grid_detector({keywords(network | {'batch_norm': spec.batch_norm})})",
            loss=f"DetectionLoss(side=SIDE, box={spec.training.loss!r})",
            scores=(
                "boxes, kinds = torch.from_numpy(scenes.boxes[rows]), torch.from_numpy(scenes.kinds[rows])",
                "scores = box_scores(find_boxes(outputs, SIDE), boxes.to(x.device), kinds.to(x.device), 3)",
                'print(f"{part}_iou", scores["iou"])',
                'print(f"{part}_ap", scores["ap"])',
            ),
        ),
    )
