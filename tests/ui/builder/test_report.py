from typing import Any

import pytest
import torch

from dlcore.networks.layers import build_layers
from dlcore.networks.signal import Signal
from dlcore.networks.starting_points import STARTING_POINTS
from dlcore.specs import limits
from dlcore.specs.layer_kinds import LAYER_KINDS
from dlcore.training.rows import find
from ui.builder.report import menu, report
from ui.builder.working import Wanted, Working

DIGITS = Wanted(given=Signal(shape=(1, 28, 28)), scores=10)
CONV, DENSE = {"kind": "conv2d"}, {"kind": "dense"}


def built(*kinds: str) -> Working:
    working, last = Working(), None
    for number, kind in enumerate(kinds):
        working = working.obey({"do": "add", "kind": kind, "new": f"l{number}", "after": last}, DIGITS)
        last = f"l{number}"
    return working


def test_figures_are_those_of_pytorch() -> None:
    row = find(STARTING_POINTS, "small_resnet", "name")
    working = Working().take(row.layers)
    found = report(working, DIGITS)
    network = build_layers(row.layers, row.given).eval()
    x = torch.zeros(1, 1, 28, 28)
    top = [part for part in found["rows"] if len(part["path"]) == 1]
    for part, module in zip(top, network, strict=True):
        x = module(x)
        assert part["figures"]["shape"] == list(x.shape[1:])
        assert part["figures"]["parameters"] == sum(weight.numel() for weight in module.parameters())
    by_name = {total["name"]: total for total in found["totals"]}
    assert by_name["parameters"]["value"] == sum(weight.numel() for weight in network.parameters())
    assert by_name["parameters"]["limit"] == limits.PARAMETERS
    assert found["problem"] is None and (found["undo"], found["redo"]) == (True, False)
    assert [part["path"] for part in found["rows"]][4:7] == [[4], [4, 0], [4, 1]]


def test_rows_behind_a_misfit_have_no_figures() -> None:
    found = report(built("conv2d", "dense", "activation"), DIGITS)
    assert ["figures" in part for part in found["rows"]] == [True, False, False]
    assert found["problem"]["id"] == "l1" and found["problem"]["where"] == "layer 2"
    assert found["problem"]["fix"] == "Insert Flatten before layer 2"
    assert found["rows"][0]["figures"] | {"memory": 0} == {
        "output": "8 × 26 × 26",
        "shape": [8, 26, 26],
        "parameters": 80,
        "multiply_adds": 8 * 26 * 26 * 9,
        "field": "3 × 3",
        "memory": 0,
    }


def test_an_end_that_the_data_do_not_want_is_nobodys_row() -> None:
    found = report(built("flatten", "dense"), DIGITS)
    assert found["problem"]["id"] is None and found["problem"]["fix"] == "Make layer 2 with units 10"
    assert all("figures" in part for part in found["rows"])


def test_what_is_within_a_block_is_known_as_far_as_it_fits() -> None:
    working = built("residual")
    found = report(working, DIGITS)  # its sum does not fit: 1 channel comes in, 8 come out
    assert found["problem"]["id"] == "l0"
    assert ["figures" in part for part in found["rows"]] == [False, True, True, True]
    inner = working.stack.at((0, 1)).id
    broken = working.obey({"do": "add", "kind": "dense", "new": "d", "after": inner}, DIGITS)
    found = report(broken, DIGITS)
    assert found["problem"]["where"] == "layer 1, inner layer 3" and found["problem"]["id"] == "d"
    assert ["figures" in part for part in found["rows"]] == [False, True, True, False, False]
    assert found["rows"][1]["figures"]["field"] == "3 × 3"


def test_what_was_typed_in_vain_stands_beside_its_row() -> None:
    working = built("conv2d").obey({"do": "set", "id": "l0", "field": "kernel", "text": "99"}, DIGITS)
    (row,) = report(working, DIGITS)["rows"]
    assert row["bad"] == {"kernel": {"text": "99", "sentence": "kernel: expected at most 15; received 99."}}
    assert row["values"]["kernel"] == 3


def test_the_menu_holds_every_kind_and_every_starting_point() -> None:
    offered: dict[str, Any] = menu()
    assert set(offered["kinds"]) == {row.name for row in LAYER_KINDS}
    assert [row["name"] for row in offered["starts"]] == [*(row.name for row in STARTING_POINTS), "empty"]
    assert {row["group"] for row in offered["kinds"].values()} == {row.group for row in LAYER_KINDS}


@pytest.mark.parametrize("given", [Signal(shape=(2,)), Signal(shape=(1, 48)), Signal(shape=(30,), tokens=50)])
def test_any_input_is_named(given: Signal) -> None:
    found = report(Working(), Wanted(given=given, scores=1))
    assert found["input"] in ("2", "1 × 48", "30 tokens") and found["problem"] is not None
