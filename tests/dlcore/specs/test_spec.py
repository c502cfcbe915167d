import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlcore.labs.registry import parse_spec
from dlcore.specs.data import DrawnData, Point
from dlcore.specs.layers import StackSpec
from dlcore.specs.network import Dense
from dlcore.specs.spec import Spec, SpecError, differences, is_live, is_live_change
from dlcore.specs.supervised import Supervised
from tests.strategies import anything, damaged, specs, supervised_specs

patient = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)


def refusal(change: dict[str, Any]) -> str:
    with pytest.raises(SpecError) as refused:
        Supervised().replace(change)
    return str(refused.value)


@patient
@given(specs)
def test_every_valid_spec_comes_back_equal(spec: Spec) -> None:
    again = parse_spec(spec.as_json())
    assert again == spec
    assert type(again) is type(spec)
    assert again.as_json() == spec.as_json()
    assert parse_spec(spec.as_dict()) == spec
    assert json.loads(spec.as_json(indent=2)) == spec.as_dict()


@pytest.mark.slow
@patient
@given(damaged())
def test_damaged_specs_parse_or_are_refused_with_one_sentence(values: dict[str, Any]) -> None:
    try:
        spec = parse_spec(values)
    except SpecError as error:
        said = str(error)
        assert said.endswith(".")
        assert "\n" not in said
        assert len(said) < 1000
        assert "something else" not in said  # every problem has words of its own
    else:
        assert parse_spec(spec.as_json()) == spec


@given(anything)
def test_any_json_parses_or_is_refused(value: Any) -> None:
    for read in (parse_spec, Supervised.parse):
        try:
            read(json.dumps(value))
        except SpecError as error:
            assert str(error).endswith(".")


@given(st.text() | st.binary().map(lambda noise: noise.decode("latin-1")))
def test_any_text_parses_or_is_refused(text: str) -> None:
    with pytest.raises(SpecError):
        parse_spec(text)


@pytest.mark.slow
@patient
@given(supervised_specs(), supervised_specs())
def test_differences_lead_from_one_spec_to_the_other(old: Supervised, new: Supervised) -> None:
    changes = differences(old, new)
    assert json.loads(json.dumps(changes)) == changes
    assert old.replace(changes) == new
    assert differences(new, new) == {}


def test_differences_are_named_as_deep_as_the_kinds_agree() -> None:
    old = Supervised()
    new = old.replace({"training.l2": 0.5, "training.optimizer": "adam", "network.layers": [{"units": 3}]})
    assert differences(old, new) == {
        "training.l2": 0.5,
        "training.optimizer": {"kind": "adam", "beta1": 0.9, "beta2": 0.999},
        "network.layers": [{"kind": "dense", "units": 3, "activation": "tanh"}],
    }


def test_replace_leaves_the_old_spec_alone() -> None:
    old = Supervised()
    new = old.replace({"training.learning_rate": 0.5, "network.layers.1.units": 8, "seed": 3})
    assert (new.training.learning_rate, new.network.layers[1].units, new.seed) == (0.5, 8, 3)
    assert old == Supervised()
    assert new.network.layers[0] == old.network.layers[0]


def test_replace_takes_specs_as_values() -> None:
    layers = (Dense(units=5), Dense(units=6, activation="relu"))
    assert Supervised().replace({"network.layers": layers}).network.layers == layers
    data = DrawnData(points=(Point(x1=1.0, x2=2.0, label=0),))
    assert Supervised().replace({"data": data}).data == data


def test_another_kind_starts_from_its_defaults() -> None:
    old = Supervised().replace({"training.optimizer": {"kind": "momentum", "momentum": 0.5}})
    assert old.replace({"training.optimizer.kind": "adam"}).training.optimizer.beta2 == 0.999
    assert old.replace({"training.optimizer.kind": "momentum"}).training.optimizer.momentum == 0.5
    table = old.replace({"data.kind": "table", "training.loss": "cross_entropy"})
    assert table.data.name == "penguins"


@pytest.mark.parametrize("kind", [{"training.optimizer": "adam"}, {"training.optimizer.kind": "adam"}])
def test_a_kind_and_its_settings_change_together(kind: dict[str, Any]) -> None:
    new = Supervised().replace({**kind, "training.optimizer.beta1": 0.8})
    assert new.training.optimizer.as_dict() == {"kind": "adam", "beta1": 0.8, "beta2": 0.999}


