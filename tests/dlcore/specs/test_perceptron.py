import pytest

from dlcore.specs.perceptron import Perceptron
from dlcore.specs.spec import SpecError


@pytest.mark.parametrize("name", ["circle", "xor", "gauss", "spiral", "moons"])
def test_two_classes_are_fine(name: str) -> None:
    assert Perceptron().replace({"data.name": name}).data.task == "binary"


@pytest.mark.parametrize(("name", "task"), [("rings", "multiclass"), ("sine", "regression")])
def test_other_tasks_are_refused(name: str, task: str) -> None:
    with pytest.raises(
        SpecError, match=rf"^data: a perceptron tells two classes apart; this data set is for {task}\.$"
    ):
        Perceptron().replace({"data.name": name})
