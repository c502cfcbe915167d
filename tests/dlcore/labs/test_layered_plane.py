"""The output of a stack of layers over the plane: the very picture that the Playground draws of the same network."""

import numpy as np
import pytest
import torch

from dlcore.labs.registry import make_lab
from dlcore.specs.layered import Layered
from dlcore.specs.supervised import Supervised

SEEN = frozenset({"output"})
CASES = {"circle": ("bce", 1), "rings": ("cross_entropy", 3), "moons": ("cross_entropy", 2), "sine": ("mse", 1)}


@pytest.mark.parametrize("name", CASES)
def test_it_is_the_picture_of_the_same_dense_network(name):
    loss, outputs = CASES[name]
    data, training = {"kind": "generated", "name": name, "samples": 60}, {"loss": loss}
    dense = make_lab(Supervised.parse({"data": data, "network": {"layers": [{"units": 5}]}, "training": training}))
    layers = [{"kind": "dense", "units": 5}, {"kind": "activation", "function": "tanh"}, {"kind": "dense"}]
    layers[-1]["units"] = outputs
    stack = make_lab(Layered.parse({"data": data, "layers": layers, "training": training}))
    with torch.no_grad():
        for ours, theirs in zip(stack.network.parameters(), dense.network.parameters(), strict=True):
            ours.copy_(theirs)
    picture, expected = (lab.frame(SEEN).arrays["output/surface"] for lab in (stack, dense))
    assert picture.shape == expected.shape
    assert np.abs(picture.astype(int) - expected).max() <= 1, "the two sum in another order"
    view = {row.name: row for row in stack.views}["output"]
    other = {row.name: row for row in dense.views}["output"]
    assert view.options == other.options and view.kind == "plane"
    constants = dense.constants()
    assert {key: value.tolist() for key, value in stack.constants().items()} == {
        key: constants[key].tolist() for key in stack.constants()
    }


def test_what_is_not_on_the_plane_has_none():
    spec = {"data": {"kind": "table", "name": "iris"}, "layers": [{"kind": "dense", "units": 3}]}
    lab = make_lab(Layered.parse({**spec, "training": {"loss": "cross_entropy"}}))
    assert "output" not in {view.name for view in lab.views}
