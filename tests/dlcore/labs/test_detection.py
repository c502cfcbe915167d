from __future__ import annotations

import numpy as np
import pytest
import torch

from datasets.scenes import KINDS
from dlcore.labs.detection import SHOWN, DetectionLab
from dlcore.specs.detection import Detection

SPEC = Detection.parse(
    {
        "data": {"samples": 40},
        "network": {"levels": 3, "channels": 4},
        "training": {"optimizer": "adam", "learning_rate": 0.01, "batch_size": 8, "device": "cpu"},
    }
)


def perfect(lab: DetectionLab, part: str) -> torch.Tensor:
    """Outputs that say of every scene of a part what is true."""
    targets = lab.y[part]
    outputs = torch.zeros(len(targets), 8, 6, 6)
    there = targets[:, 0] == 1
    outputs[:, 0] = torch.where(there, 12.0, -12.0)
    x0, y0, x1, y1 = targets[:, 1:5].unbind(dim=1)
    places = torch.arange(6) + 0.5
    outputs[:, 1] = torch.atanh(((x0 + x1) / 16 - places[None, :]).clamp(-0.99, 0.99))
    outputs[:, 2] = torch.atanh(((y0 + y1) / 16 - places[:, None]).clamp(-0.99, 0.99))
    outputs[:, 3] = torch.logit(((x1 - x0) / 48).clamp(0.001, 0.999))
    outputs[:, 4] = torch.logit(((y1 - y0) / 48).clamp(0.001, 0.999))
    outputs[:, 5:] = 12.0 * torch.nn.functional.one_hot(targets[:, 5].long(), 3).movedim(-1, 1)
    return outputs


def test_the_truth_scores_one() -> None:
    lab = DetectionLab(SPEC)
    scores = lab.scores("test", perfect(lab, "test"))
    assert scores["test_iou"] == pytest.approx(1.0, abs=1e-4)
    assert scores["test_ap"] == pytest.approx(1.0)
    assert all(scores[f"ap/{kind}"] == pytest.approx(1.0) for kind in KINDS)
    assert scores["loss/box"] == pytest.approx(0.0, abs=1e-4)
    assert scores["loss/objectness"] + scores["loss/class"] < 0.01


def test_the_picture_holds_the_surest_boxes_of_each_scene() -> None:
    lab = DetectionLab(SPEC)
    outputs = perfect(lab, "test")[:4]
    arrays = lab.picture(outputs)
    assert arrays["found"].shape == (4, 36, 7) and arrays["found"].shape[1] <= SHOWN
    assert arrays["cells"].shape == (4, 6, 6)
    test = lab.parts["test"]
    for scene in range(4):
        count = int((test.kinds[scene] >= 0).sum())
        first = arrays["found"][scene, :count]
        assert (first[:, 5] > 0.99).all() and (first[:, 6] == 1).all()
        assert (arrays["found"][scene, count:, 5] < 0.01).all()
        true = [(*box, kind) for box, kind in zip(test.boxes[scene], test.kinds[scene], strict=True) if kind >= 0]
        assert np.allclose(sorted(map(tuple, first[:, :5].tolist())), sorted(true), atol=0.01)
        assert (arrays["cells"][scene] == 255).sum() == count


def test_the_parts_of_the_loss_are_the_loss() -> None:
    lab = DetectionLab(SPEC)
    lab.step()
    metrics = lab.frame().metrics
    parts = sum(metrics[f"loss/{name}"] for name in ("objectness", "box", "class"))
    assert metrics["test_loss"] == pytest.approx(parts, rel=1e-5)


def test_views() -> None:
    views = {view.name: view for view in DetectionLab(SPEC).views}
    assert views["scene"].options == {
        "task": "detection",
        "side": 48,
        "classes": list(KINDS),
        "grid": 6,
        "sure": 0.5,
    }
    assert [series.metric for series in views["ap"].series] == ["train_ap", "test_ap"]
