"""The views of a race in which layers are compared: whose they are, and that they are a network's own numbers."""

import numpy as np
import pytest

from dlcore.explain.signals import signals
from dlcore.labs.registry import make_lab
from dlcore.specs.race import Race

BASE = {
    "kind": "supervised",
    "data": {"kind": "generated", "name": "circle", "samples": 60},
    "network": {"layers": [{"units": 3}] * 4},
}
BOTH = frozenset({"spread", "backward"})


def race(*changes):
    return make_lab(
        Race.parse({"base": BASE, "variants": [{"title": f"v{k}", "changes": row} for k, row in enumerate(changes)]})
    )


def test_each_variant_shows_what_its_own_network_does():
    lab = race({}, {"network.initialization": "zeros"}, {"network.layers": [{"units": 2}]}, {"network.layers": []})
    found = {view.name: view for view in lab.views if view.kind == "profile"}
    assert [(line["title"], line["layers"]) for line in found["spread"].options["lines"]] == [
        ("v0", 4),
        ("v1", 4),
        ("v2", 1),
    ]
    lab.step()
    arrays = lab.frame(BOTH).arrays
    for number in range(3):
        own = lab.runners[number].lab
        expected = signals(own.network, own.loss, own.x_train, own.targets_train)
        for name, values in zip(("spread", "backward"), expected, strict=True):
            assert np.array_equal(arrays[f"{name}/{number}"], values)
    assert (arrays["spread/0"] > 0).all() and not arrays["spread/1"].any() and "spread/3" not in arrays
    assert not any(name.startswith("backward") for name in lab.frame(frozenset({"spread"})).arrays)


@pytest.mark.parametrize("clip", [{}, {"training.gradient_clip": 1.0}])
def test_looking_changes_nothing(clip):
    watched, alone = race(clip, {"network.batch_norm": True}), race(clip, {"network.batch_norm": True})
    for _ in range(5):
        watched.frame(BOTH)
        watched.step()
        alone.step()
    assert watched.frame().metrics == alone.frame().metrics


def test_stacks_of_layers_have_none():
    assert not [view for view in make_lab(Race.parse({"base": {"kind": "layered", "data": {"kind": "images",
        "name": "shapes", "samples": 20}, "layers": [{"kind": "flatten"}, {"kind": "dense", "units": 4}]},
        "variants": [{"title": "a"}]})).views if view.kind == "profile"]  # fmt: skip
