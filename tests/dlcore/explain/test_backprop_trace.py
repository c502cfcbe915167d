"""The worked example to its digits, and the shape of a trace."""

from __future__ import annotations

import pytest

from dlcore.explain.backprop_trace import trace, updated
from dlcore.specs.traced import WORKED, Traced


def test_the_worked_example_to_the_digits() -> None:
    nodes = trace(WORKED)["nodes"]
    value = {name: node["value"] for name, node in nodes.items()}
    assert (value["sum/0/0"], value["unit/0/0"], value["sum/0/1"], value["unit/0/1"]) == pytest.approx(
        (1.1, 1.1, 1.3, 1.3)
    )
    assert round(value["sum/1/0"], 4) == 1.16
    assert round(value["loss"], 4) == 0.0578
    assert round(nodes["sum/1/0"]["grad"], 4) == -0.34
    new = {name: round(node["new"], 4) for name, node in nodes.items() if "new" in node}
    assert new == {
        "weight/1/0/0": 0.4374,
        "weight/1/0/1": 0.4442,
        "bias/1/0": 0.234,
        "weight/0/0/0": 0.5272,
        "weight/0/1/0": 0.8272,
        "bias/0/0": 0.1136,
        "bias/0/1": -0.2864,
    }


def test_the_order_of_the_forward_pass_and_what_uses_what() -> None:
    found = trace(WORKED)
    assert found["forward"] == ["sum/0/0", "unit/0/0", "sum/0/1", "unit/0/1", "sum/1/0", "loss"]
    assert found["nodes"]["input/0"]["uses"] == [["sum/0/0", 0.5], ["sum/0/1", 0.8]]
    assert found["nodes"]["unit/0/1"]["uses"] == [["sum/1/0", 0.4]]
    assert found["nodes"]["loss"]["uses"] == [] and found["nodes"]["loss"]["grad"] == 1
    assert "new" not in found["nodes"]["input/0"], "inputs do not learn"


def test_an_update_is_the_new_numbers_and_makes_the_loss_smaller() -> None:
    after = updated(WORKED)
    assert after.layers[1].weights[0] == pytest.approx((0.4374, 0.4442))
    assert after.layers[0].biases == pytest.approx((0.1136, -0.2864))
    assert after.replace({"layers": WORKED.as_dict()["layers"]}) == WORKED, "nothing else has changed"
    losses = [0.0578]
    for _ in range(5):
        losses.append(trace(after)["nodes"]["loss"]["value"])
        after = updated(after)
    assert losses == sorted(losses, reverse=True) and losses[-1] < 1e-4


def test_losses_on_scores_say_the_probabilities() -> None:
    spec = Traced.parse(
        {
            "inputs": [1.0],
            "layers": [{"weights": [[0.0], [1.0986122886681098]], "biases": [0, 0], "activation": "softmax"}],
            "target": [0, 1],
            "loss": "cross_entropy",
        }
    )
    found = trace(spec)
    assert found["probabilities"] == pytest.approx([0.25, 0.75])
    assert found["nodes"]["sum/0/1"]["grad"] == pytest.approx(0.75 - 1)
    assert trace(WORKED)["probabilities"] == []
