from __future__ import annotations

import pytest
from torch import nn

from dlcore.networks.by_hand import set_number

LAYERS = (nn.Conv2d(1, 2, 3), nn.Linear(4, 3, bias=False))


def test_a_number_is_set_where_it_was_named() -> None:
    set_number(LAYERS, "weight/0", (1, 0, 2, 0), 2.5)
    assert LAYERS[0].weight[1, 0, 2, 0].item() == 2.5
    set_number(LAYERS, "bias/0", (1,), -1e6)
    assert LAYERS[0].bias[1].item() == -1e6  # type: ignore[index]  # it has one
    assert LAYERS[0].weight.requires_grad


@pytest.mark.parametrize(
    ("parameter", "index", "value", "said"),
    [
        ("weight/2", (0, 0), 1.0, r"parameter: expected weight/0 … weight/1 or bias/0 … bias/1; received 'weight/2'"),
        ("kernel/0", (0, 0), 1.0, "parameter: expected"),
        ("weight/-1", (0, 0), 1.0, "parameter: expected"),
        ("bias/1", (0,), 1.0, "parameter: bias/1 does not exist: this layer has no bias"),
        ("weight/0", (0, 0), 1.0, r"index: expected one inside \(2, 1, 3, 3\); received \(0, 0\)"),
        ("weight/1", (3, 0), 1.0, "index: expected"),
        ("weight/1", (0, -1), 1.0, "index: expected"),
        ("weight/1", (0, 0), float("nan"), "value: expected"),
        ("weight/1", (0, 0), 1.1e6, "value: expected"),
    ],
)
def test_what_cannot_be_set_is_refused(parameter: str, index: tuple[int, ...], value: float, said: str) -> None:
    before = LAYERS[1].weight.detach().clone()
    with pytest.raises(ValueError, match=said):
        set_number(LAYERS, parameter, index, value)
    assert (LAYERS[1].weight == before).all()
