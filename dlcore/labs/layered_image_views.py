"""Views that show test images: what each filter likes, accuracy a class, the most confident mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlcore.explain.weight_layers import title_of
from dlcore.labs.lab import View
from dlcore.training.samples import Samples

if TYPE_CHECKING:
    from dlcore.labs.layered_images import ImageProbes


def image_views(data: Samples, images: ImageProbes, *, note: str) -> list[View]:
    """The views that the data and the layers allow; `note` is a sentence about what is measured."""
    found: list[View] = []
    if images.convolutions:
        found.append(
            View(
                name="likes",
                kind="patches",
                title="What each filter likes",
                help="For each filter of a layer the patches of test images that excite it most, at most one an image: "
                "all that its strongest unit sees, with that unit's output before any activation function. Each frame "
                "searches anew, as many images as it has time for; when training ends, all.",
                options={
                    "classes": list(data.classes),
                    "layers": [
                        {
                            "name": row.name,
                            "title": title_of(row.name),
                            "filters": row.output.shape[0],
                            "field": list(row.field.size),
                        }
                        for row in images.convolutions
                    ],
                },
            )
        )
    if data.classes:
        found.append(
            View(
                name="class_accuracy",
                kind="recall",
                title="Accuracy per class",
                help="Of the test samples of each class, the share that the network recognises: the recall." + note,
                options={"classes": list(data.classes)},
            )
        )
    if data.classes and images.shows:
        found.append(
            View(
                name="mistakes",
                kind="mistakes",
                title="Most confident mistakes",
                help="Test images that the network gets wrong, the one it is surest of first. Some are drawn so that "
                "people hesitate, too; some carry a wrong label; the others say what it has not learned." + note,
                options={"classes": list(data.classes), "probability": images.probability},
            )
        )
    return found
