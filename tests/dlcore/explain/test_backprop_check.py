"""The chain rule against autograd and finite differences, for random networks, and what is said at a kink."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from dlcore.explain.backprop_check import checked_trace
from dlcore.explain.backprop_trace import graph_of
from dlcore.specs.traced import WORKED, Traced
from tests.dlcore.explain.traced_networks import traced


@settings(max_examples=80, deadline=None)
@given(traced())
def test_random_networks_have_autograds_gradients(spec: Traced) -> None:
    found = checked_trace(spec)
    nodes = found["nodes"]
    assert found["autograd_loss"] == pytest.approx(nodes["loss"]["value"], rel=1e-12, abs=1e-14)
    pairs = {name: (node["grad"], node["autograd"]) for name, node in nodes.items() if name != "loss"}
    scale = max(1e-3, *(abs(grad) for grad, _ in pairs.values()))  # sums cancel: relative to the largest
    assert found["largest"] == max(abs(grad - judge) for grad, judge in pairs.values()) <= 1e-12 * scale
    parameters = sum(len(layer.biases) * (len(layer.weights[0]) + 1) for layer in spec.layers)
    judged = [node["verdict"] for node in nodes.values() if "verdict" in node]
    assert len(judged) == parameters and "differs" not in judged


def test_the_worked_example_agrees() -> None:
    found = checked_trace(WORKED)
    assert found["largest"] < 1e-15 and found["furthest"] < 1e-9
    assert {node.get("verdict", "agrees") for node in found["nodes"].values()} == {"agrees"}


def test_at_a_kink_a_finite_difference_is_named_as_such() -> None:
    at_kink = WORKED.replace({"layers.0.biases.0": -1.0})  # z₁ = 2 · 0.5 − 1 = 0
    nodes = checked_trace(at_kink)["nodes"]
    assert nodes["sum/0/0"]["value"] == 0 and nodes["bias/0/0"]["grad"] == 0, "PyTorch takes ReLU′(0) = 0"
    assert nodes["bias/0/0"]["verdict"] == nodes["weight/0/0/0"]["verdict"] == "kink"
    assert nodes["bias/0/0"]["difference"] == pytest.approx(nodes["sum/1/0"]["grad"] * 0.4 / 2, rel=1e-5), "half"
    assert nodes["bias/0/1"]["verdict"] == nodes["bias/1/0"]["verdict"] == "agrees"


def test_the_kink_of_the_absolute_error() -> None:
    spec = WORKED.replace({"loss": "mae", "target": [graph_of(WORKED).units[-1][0].value]})
    nodes = checked_trace(spec)["nodes"]
    assert nodes["bias/1/0"]["grad"] == 0 and nodes["bias/1/0"]["verdict"] == "kink"


def test_a_wrong_gradient_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from dlcore.explain import scalar_functions

    monkeypatch.setitem(scalar_functions.FUNCTIONS, "relu", lambda z: (max(z, 0.0), 0.9))
    found = checked_trace(WORKED)
    assert found["largest"] > 0.01
    assert found["nodes"]["weight/0/0/0"]["verdict"] == "differs"
