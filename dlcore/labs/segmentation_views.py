"""What there is to see while a network learns the classes of pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasets.scenes import KINDS
from dlcore.labs.lab import View
from dlcore.labs.scene_views import both_parts, class_curves, inside_views, note_of, scene_view
from dlcore.labs.training_views import confusion_view, loss_view
from dlcore.training.rows import find
from dlcore.training.scene_losses import SEGMENTATION_LOSSES

if TYPE_CHECKING:
    from dlcore.labs.segmentation import SegmentationLab


def views(lab: SegmentationLab) -> tuple[View, ...]:
    """The views of one experiment."""
    note = note_of(lab)
    loss = find(SEGMENTATION_LOSSES, lab.spec.training.loss, "training.loss")
    return (
        scene_view(
            task="segmentation",
            help="Scenes that the network never learns from: the image, the true class of every pixel, the class that "
            "the network says, and where the two differ.",
        ),
        loss_view(loss, note=note),
        both_parts(
            "iou",
            "Mean IoU",
            "How far the predicted regions overlap the true ones, the mean over circles, squares and triangles. The "
            "background is left out: it is easy, and large." + note,
        ),
        class_curves("class_iou", "iou", "IoU a class", "Test scenes, class by class." + note),
        both_parts(
            "pixel_accuracy",
            "Pixel accuracy",
            "Share of pixels whose class is right. It flatters: who calls everything background is right with nine "
            "pixels of ten." + note,
        ),
        confusion_view(("background", *KINDS), of="Pixels of test scenes", note=note),
        *inside_views(lab),
    )
