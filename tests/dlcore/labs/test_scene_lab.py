"""What both labs that look at scenes do alike: the loop, what frames measure, the end, changes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from dlcore.labs.lab import Diverged
from dlcore.labs.registry import make_lab
from dlcore.labs.scene_lab import GALLERY, SceneLab
from dlcore.networks.grid_detector import grid_detector
from dlcore.specs.detection import Detection
from dlcore.specs.scenes import SceneExperiment
from dlcore.specs.segmentation import Segmentation
from dlcore.training.detection_loss import DetectionLoss
from dlcore.training.grid_targets import grid_targets
from dlcore.training.scenes import prepare_scenes

SMALL = {
    "data": {"samples": 40},
    "network": {"levels": 2, "channels": 2},
    "training": {"optimizer": "adam", "learning_rate": 0.01, "batch_size": 8, "device": "cpu"},
}
BOTH = pytest.mark.parametrize("made", [Detection, Segmentation])


def lab_of(made: type[SceneExperiment], **training: Any) -> Any:
    return make_lab(made.parse(SMALL).replace({f"training.{name}": value for name, value in training.items()}))


def to_the_end(lab: SceneLab[Any]) -> SceneLab[Any]:
    while lab.finished() is None:
        lab.step()
    return lab


def test_it_is_the_loop_of_a_textbook() -> None:
    spec = Detection.parse(SMALL)
    lab = make_lab(spec)
    for _ in range(10):
        lab.step()
    train, _ = prepare_scenes(spec.data)
    x = torch.from_numpy(train.images)
    y = grid_targets(torch.from_numpy(train.boxes), torch.from_numpy(train.kinds), side=48, grid=12)
    torch.manual_seed(spec.seed)
    network = grid_detector(channels=2, levels=2, classes=3, batch_norm=True)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # declared without this keyword alone
    loss_of, optimizer = DetectionLoss(side=48, box="iou"), torch.optim.Adam(network.parameters(), lr=0.01)
    steps = 0
    while steps < 10:
        for chosen in torch.split(torch.randperm(len(x)), 8):
            if steps < 10:
                loss = loss_of(network(x[chosen]), y[chosen])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                steps += 1
    assert isinstance(lab, SceneLab)
    for ours, theirs in zip(lab.network.parameters(), network.parameters(), strict=True):
        assert torch.equal(ours, theirs)


@BOTH
def test_frames_measure_some_scenes_and_the_end_all(
    made: type[SceneExperiment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dlcore.labs.scene_lab.MOST", 5)
    monkeypatch.setattr("dlcore.labs.scene_lab.LEAST", 5)
    lab = lab_of(made, epochs=2)
    assert lab.sizes == {"train": 5, "test": 5}
    lab.step()

    def measured(part: str, count: int | None) -> float:
        with torch.no_grad():
            return float(lab.loss(lab.network.eval()(lab.x[part][:count]), lab.y[part][:count]))

    for part in ("train", "test"):
        assert lab.frame().metrics[f"{part}_loss"] == pytest.approx(measured(part, 5), rel=1e-5)
    to_the_end(lab)
    assert lab.finished() == "2 epochs are done."
    for part in ("train", "test"):
        assert lab.frame().metrics[f"{part}_loss"] == pytest.approx(measured(part, None), rel=1e-5)
    loss = next(view for view in lab.views if view.name == "loss")
    assert "on 5 of 32 train scenes and 5 of 8 test scenes; when it ends, on all." in loss.help


@BOTH
def test_it_ends_where_it_is_told_and_goes_on_after_a_change(made: type[SceneExperiment]) -> None:
    lab = to_the_end(lab_of(made, stop_loss=1e6))
    assert lab.steps == lab.steps_an_epoch == 4
    lab.change(lab.spec.replace({"training.stop_loss": None, "training.learning_rate": 0.5}))
    assert lab.finished() is None
    lab.step()
    assert lab.trainer.optimizer.param_groups[0]["lr"] == 0.5


@BOTH
def test_diverging_is_told(made: type[SceneExperiment]) -> None:
    lab = lab_of(made, optimizer="sgd", learning_rate=100.0)
    lab.edit("weight/1", (0, 0, 0, 0), 1e6)
    with torch.no_grad():
        for layer in lab.layers:
            layer.weight.fill_(float("nan"))
    with pytest.raises(Diverged, match="not a number at update 1"):
        lab.step()
    frame = lab.frame(frozenset(view.name for view in lab.views))  # what is left is shown
    assert all(np.isfinite(array).all() for name, array in frame.arrays.items() if name.startswith("scene"))


@BOTH
def test_the_shown_scenes_are_the_first_test_scenes(made: type[SceneExperiment]) -> None:
    lab = lab_of(made)
    constants = lab.constants()
    assert constants["scene/images"].shape == (8, 1, 48, 48)  # there are no more
    test = lab.parts["test"]
    np.testing.assert_array_equal(constants["scene/masks"], test.masks[:GALLERY])
    np.testing.assert_array_equal(constants["scene/boxes"], test.boxes[:GALLERY])
    assert np.abs(constants["scene/images"] / 255 - test.images[:GALLERY]).max() <= 0.5 / 255 + 1e-6


@BOTH
def test_there_is_nothing_to_choose(made: type[SceneExperiment]) -> None:
    with pytest.raises(ValueError, match="expected no options here; received sample"):
        lab_of(made).look(sample=3)


@BOTH
def test_the_network_is_what_the_spec_says_it_costs(made: type[SceneExperiment]) -> None:
    lab = lab_of(made)
    network: nn.Module = lab.network
    assert sum(parameter.numel() for parameter in network.parameters()) == lab.spec.parameters
