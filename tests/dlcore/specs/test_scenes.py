from __future__ import annotations

from typing import Any

import pytest

from dlcore.specs import limits
from dlcore.specs.detection import Detection
from dlcore.specs.scenes import SceneExperiment
from dlcore.specs.segmentation import Segmentation
from dlcore.specs.spec import SpecError, differences, is_live
from dlcore.training.rows import find
from dlcore.training.scene_losses import DETECTION_LOSSES, SEGMENTATION_LOSSES

BOTH = pytest.mark.parametrize("made", [Detection(), Segmentation()], ids=["detection", "segmentation"])


@BOTH
def test_json_there_and_back(made: SceneExperiment) -> None:
    assert type(made).parse(made.as_json()) == made
    assert made.exact() == made
    assert list(made.as_dict()) == ["version", "kind", "data", "network", "training", "seed"]


@BOTH
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"data.samples": 5}, "data.samples: expected at least 20; received 5."),
        ({"data.samples": 9_999}, f"data.samples: expected at most {limits.SCENES:,}; received 9999."),
        ({"data.objects": 0}, "data.objects: expected at least 1; received 0."),
        ({"data.objects": 5}, "data.objects: expected at most 4; received 5."),
        ({"data.noise": 0.7}, "data.noise: expected at most 0.5; received 0.7."),
        ({"network.channels": 64}, "network.channels: expected at most 16; received 64."),
        (
            {"training.dropout": 0.5},
            "training.dropout: training on scenes does not know it; expected 0.0, received 0.5.",
        ),
        (
            {"training.oversampling": True},
            "training.oversampling: training on scenes does not know it; expected False, received True.",
        ),
        (
            {"training.batch_size": 1},
            "training.batch_size: batch normalization compares the samples of a batch, so a batch needs at least 2; "
            "received 1.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(made: SceneExperiment, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(SpecError) as refused:
        made.replace(changes)
    assert str(refused.value) == said


@BOTH
def test_a_batch_beyond_the_limits_is_refused_with_what_would_do(made: SceneExperiment) -> None:
    large = {"network.channels": 16, "data.samples": 2_000}
    with pytest.raises(
        SpecError, match=r"^training.batch_size: a batch of 2,000 scenes takes .* batches of \d+ at most"
    ):
        made.replace(large | {"training.batch_size": "all"})
    most = limits.BATCH_BYTES // made.replace(large).memory
    assert made.replace(large | {"training.batch_size": min(most, 100)}).training.batch_size <= 100


@BOTH
def test_other_losses_are_none_of_these(made: SceneExperiment) -> None:
    with pytest.raises(SpecError, match=r"^training.loss: expected one of .*; received 'mse'\.$"):
        made.replace({"training.loss": "mse"})
    for row in made.losses:
        assert made.replace({"training.loss": row.name}).training.loss == row.name


@BOTH
def test_what_is_live(made: SceneExperiment) -> None:
    assert is_live(made, "training.learning_rate") and is_live(made, "training.batch_size")
    assert not is_live(made, "network.levels") and not is_live(made, "data.samples")
    assert differences(made, made.replace({"network.levels": 2})) == {"network.levels": 2}


def test_levels() -> None:
    assert [Detection().replace({"network.levels": levels}).grid for levels in (2, 3, 4)] == [12, 6, 3]  # type: ignore[attr-defined]
    with pytest.raises(SpecError, match=r"network\.levels: expected at least 2; received 1"):
        Detection().replace({"network.levels": 1})
    with pytest.raises(SpecError, match=r"network\.levels: expected at most 3; received 4"):
        Segmentation().replace({"network.levels": 4})


def test_every_loss_has_a_formula_and_a_title() -> None:
    for row in (*DETECTION_LOSSES, *SEGMENTATION_LOSSES):
        assert row.title and row.formula.count("{") == row.formula.count("}")
    assert find(SEGMENTATION_LOSSES, "dice", "loss").module == "DiceLoss"
