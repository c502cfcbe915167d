import pytest
from pydantic import ValidationError

from dlcore.networks.features import FEATURES
from dlcore.specs.network import Dense, NetworkSpec
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.initializations import INITIALIZATIONS


def test_every_registry_row_may_be_asked_for() -> None:
    for row in ACTIVATIONS:
        if row.hidden:
            assert Dense(activation=row.name).activation == row.name
        if row.output:
            assert NetworkSpec(output=row.name).output == row.name
    for initialization in INITIALIZATIONS:
        assert NetworkSpec(initialization=initialization.name).initialization == initialization.name
    assert len(NetworkSpec(features=tuple(row.name for row in FEATURES)).features) == 7


def test_softmax_stands_at_the_output_only() -> None:
    assert NetworkSpec(output="softmax").output == "softmax"
    with pytest.raises(ValidationError, match=r"activation: expected one of .* received 'softmax'"):
        Dense(activation="softmax")


def test_no_hidden_layer_is_a_network_too() -> None:
    assert NetworkSpec(layers=()).layers == ()
