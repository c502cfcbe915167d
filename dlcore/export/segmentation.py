"""An experiment in segmentation as a stand-alone PyTorch program that gives the same numbers."""

from __future__ import annotations

from dlcore.export.calls import keywords
from dlcore.export.scenes import SceneText, scene_program
from dlcore.export.source import source_of
from dlcore.specs.segmentation import Segmentation
from dlcore.specs.spec import Spec
from dlcore.training.rows import find
from dlcore.training.scene_losses import SEGMENTATION_LOSSES


def as_program(spec: Spec) -> str:
    """A Python program that trains exactly this U-Net and prints its final losses, mean IoU and pixel accuracy.

    Raises: ValueError: this is not the spec of a segmentation.
    """
    if not isinstance(spec, Segmentation):
        raise ValueError(f"spec: expected one of segmentation; received {type(spec).__name__}")
    loss = find(SEGMENTATION_LOSSES, spec.training.loss, "loss").module
    needed = ("DiceLoss", "PixelLoss", loss) if loss == "PixelAndDiceLoss" else (loss,)
    network = {"channels": spec.network.channels, "levels": spec.network.levels, "classes": 4}
    return scene_program(
        spec,
        SceneText(
            title="made scenes, to say what every pixel belongs to",
            imports=("from itertools import pairwise",),
            parts=(
                source_of("dlcore/networks/blocks.py", "conv_block"),
                source_of("dlcore/networks/unet.py", "UNet"),
                source_of("dlcore/training/segmentation_loss.py", *needed),
                source_of("dlcore/explain/pixel_scores.py", "pixel_counts", "pixel_scores"),
            ),
            targets="torch.from_numpy(scenes.masks)",
            network=f"UNet({keywords(network | {'batch_norm': spec.batch_norm})})",
            loss=f"{loss}()",
            scores=(
                "scores = pixel_scores(pixel_counts(outputs.argmax(dim=1), y, 4))",
                'print(f"{part}_iou", scores["iou"])',
                'print(f"{part}_pixel_accuracy", scores["pixel_accuracy"])',
            ),
        ),
    )
