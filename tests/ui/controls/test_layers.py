from typing import Any

import pytest

from dlcore.specs import limits
from dlcore.specs.spec import SpecError
from dlcore.specs.supervised import Supervised
from ui.controls.layers import act, add_layer, add_unit, move_layer, remove_layer, remove_unit

SPEC = Supervised().replace(
    {"network.layers": [{"units": 5, "activation": "relu"}, {"units": 3}, {"units": 2, "activation": "sigmoid"}]}
)


def units(changes: dict[str, Any], spec: Supervised = SPEC) -> list[int]:
    return [layer.units for layer in spec.replace(changes).network.layers]


def test_a_new_layer_is_like_the_one_before_it() -> None:
    assert units(add_layer(SPEC)) == [5, 3, 2, 2]
    assert units(add_layer(SPEC, 1)) == [5, 5, 3, 2]
    assert units(add_layer(SPEC, 0)) == [5, 5, 3, 2]
    assert SPEC.replace(add_layer(SPEC, 1)).network.layers[1].activation == "relu"
    empty = SPEC.replace({"network.layers": []})
    assert units(add_layer(empty), empty) == [4]


def test_layers_are_taken_out_and_moved() -> None:
    assert units(remove_layer(SPEC, 1)) == [5, 2]
    assert units(move_layer(SPEC, 0, 1)) == [3, 5, 2]
    assert units(move_layer(SPEC, 2, -1)) == [5, 2, 3]


def test_units_are_added_and_taken_out() -> None:
    assert units(add_unit(SPEC, 0)) == [6, 3, 2]
    assert units(remove_unit(SPEC, 2)) == [5, 3, 1]


def test_the_spec_refuses_what_goes_over_a_limit() -> None:
    full = SPEC.replace({"network.layers": [{"units": limits.UNITS}] * limits.HIDDEN_LAYERS})
    for changes in (add_layer(full), add_unit(full, 0)):
        with pytest.raises(SpecError, match="layers"):
            full.replace(changes)
    one = SPEC.replace({"network.layers": [{"units": 1}]})
    with pytest.raises(SpecError, match="units"):
        one.replace(remove_unit(one, 0))


@pytest.mark.parametrize(
    "change",
    [
        lambda: remove_layer(SPEC, 3),
        lambda: remove_layer(SPEC, -1),
        lambda: move_layer(SPEC, 0, -1),
        lambda: add_layer(SPEC, 4),
        lambda: add_unit(SPEC, 9),
    ],
)
def test_a_layer_that_does_not_exist_is_refused_with_its_number(change: Any) -> None:
    with pytest.raises(SpecError, match=r"layer: expected 0 … \d; received -?\d"):
        change()


def test_the_diagram_says_actions_by_name() -> None:
    assert units(act(SPEC, "add_layer", 3)) == [5, 3, 2, 2]
    assert units(act(SPEC, "add_layer")) == [5, 3, 2, 2]
    assert units(act(SPEC, "remove_unit", 1)) == [5, 2, 2]
    with pytest.raises(SpecError, match="action: expected one of add_layer"):
        act(SPEC, "explode", 1)
    with pytest.raises(SpecError, match="layer: expected"):
        act(SPEC, "remove_layer", None)
