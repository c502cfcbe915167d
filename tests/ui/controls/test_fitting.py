from typing import Any

import pytest

from dlcore.specs.data import DataSpec, GeneratedData
from dlcore.specs.experiment import Experiment
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.spec import SpecError
from dlcore.specs.supervised import Supervised
from dlcore.specs.training import TrainingSpec
from ui.controls.fitting import fitting_losses, usual_loss, with_data, with_loss, with_points

BINARY: dict[str, Any] = {"kind": "generated", "name": "circle"}
THREE: dict[str, Any] = {"kind": "table", "name": "iris"}
NUMBERS: dict[str, Any] = {"kind": "table", "name": "diabetes"}


def test_each_task_has_its_usual_loss_among_the_fitting_ones() -> None:
    assert usual_loss("binary").name == "bce"
    assert usual_loss("multiclass").name == "cross_entropy"
    assert usual_loss("regression").name == "mse"
    assert [row.name for row in fitting_losses("regression")] == ["mse", "mae", "huber"]


@pytest.mark.parametrize(("data", "loss"), [(BINARY, "bce"), (THREE, "cross_entropy"), (NUMBERS, "mse")])
@pytest.mark.parametrize("start", [BINARY, THREE, NUMBERS])
def test_a_usual_loss_follows_the_task_there_and_back(start: Any, data: Any, loss: str) -> None:
    spec = Supervised()
    spec = spec.replace(with_data(spec, start))
    assert spec.replace(with_data(spec, data)).training.loss == loss


def test_a_chosen_loss_and_all_else_stay_where_they_fit() -> None:
    spec = Supervised().replace({"training.loss": "mae", "training.l2": 0.01, "seed": 5, "network.output": "tanh"})
    moved = spec.replace(with_data(spec, NUMBERS))
    assert (moved.training.loss, moved.network.output) == ("mae", "tanh")
    assert (moved.training.l2, moved.seed, moved.network.layers) == (0.01, 5, spec.network.layers)
    assert spec.replace(with_data(spec, THREE)).network.output == "auto"


def test_a_new_loss_drops_an_output_that_it_cannot_use() -> None:
    spec = Supervised().replace({"training.loss": "mse", "network.output": "tanh"})
    assert spec.replace(with_loss(spec, "huber")).network.output == "tanh"
    assert spec.replace(with_loss(spec, "bce")).network.output == "auto"


def test_drawn_points_become_the_data_and_a_third_class_changes_the_loss() -> None:
    spec = Supervised().replace({"data.seed": 9})
    drawn = spec.replace(with_points(spec, [(1.23456, -2, 0), (0, 0, 1)]))
    assert [(p.x1, p.x2, p.label) for p in drawn.data.points] == [(1.23, -2.0, 0), (0.0, 0.0, 1)]
    assert (drawn.data.seed, drawn.training.loss) == (9, "bce")
    three = drawn.replace(with_points(drawn, [(0, 0, 2)]))
    assert three.training.loss == "cross_entropy"
    with pytest.raises(SpecError, match="x1"):
        with_points(spec, [(7, 0, 0)])


def test_other_systems_keep_their_own_rules() -> None:
    spec = Perceptron()
    assert spec.replace(with_data(spec, BINARY)).data.name == "circle"
    with pytest.raises(SpecError, match="perceptron"):
        spec.replace(with_data(spec, THREE))


def test_a_system_that_is_not_known_yet_is_asked_for_its_fields() -> None:
    class Tomorrow(Experiment):
        data: DataSpec = GeneratedData()
        training: TrainingSpec = TrainingSpec()

    spec = Tomorrow(version=1, kind="tomorrow")
    assert spec.training.loss == "bce"
    assert spec.replace(with_data(spec, THREE)).training.loss == "cross_entropy"
    assert with_loss(spec, "huber") == {"training.loss": "huber"}, "it has no output activation to choose"
