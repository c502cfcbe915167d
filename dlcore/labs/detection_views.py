"""What there is to see while a detector learns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlcore.explain.average_precision import SURE
from dlcore.labs.lab import Series, View
from dlcore.labs.scene_views import both_parts, class_curves, inside_views, note_of, scene_view
from dlcore.labs.training_views import loss_view
from dlcore.training.rows import find
from dlcore.training.scene_losses import DETECTION_LOSSES

if TYPE_CHECKING:
    from dlcore.labs.detection import DetectionLab


def views(lab: DetectionLab) -> tuple[View, ...]:
    """The views of one experiment."""
    note = note_of(lab)
    loss = find(DETECTION_LOSSES, lab.spec.training.loss, "training.loss")
    return (
        scene_view(
            task="detection",
            grid=lab.spec.grid,
            sure=SURE,
            help="Scenes that the network never learns from. Solid: boxes that it draws, with the class and how sure "
            "it is. Dashed: the true boxes. Drag the slider to see less or more of what it is unsure of.",
        ),
        loss_view(loss, note=note),
        both_parts(
            "iou",
            "Mean IoU",
            "How far boxes overlap: every true box gets the largest IoU with a box of which the network is at least "
            "50 % sure, or 0. 1 would be perfect." + note,
        ),
        both_parts(
            "ap",
            "Average precision",
            "Finds all figures and nothing else? The area under precision against recall at IoU 0.5, the mean over the "
            "classes." + note,
        ),
        View(
            name="loss_parts",
            kind="curve",
            title="Parts of the test loss",
            help="Objectness: is there a figure in this cell? Box: where are its sides? Class: which figure is it?"
            + note,
            series=tuple(
                Series(metric=f"loss/{name}", title=name, role=f"layer:{3 * number}")
                for number, name in enumerate(("objectness", "box", "class"))
            ),
            options={"log": False, "unit": loss.unit},
        ),
        class_curves("class_ap", "ap", "Average precision a class", "Test scenes, class by class." + note),
        *inside_views(lab),
    )
