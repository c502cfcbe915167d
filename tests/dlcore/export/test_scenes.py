"""The exported programs of detection and segmentation print what their labs give, to the last bit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from dlcore.export.detection import as_program as detection_program
from dlcore.export.segmentation import as_program as segmentation_program
from dlcore.labs.registry import as_program
from dlcore.specs.detection import Detection
from dlcore.specs.scenes import SceneExperiment
from dlcore.specs.segmentation import Segmentation
from tests.dlcore.export.programs import (
    assert_no_unused_name,
    assert_written_without_pytorch,
    lab_results,
    results_alone,
    results_here,
)


def _spec(made: type[SceneExperiment], changes: dict[str, Any] | None = None, **training: Any) -> SceneExperiment:
    chosen = {"optimizer": "adam", "learning_rate": 0.01, "batch_size": 8, "epochs": 2, "device": "cpu"}
    small = {"samples": 47, "test_share": 0.3, "seed": 1}  # 33 to learn from: one is left over from batches of 8
    spec = made.parse({"data": small, "network": {"levels": 2, "channels": 3}, "training": chosen, "seed": 5})
    return spec.replace({**(changes or {}), **{f"training.{name}": value for name, value in training.items()}})


PLAIN = {"network.batch_norm": False}
SPECS: dict[str, SceneExperiment] = {
    "detection": _spec(Detection),
    "detection, plain": _spec(Detection, PLAIN | {"network.levels": 3, "data.objects": 2}, loss="huber"),
    "detection, everything on": _spec(
        Detection,
        {"data.noise": 0.2, "data.clutter": 9, "network.levels": 4},
        l1=0.001,
        l2=0.01,
        gradient_clip=0.5,
        schedule={"kind": "cosine", "epochs": 5.0},
        optimizer="adamw",
        stop_loss=0.001,
        early_stopping={"patience": 1},
        epochs=4,
    ),
    "segmentation": _spec(Segmentation),
    "segmentation, plain": _spec(Segmentation, PLAIN | {"network.levels": 1}, loss="cross_entropy"),
    "segmentation, everything on": _spec(
        Segmentation,
        {"data.noise": 0.2, "data.clutter": 0},
        loss="dice",
        l2=0.01,
        gradient_clip=0.5,
        schedule={"kind": "step", "every": 1.0},
        early_stopping={"patience": 1},
        epochs=4,
    ),
    "segmentation until a loss": _spec(Segmentation, {"network.channels": 2}, stop_loss=1.9, epochs=None),
}


@pytest.fixture(autouse=True)
def one_thread() -> Any:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # as the program does: more threads add up in another order
    yield
    torch.set_num_threads(threads)


@pytest.mark.slow
@pytest.mark.parametrize("name", SPECS)
def test_prints_what_the_lab_gives(name: str) -> None:
    program = as_program(SPECS[name])
    assert results_here(program) == lab_results(SPECS[name]), program


@pytest.mark.slow  # in a process with PyTorch of its own
@pytest.mark.parametrize("name", ["detection, everything on", "segmentation"])
def test_runs_alone_and_cleanly(name: str) -> None:
    assert results_alone(as_program(SPECS[name])) == lab_results(SPECS[name])


def test_holds_no_unused_name(tmp_path: Path) -> None:
    assert_no_unused_name(map(as_program, SPECS.values()), tmp_path)


@pytest.mark.parametrize("name", ["detection", "segmentation"])
def test_needs_no_pytorch_to_be_written(name: str) -> None:
    assert_written_without_pytorch(SPECS[name])


def test_another_spec_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of object detection; received Segmentation"):
        detection_program(Segmentation())
    with pytest.raises(ValueError, match="expected one of segmentation; received Detection"):
        segmentation_program(Detection())


def test_holds_only_what_the_experiment_uses() -> None:
    program = as_program(SPECS["segmentation, plain"])
    for absent in ("DiceLoss", "train()", "penalty", "clip_grad", "param_groups", "best", "device", "find_boxes"):
        assert absent not in program, absent
    assert "class UNet" in program and "PixelLoss()" in program
