from __future__ import annotations

import numpy as np
import torch

from datasets.scenes import KINDS
from dlcore.labs.segmentation import CLASSES, SegmentationLab
from dlcore.specs.segmentation import Segmentation

SPEC = Segmentation.parse(
    {
        "data": {"samples": 40},
        "network": {"levels": 1, "channels": 2},
        "training": {"optimizer": "adam", "learning_rate": 0.01, "batch_size": 8, "device": "cpu"},
    }
)


def perfect(lab: SegmentationLab, part: str) -> torch.Tensor:
    """Scores that say of every pixel of a part what is true."""
    return 20.0 * torch.nn.functional.one_hot(lab.y[part].long(), CLASSES).movedim(-1, 1)


def test_the_truth_scores_one() -> None:
    lab = SegmentationLab(SPEC)
    scores = lab.scores("test", perfect(lab, "test"))
    assert scores["test_iou"] == scores["test_pixel_accuracy"] == 1.0
    assert all(scores[f"iou/{kind}"] == 1.0 for kind in KINDS)
    assert set(lab.scores("train", perfect(lab, "train"))) == {"train_iou", "train_pixel_accuracy"}


def test_the_picture_is_the_likeliest_class_and_its_probability() -> None:
    lab = SegmentationLab(SPEC)
    outputs = perfect(lab, "test")[:3]
    outputs[:, :, 0, 0] = 0.0  # all classes alike
    arrays = lab.picture(outputs)
    np.testing.assert_array_equal(arrays["predicted"][:, 1:], lab.parts["test"].masks[:3, 1:])
    assert (arrays["certainty"][:, 0, 0] == round(255 / CLASSES)).all()
    assert (arrays["certainty"][:, 1:] == 255).all()


def test_pixels_that_are_mixed_up_are_counted() -> None:
    lab = SegmentationLab(SPEC)
    lab.step()
    frame = lab.frame(frozenset({"confusion"}))
    counts = frame.arrays["confusion/counts"]
    assert counts.shape == (CLASSES, CLASSES)
    measured = lab.sizes["test"]
    true = np.bincount(lab.parts["test"].masks[:measured].ravel(), minlength=CLASSES)
    assert counts.sum(axis=1).tolist() == true.tolist()
    assert frame.metrics["test_pixel_accuracy"] == counts.trace() / counts.sum()


def test_views() -> None:
    views = {view.name: view for view in SegmentationLab(SPEC).views}
    assert views["scene"].options == {"task": "segmentation", "side": 48, "classes": list(KINDS)}
    assert views["confusion"].options["classes"] == ["background", *KINDS]
    assert views["confusion"].help.startswith("Pixels of test scenes:")
