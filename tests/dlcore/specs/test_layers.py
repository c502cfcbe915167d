import pickle

import pytest

from dlcore.specs import limits
from dlcore.specs.layers import ActivationLayer, DenseLayer, ResidualLayer, StackSpec
from dlcore.specs.spec import SpecError, is_live
from dlcore.training.activations import ACTIVATIONS


def test_a_stack_is_read_from_json_and_written_back() -> None:
    stack = StackSpec.parse(
        {
            "layers": [
                {"kind": "conv2d", "channels": 6, "padding": "same"},
                {
                    "kind": "residual",
                    "layers": [{"kind": "conv2d", "channels": 6, "padding": 1}],
                    "shortcut": "projection",
                },
                {"kind": "max_pool", "stride": None},
                {"kind": "flatten"},
                {"kind": "dense", "units": 10},
            ]
        }
    )
    assert StackSpec.parse(stack.as_json()) == stack
    assert pickle.loads(pickle.dumps(stack)) == stack
    assert stack.layers[-1] == DenseLayer(units=10)
    assert isinstance(stack.layers[1], ResidualLayer)
    assert stack.replace({"layers.1.layers.0.channels": 7}).as_dict()["layers"][1]["layers"][0]["channels"] == 7


@pytest.mark.parametrize(
    ("layers", "text"),
    [
        ([{"kind": "dense", "units": 0}], "layers.0.units: expected at least 1; received 0."),
        (
            [{"kind": "conv2d", "padding": "valid"}],
            "layers.0.padding: expected a whole number or 'same'; received 'valid'.",
        ),
        ([{"kind": "flatten"}, {"kind": "activation", "function": "softmax"}], "layers.1.function: expected one of"),
        ([{"kind": "pool"}], "layers.0.kind: expected one of dense, conv2d"),
        ([{"kind": "residual", "layers": []}], "layers.0.layers: expected a list of at least 1; received 0."),
        ([{"kind": "residual", "layers": [{"kind": "residual"}]}], "layers.0.layers.0.kind: expected one of dense"),
        ([{"kind": "flatten"}] * (limits.LAYERS + 1), f"layers: expected at most {limits.LAYERS} items"),
    ],
)
def test_a_bad_layer_is_named(layers: list[dict[str, object]], text: str) -> None:
    with pytest.raises(SpecError) as refusal:
        StackSpec.parse({"layers": layers})
    assert str(refusal.value).startswith(text)
    assert "\n" not in str(refusal.value)


def test_activations_are_those_of_hidden_layers() -> None:
    for row in ACTIVATIONS:
        if row.hidden:
            assert ActivationLayer(function=row.name).function == row.name


def test_only_dropout_changes_while_a_run_trains() -> None:
    stack = StackSpec.parse({"layers": [{"kind": "dropout"}, {"kind": "dense"}]})
    assert is_live(stack, "layers.0.rate")
    assert not is_live(stack, "layers.1.units")