def test_a_part_set_as_a_spec_can_be_changed_further() -> None:
    new = Supervised().replace({"data": DrawnData(), "data.seed": 5})
    assert new.data == DrawnData(seed=5)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"nope": 1}, "nope: there is no such field."),
        ({"nope.deep": 1}, "nope.deep: there is no such field."),
        ({"training.nope": 1}, "training.nope: there is no such field."),
        ({"training.optimizer.beta1": 0.5}, "training.optimizer.beta1: there is no such field."),
        ({"seed.x": 1}, "seed.x: there is no such field."),
        ({"": 1}, "'': there is no such field."),
        ({"." * 5_000: 1}, f"'{'.' * 39} … {'.' * 15}': there is no such field."),
        (
            {"network.layers": [], "network.layers.0.units": 3},
            "network.layers.0.units: there is no such item, for the list is empty.",
        ),
        (
            {"network.layers.7.units": 3},
            "network.layers.7.units: expected the number of an item from 0 to 1; received '7'.",
        ),
        ({"network.layers.-1": {}}, "network.layers.-1: expected the number of an item from 0 to 1; received '-1'."),
        ({"network.layers.²": {}}, "network.layers.²: expected the number of an item from 0 to 1; received '²'."),
        (
            {"training.early_stopping.patience": 3},
            "training.early_stopping.patience: early_stopping is not set, so it has no settings; "
            "set early_stopping as a whole.",
        ),
        ({"seed": {1, 2}}, "This is not a spec that JSON can hold: it holds a value of type set."),
        ({"seed": -1}, "seed: expected at least 0; received -1."),
    ],
)
def test_a_wrong_path_or_value_is_refused(change: dict[str, Any], said: str) -> None:
    assert refusal(change) == said


@pytest.mark.parametrize(
    ("path", "live"),
    [
        ("training.learning_rate", True),
        ("training.batch_size", True),
        ("training.dropout", True),
        ("training.early_stopping", True),
        ("training.early_stopping.patience", True),  # not set: as live as early stopping itself
        ("training.optimizer", False),
        ("training.loss", False),
        ("training.device", False),
        ("network.layers", False),
        ("network.layers.0", False),
        ("network.layers.0.units", False),
        ("network.batch_norm", False),
        ("data", False),
        ("data.noise", False),
        ("seed", False),
    ],
)
def test_what_may_change_while_a_run_trains(path: str, live: bool) -> None:
    assert is_live(Supervised(), path) is live


def test_settings_of_an_optimizer_are_live_and_the_axes_of_a_table_too() -> None:
    spec = Supervised().replace({"training.optimizer": "momentum", "training.loss": "mse", "data.kind": "table"})
    assert is_live(spec, "training.optimizer.momentum")
    assert is_live(spec, "data.axes")
    assert not is_live(spec, "data.scaling")


@pytest.mark.parametrize(
    "path",
    ["", "x", "training.x", "training.optimizer.beta1", "seed.x", "__class__", "model_fields", "network.layers.9"],
)
def test_liveness_of_no_field_is_refused(path: str) -> None:
    with pytest.raises(SpecError):
        is_live(Supervised(), path)


def test_specs_are_frozen_and_can_be_keys() -> None:
    spec = Supervised()
    with pytest.raises(ValueError, match="frozen"):
        spec.seed = 3  # type: ignore[misc]  # that this fails is the point
    assert {spec: 1}[Supervised()] == 1


@given(supervised_specs(), supervised_specs())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=30)
def test_a_change_is_live_where_each_differing_field_is(old: Supervised, new: Supervised) -> None:
    assert is_live_change(old, new) == all(is_live(old, path) for path in differences(old, new))


@pytest.mark.parametrize(
    ("changes", "live_"),
    [
        ({}, True),
        ({"training.learning_rate": 0.5, "training.early_stopping": {"patience": 3}}, True),
        ({"training.learning_rate": 0.5, "seed": 3}, False),
        ({"training.optimizer": "adam"}, False),
        ({"network.layers": []}, False),
    ],
)
def test_all_that_differs_must_be_live(changes: dict[str, Any], live_: bool) -> None:
    assert is_live_change(Supervised(), Supervised().replace(changes)) == live_


def test_one_layers_rate_is_live_and_its_place_is_not() -> None:
    def stack(*layers: dict[str, Any]) -> StackSpec:
        return StackSpec.parse({"layers": layers})

    dropout, dense = {"kind": "dropout", "rate": 0.5}, {"kind": "dense"}
    block = {"kind": "residual", "layers": [dense, dropout]}
    changed_block = {"kind": "residual", "layers": [dense, {"kind": "dropout", "rate": 0.25}]}
    assert is_live_change(stack(dense, dropout), stack(dense, {"kind": "dropout", "rate": 0.25}))
    assert is_live_change(stack(block), stack(changed_block))
    assert not is_live_change(stack(dense, dropout), stack(dropout, dense))
    assert not is_live_change(stack(dense, dropout), stack(dense))
    assert not is_live_change(stack(dense), stack({"kind": "dense", "units": 3}))
    assert not is_live_change(stack(dense), Supervised())
