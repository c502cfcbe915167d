from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcore.networks.repairs import repair, repaired
from dlcore.networks.shapes import walk
from dlcore.networks.signal import Signal
from dlcore.networks.starting_points import STARTING_POINTS
from dlcore.specs.edits import apply_edits
from dlcore.specs.layers import Layer, StackSpec
from dlcore.training.rows import find
from tests.dlcore.networks.stacks import lists, signals

IMAGE, SERIES, ROW, TOKENS = (
    Signal(shape=(1, 8, 8)),
    Signal(shape=(1, 20)),
    Signal(shape=(4,)),
    Signal(shape=(6,), tokens=30),
)
CONV = {"kind": "conv2d"}
UP = {"kind": "residual", "layers": [{"kind": "conv2d", "channels": 3, "kernel": 4}]}


@settings(deadline=None)
@given(layers=lists, signal=signals, scores=st.none() | st.integers(1, 3))
def test_repairing_again_and_again_ends_with_a_network_that_fits(
    layers: list[Layer], signal: Signal, scores: int | None
) -> None:
    stack: tuple[Layer, ...] = tuple(layers)
    for _ in range(2 * sum(1 + len(getattr(layer, "layers", ())) for layer in layers) + 2):
        walked = walk(stack, signal, scores=scores)
        remedy = repair(stack, walked, scores=scores)
        if remedy is None:
            break
        stack = apply_edits(stack, remedy.edits)
    assert walked.problem is None
    assert StackSpec(layers=stack).layers == stack


@pytest.mark.parametrize(
    ("signal", "layers", "title", "after"),
    [
        (IMAGE, [CONV, {"kind": "dense"}], "Insert Flatten before layer 2", ["conv2d", "flatten", "dense"]),
        (SERIES, [{"kind": "activation"}, CONV], "Make layer 2 a convolution 1-D", ["activation", "conv1d"]),
        (IMAGE, [{"kind": "conv1d"}], "Make layer 1 a convolution 2-D", ["conv2d"]),
        (
            IMAGE,
            [{"kind": "flatten"}, {"kind": "activation"}, CONV],
            "Remove Flatten, layer 1",
            ["activation", "conv2d"],
        ),
        (ROW, [{"kind": "max_pool"}], "Remove layer 1", []),
        (IMAGE, [{"kind": "flatten"}, {"kind": "dense"}, CONV], "Remove layer 3", ["flatten", "dense"]),
        (IMAGE, [CONV, {**CONV, "kernel": 9}], "Make layer 2 with kernel 6", ["conv2d", "conv2d"]),
        (IMAGE, [{"kind": "avg_pool", "kernel": 9, "stride": 2}], "Make layer 1 with kernel 8", ["avg_pool"]),
        (IMAGE, [{**CONV, "groups": 4}], "Make layer 1 with groups 1", ["conv2d"]),
        (IMAGE, [{"kind": "residual"}], "Make layer 1 with shortcut projection", ["residual"]),
        (Signal(shape=(3, 8, 8)), [UP], "Make layer 1 with inner layers that keep the size", ["residual"]),
        (ROW, [{"kind": "residual"}], "Remove layer 1, inner layer 1", ["residual"]),
        (ROW, [{"kind": "residual", "layers": [CONV]}], "Remove layer 1", []),
        (
            IMAGE,
            [{"kind": "residual", "layers": [CONV, {"kind": "conv1d"}], "shortcut": "projection"}],
            "Make layer 1, inner layer 2 a convolution 2-D",
            ["residual"],
        ),
        (TOKENS, [{"kind": "conv1d"}], "Insert an embedding before layer 1", ["embedding", "conv1d"]),
        (TOKENS, [{"kind": "embedding", "vocabulary": 9}], "Make layer 1 with vocabulary 30", ["embedding"]),
        (ROW, [{"kind": "embedding"}], "Remove layer 1", []),
        (
            IMAGE,
            [{"kind": "conv_transpose", "kernel": 1, "stride": 1, "padding": 9}],
            "Make layer 1 with padding 0",
            ["conv_transpose"],
        ),
    ],
)
def test_the_usual_remedies(signal: Signal, layers: list[dict[str, Any]], title: str, after: list[str]) -> None:
    stack = StackSpec.parse({"layers": layers}).layers
    remedy = repair(stack, walk(stack, signal))
    assert remedy is not None
    assert remedy.title == title
    assert [layer.kind for layer in apply_edits(stack, remedy.edits)] == after


@pytest.mark.parametrize(
    ("signal", "layers", "title"),
    [
        (IMAGE, [CONV], "End with Flatten and a dense layer of 10 units"),
        (ROW, [{"kind": "dense", "units": 3}], "Make layer 1 with units 10"),
        (ROW, [{"kind": "dense", "units": 3}, {"kind": "activation"}], "End with a dense layer of 10 units"),
        (TOKENS, [], "End with an embedding, Flatten and a dense layer"),
    ],
)
def test_a_network_ends_as_the_data_want_it(signal: Signal, layers: list[dict[str, Any]], title: str) -> None:
    stack = StackSpec.parse({"layers": layers}).layers
    remedy = repair(stack, walk(stack, signal, scores=10), scores=10)
    assert remedy is not None
    assert remedy.title == title
    assert walk(apply_edits(stack, remedy.edits), signal, scores=10).problem is None


def test_nothing_is_repaired_where_all_is_well() -> None:
    assert repair((), walk((), ROW)) is None


def test_all_remedies_one_after_the_other_lead_to_what_the_data_want() -> None:
    row = find(STARTING_POINTS, "lenet5", "name")
    assert repaired(row.layers, row.given, scores=10) == row.layers
    for shape in ((1, 8, 8), (1, 48), (13,)):
        other = Signal(shape=shape)
        fitted = repaired(row.layers, other, scores=3)
        assert walk(fitted, other, scores=3).problem is None
    nothing = repaired((), Signal(shape=(4,)))
    assert nothing == (), "without a wish for scores nothing is missing"
