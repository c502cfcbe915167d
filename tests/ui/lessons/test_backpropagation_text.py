"""The steps of an update and their texts: the worked example by hand, and any network without an error."""

from __future__ import annotations

import json

from hypothesis import given, settings

from dlcore.explain.backprop_check import checked_trace
from dlcore.specs.traced import WORKED, Traced
from tests.dlcore.explain.traced_networks import traced
from ui.lessons.backpropagation_text import TraceText

PHASES = ["forward", "loss", "backward", "update"]


def test_the_worked_example_in_its_own_words() -> None:
    data = TraceText(WORKED, checked_trace(WORKED)).data()
    assert [phase for phase, *_ in data["steps"]] == ["forward"] * 5 + ["loss"] + ["backward"] * 8 + ["update"] * 3
    assert data["steps"][6][2] == ["sum/1/0"] and data["steps"][7][2] == ["weight/1/0/0", "weight/1/0/1", "bias/1/0"]
    lines = {name: node["lines"] for name, node in data["nodes"].items()}
    assert lines["sum/0/1"]["forward"] == ["z_(2) = w_(x→2) · x + b_(2)", "= 0.8 · 2 + (−0.3)", "= 1.3"]
    assert lines["unit/0/0"]["backward"] == ["[∂L|∂a_(1)] = [∂L|∂a_(3)] × w_(1→3)", "= −0.34 × 0.4", "= −0.136"]
    assert lines["weight/0/0/0"]["backward"][-1] == "= (−0.34) × 0.4 × 1 × 2", "the chain, factor by factor"
    assert lines["weight/0/0/0"]["update"][1:] == ["= 0.5 − 0.1 · (−0.272)", "= 0.5272"]
    assert data["check"]["verdicts"] == {"agrees": 7, "kink": 0, "differs": 0}


def test_several_ways_to_the_loss_are_added() -> None:
    spec = Traced.parse(
        {
            "inputs": [1.0],
            "layers": [
                {"weights": [[1.0]], "biases": [0.0], "activation": "tanh"},
                {"weights": [[2.0], [-3.0]], "biases": [0.0, 0.0], "activation": "linear"},
            ],
            "target": [0.0, 0.0],
        }
    )
    node = TraceText(spec, checked_trace(spec)).data()["nodes"]["unit/0/0"]
    assert node["lines"]["backward"][:2] == [
        "[∂L|∂a_(1)] = [∂L|∂a_(2)] × w_(1→2) + [∂L|∂a_(3)] × w_(1→3)",
        "= 1.523 × 2 + (−2.285) × (−3)",
    ]


@settings(max_examples=40, deadline=None)
@given(traced())
def test_any_network_has_all_its_texts(spec: Traced) -> None:
    data = TraceText(spec, checked_trace(spec)).data()
    json.dumps(data, allow_nan=False)
    order = [PHASES.index(phase) for phase, *_ in data["steps"]]
    assert order == sorted(order)
    changed = [name for phase, _, nodes in data["steps"] if phase == "update" for name in nodes]
    parameters = [name for name in data["nodes"] if name.startswith(("weight", "bias"))]
    assert sorted(changed) == sorted(parameters), "every parameter is updated once"
    for phase, _, nodes in data["steps"]:
        for name in nodes:
            assert data["nodes"][name]["lines"]["forward" if phase == "loss" else phase]
    for node in data["nodes"].values():
        for lines in node["lines"].values():
            assert all(line.count("(") == line.count(")") and line.count("[") == line.count("]") for line in lines)
