"""The test images behind the numbers, against outputs computed by the modules one image at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from dlcore.labs import layered_images, layered_probes
from dlcore.labs.layered import LayeredLab
from dlcore.specs.layered import Layered

SPEC = Layered.parse(
    {
        "data": {"kind": "images", "name": "digits", "samples": 300},
        "layers": [
            {"kind": "conv2d", "channels": 4, "padding": "same"},
            {"kind": "activation", "function": "relu"},
            {"kind": "max_pool"},
            {"kind": "conv2d", "channels": 5, "stride": 2},
            {"kind": "flatten"},
            {"kind": "dense", "units": 10},
        ],
        "training": {"loss": "cross_entropy", "optimizer": "adam", "learning_rate": 0.01, "epochs": 2},
    }
)
VIEWS = ("likes", "confusion", "class_accuracy", "mistakes")


def trained(spec: Layered = SPEC, steps: int = 12) -> LayeredLab:
    lab = LayeredLab(spec)
    for _ in range(steps):
        lab.step()
    return lab


def arrays(lab: LayeredLab, *views: str) -> dict[str, Any]:
    return dict(lab.frame(frozenset(views)).arrays)


def one_by_one(lab: LayeredLab, count: int) -> list[tuple[int, int, float]]:
    """(true, predicted, probability) of the first test images."""
    lab.network.eval()
    found = []
    with torch.no_grad():
        for x, y in zip(lab.x_test[:count], lab.y_test[:count], strict=True):
            scores = lab.network(x[None])[0].double()
            shares = torch.exp(scores) / torch.exp(scores).sum()
            found.append((int(y), int(scores.argmax()), float(shares.max())))
    return found


@pytest.mark.parametrize("few", [False, True])
def test_cells_and_mistakes_hold_the_images_that_were_measured(monkeypatch: pytest.MonkeyPatch, few: bool) -> None:
    if few:
        monkeypatch.setattr(layered_probes, "MEASURED", 1)
    lab = trained()
    count = layered_probes.LEAST if few else 60
    answers = one_by_one(lab, count)
    true, predicted = next(((t, p) for t, p, _ in answers if t != p), answers[0][:2])
    lab.look(cell=[true, predicted])
    found = arrays(lab, "confusion", "mistakes")
    assert found["confusion/measured"].tolist() == [count, 60]
    here = sorted(((-s, n) for n, (t, p, s) in enumerate(answers) if (t, p) == (true, predicted)))
    assert found["confusion/sample"].tolist() == [n for _, n in here]
    np.testing.assert_allclose(found["confusion/sure"], [-s for s, _ in here], rtol=1e-5)
    for image, sample in zip(found["confusion/image"], found["confusion/sample"], strict=True):
        np.testing.assert_array_equal(image, np.round(255 * lab.data.x_test[sample]))
    wrong = sorted((-s, n) for n, (t, p, s) in enumerate(answers) if t != p)
    assert found["mistakes/measured"].tolist() == [count, 60, len(wrong)]
    shown = [n for _, n in wrong[: layered_images.PICTURES]]
    assert found["mistakes/sample"].tolist() == shown
    assert found["mistakes/true"].tolist() == [answers[n][0] for n in shown]
    assert found["mistakes/predicted"].tolist() == [answers[n][1] for n in shown]
    lab.look(cell=None)
    assert set(arrays(lab, "confusion")) == {"confusion/counts", "confusion/measured"}


def test_accuracy_a_class_counts_the_right_ones() -> None:
    lab = trained()
    answers = one_by_one(lab, 60)
    right, total = arrays(lab, "class_accuracy")["class_accuracy/counts"]
    assert right.tolist() == [sum(t == p == c for t, p, _ in answers) for c in range(10)]
    assert total.tolist() == [sum(t == c for t, _, _ in answers) for c in range(10)]


def test_at_the_end_everything_is_measured_and_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layered_probes, "MEASURED", 1)
    monkeypatch.setattr(layered_images, "SEARCHED", 1)
    lab = trained(steps=3)
    found = arrays(lab, *VIEWS)
    assert found["likes/searched"].tolist() == [layered_images.LEAST, 60]
    assert found["mistakes/measured"][0] == layered_probes.LEAST
    lab.look(thorough=True)
    assert arrays(lab, "likes")["likes/searched"].tolist() == [60, 60]
    lab.look(thorough=False)
    while lab.finished() is None:
        lab.step()
    found = arrays(lab, *VIEWS)
    assert found["likes/searched"].tolist() == [60, 60]
    assert found["class_accuracy/counts"][1].sum() == found["mistakes/measured"][0] == 60


def test_patches_are_cut_from_the_images_that_excite_most() -> None:
    lab = trained()
    lab.look(likes="conv2")
    found = arrays(lab, "likes")
    assert found["likes/layer"].tolist() == [1]
    with torch.no_grad():
        maps = lab.network.conv2(lab.network.pool1(lab.network.conv1(lab.x_test).relu()))
    for a in range(5):
        best, samples = maps[:, a].flatten(1).amax(1).sort(descending=True, stable=True)
        assert found["likes/sample"][a].tolist() == samples[: layered_images.TOP].tolist()
        np.testing.assert_allclose(found["likes/value"][a], best[: layered_images.TOP], rtol=1e-5)
    # the only unit of conv2 looks at 3 × 3 places of the pooled map: 6 × 6 pixels, and one beyond on each side
    assert found["likes/patch"].shape == (5, 8, 1, 7, 7)
    sample = found["likes/sample"][0, 0]
    np.testing.assert_array_equal(found["likes/patch"][0, 0], np.round(255 * lab.data.x_test[sample][:, :7, :7]))
    assert found["likes/place"][0, 0].tolist() == [0, 0, 0, 0, 7, 7]
    np.testing.assert_array_equal(found["likes/target"][0], lab.data.y_test[found["likes/sample"][0]])


def test_a_layer_that_left_the_numbers_shows_no_patches() -> None:
    lab = trained(steps=1)
    with torch.no_grad():
        lab.network.conv1.bias[0] = float("inf")
    assert set(arrays(lab, "likes")) == {"likes/layer", "likes/searched"}


def test_choices_that_make_no_sense_are_refused() -> None:
    lab = trained(steps=0)
    for options, said in (
        ({"likes": "dense1"}, "likes: expected one of conv1, conv2; received 'dense1'"),
        ({"thorough": 1}, "thorough: expected true or false; received 1"),
        ({"cell": [1]}, "cell: expected two class numbers, true and predicted, below 10"),
        ({"cell": [1, 10]}, "cell: expected"),
        ({"cell": [True, 1]}, "cell: expected"),
    ):
        with pytest.raises(ValueError, match=said):
            lab.look(**options)


def test_views_are_offered_where_they_make_sense() -> None:
    assert set(VIEWS) <= {view.name for view in trained(steps=0).views}
    table = {"kind": "table", "name": "iris"}
    lab = LayeredLab(SPEC.replace({"data": table, "layers": [{"kind": "dense", "units": 3}]}))
    assert {view.name for view in lab.views} & set(VIEWS) == {"confusion", "class_accuracy"}
    assert not next(view for view in lab.views if view.name == "confusion").options["images"]
    with pytest.raises(ValueError, match="likes: expected nothing, for no layer slides kernels over images"):
        lab.look(likes="conv1")
