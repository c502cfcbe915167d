import json

import pytest

from dlcore.labs.lab import LabRow
from dlcore.labs.registry import LABS, parse_spec
from dlcore.specs.experiment import Experiment
from dlcore.specs.perceptron import Perceptron


@pytest.mark.parametrize("row", LABS, ids=lambda row: row.kind)
def test_every_lab_carries_out_an_experiment_that_says_its_kind(row: LabRow) -> None:
    assert issubclass(row.spec, Experiment)
    first = row.spec()
    assert first.kind == row.kind
    assert list(json.loads(first.as_json()))[:2] == ["version", "kind"]
    seeded = first.base if row.kind == "race" else first
    assert "seed" in type(seeded).model_fields


@pytest.mark.parametrize("row", LABS, ids=lambda row: row.kind)
def test_the_kind_and_the_version_cannot_be_others(row: LabRow) -> None:
    for field, other in (("kind", "anything"), ("version", 2)):
        with pytest.raises(ValueError, match=f"^{field}: "):
            row.spec.parse({"kind": row.kind, field: other})


def test_its_json_begins_with_what_it_is_and_goes_on_in_the_order_of_the_lab() -> None:
    perceptron = (
        '{"version":1,"kind":"perceptron","data":{"kind":"generated","name":"gauss","samples":500,"noise":0.0,'
        '"positives":null,"test_share":0.5,"folds":null,"fold":0,"train_samples":null,"seed":0},'
        '"learning_rate":1.0,"epochs":null,"seed":0}'
    )
    assert parse_spec(perceptron).as_json() == perceptron


def test_an_experiment_with_one_way_is_exact_already():
    assert Perceptron().exact() == Perceptron()
