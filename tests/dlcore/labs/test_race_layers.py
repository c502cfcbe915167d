"""What a race shows layer by layer, against what each variant's own lab says and numbers by hand."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.labs.race import RaceLab
from dlcore.specs.race import Race

RELU = [{"units": 4, "activation": "relu"}]
RACE = Race.parse(
    {
        "base": {"kind": "supervised", "data": {"kind": "generated", "name": "circle", "samples": 60}},
        "variants": [
            {"title": "Two layers"},
            {"title": "One layer", "changes": {"network.layers": RELU}},
            {"title": "No layer", "changes": {"network.layers": []}},
        ],
    }
)


def test_the_views_are_those_that_the_variants_have() -> None:
    names = [view.name for view in RaceLab(RACE).views]
    assert {"layer_gradients", "dead", "gradient_norm_2", "activations_0", "activations_1"} <= set(names)
    assert "activations_2" not in names
    profile, dead = (
        next(view for view in RaceLab(RACE).views if view.name == name) for name in ("layer_gradients", "dead")
    )
    assert [(row["line"], row["layers"]) for row in profile.options["lines"]] == [(0, 2), (1, 1)]
    assert [row.metric for row in dead.series] == ["0/dead", "1/dead"]


def test_gradients_are_those_of_the_hidden_layers_in_the_last_update() -> None:
    lab = RaceLab(RACE)
    assert not [name for name in lab.frame(frozenset({"layer_gradients"})).arrays if name.startswith("layer_gradients")]
    lab.step()
    arrays = lab.frame(frozenset({"layer_gradients"})).arrays
    network = lab.runners[0].lab.network
    expected = [network.get_submodule(name).weight.grad.norm().item() for name in ("hidden1", "hidden2")]
    np.testing.assert_allclose(arrays["layer_gradients/0"], expected, rtol=1e-5)
    assert len(arrays["layer_gradients/1"]) == 1
    assert "layer_gradients/2" not in arrays


def test_dead_units_are_counted_for_whoever_watches() -> None:
    lab = RaceLab(RACE)
    lab.edit("1/bias/0", (0,), -1e6)  # below 0 for every sample
    lab.step()
    frame = lab.frame(frozenset({"dead"}))
    assert frame.metrics["0/dead"] == 0
    assert frame.metrics["1/dead"] == 0.25
    assert not [name for name in frame.arrays if name.startswith("activations")]
    assert not [name for name in lab.frame().metrics if "dead" in name or "gradient_norm" in name]


def test_a_variants_own_views_carry_its_number() -> None:
    lab = RaceLab(RACE)
    lab.step()
    frame = lab.frame(frozenset({"activations_1", "gradient_norm_0"}))
    assert {"activations_1/counts/0", "activations_1/edges/0"} <= set(frame.arrays)
    assert {"1/saturated/hidden1", "1/dead/hidden1", "0/gradient_norm/hidden2"} <= set(frame.metrics)
    views = {view.name: view for view in lab.views}
    assert views["activations_1"].options["shares"] == [["1/saturated/hidden1"], ["1/dead/hidden1"]]
    first = views["gradient_norm_0"].series[0]
    assert (first.metric, first.x) == ("0/gradient_norm/hidden1", "0/epoch")
    assert frame.metrics[first.metric] == pytest.approx(
        lab.runners[0].lab.network.get_submodule("hidden1").weight.grad.norm().item(), rel=1e-5
    )
