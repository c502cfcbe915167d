"""What every lab promises, checked for every row of the registry."""

import numpy as np
import pytest
import torch

from dlcore.labs.registry import LABS, make_lab
from dlcore.specs.descent import Descent
from dlcore.specs.detection import Detection
from dlcore.specs.layered import Layered
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.race import Race
from dlcore.specs.segmentation import Segmentation
from dlcore.specs.supervised import Supervised

pytestmark = pytest.mark.usefixtures("device")
SCENES = {
    "data": {"samples": 20},
    "network": {"levels": 2, "channels": 2},
    "training": {"optimizer": "adam", "batch_size": 5, "l2": 0.01, "gradient_clip": 1.0},
}
SPECS = {
    "perceptron": [Perceptron(), Perceptron.parse({"data": {"kind": "table", "name": "breast-cancer"}})],
    "supervised": [
        Supervised(),
        Supervised.parse({"training": {"step": "textbook"}}),
        Supervised.parse({"data": {"kind": "generated", "name": "rings"}, "training": {"loss": "cross_entropy"}}),
        Supervised.parse({"data": {"kind": "generated", "name": "sine"}, "training": {"loss": "huber"}}),
        Supervised.parse({"network": {"layers": []}, "training": {"loss": "mse", "optimizer": "gd"}}),
        Supervised.parse(
            {
                "data": {"kind": "table", "name": "penguins", "axes": ["bill depth (mm)", "bill length (mm)"]},
                "network": {"batch_norm": True, "layers": [{"units": 5, "activation": "relu"}, {"units": 3}]},
                "training": {
                    "loss": "cross_entropy",
                    "optimizer": "adam",
                    "dropout": 0.3,
                    "l1": 0.001,
                    "l2": 0.01,
                    "gradient_clip": 1.0,
                    "batch_size": 7,
                    "schedule": {"kind": "step", "every": 1.0, "decay": 0.5},
                    "early_stopping": {"patience": 3},
                },
            }
        ),
    ],
    "layered": [
        Layered.parse(
            {
                "data": {"kind": "images", "name": "digits", "samples": 300},
                "layers": [
                    {"kind": "conv2d", "channels": 4},
                    {"kind": "batch_norm"},
                    {"kind": "activation", "function": "relu"},
                    {"kind": "max_pool"},
                    {
                        "kind": "residual",
                        "layers": [{"kind": "conv2d", "channels": 6, "padding": "same"}, {"kind": "layer_norm"}],
                        "shortcut": "projection",
                    },
                    {"kind": "dropout", "rate": 0.3},
                    {"kind": "flatten"},
                    {"kind": "dense", "units": 10},
                ],
                "training": {
                    "loss": "cross_entropy",
                    "optimizer": "adam",
                    "batch_size": 15,
                    "l1": 0.001,
                    "l2": 0.01,
                    "gradient_clip": 1.0,
                    "schedule": {"kind": "step", "every": 1.0, "decay": 0.5},
                    "early_stopping": {"patience": 3},
                },
                "augmentation": {"rotate": 20.0, "noise": 0.05},
            }
        ),
        Layered.parse(
            {
                "data": {"kind": "images", "name": "shapes", "samples": 60},
                "layers": [{"kind": "flatten"}, {"kind": "dense", "units": 4}],
                "initialization": "he",
                "training": {"loss": "mse"},
            }
        ),
    ],
    "descent": [
        Descent(noise=1.0),
        Descent.parse(
            {
                "surface": {"kind": "rosenbrock"},
                "start": [-1.5, 2.0],
                "noise": 3.0,
                "racers": [{"optimizer": "adam"}, {"optimizer": "sgd", "learning_rate": 0.1}],  # the second leaves
            }
        ),
    ],
    "detection": [Detection.parse(SCENES)],
    "segmentation": [Segmentation.parse({**SCENES, "network": {"levels": 1, "channels": 2, "batch_norm": False}})],
}
SPECS["race"] = [
    Race(),
    Race.parse(
        {
            "base": {
                "kind": "supervised",
                "data": {"kind": "generated", "name": "fraud", "samples": 100, "folds": 3},
                "training": {"dropout": 0.3, "step": "textbook"},
            },
            "variants": [
                {"title": "first"},
                {"title": "second", "changes": {"data.fold": 1}},
                {"title": "norm", "changes": {"network.batch_norm": True, "training.oversampling": True}},
                {"title": "fast", "changes": {"training.step": "auto", "training.class_weights": "balanced"}},
            ],
        }
    ),
    Race.parse({"base": SPECS["layered"][0], "variants": [{"title": "a"}, {"title": "b", "changes": {"seed": 4}}]}),
]
# the view that shows weights, and where in it
BY_HAND = {
    "perceptron": ("network", (0, 1)),
    "descent": ("descent", (1, 1)),
    "supervised": ("network", (0, 1)),
    "layered": ("filters", (1, 0, 1, 2)),
    "race": ("", ()),  # in the lab of a variant
    **dict.fromkeys(("detection", "segmentation"), ("filters", (1, 0, 1, 2))),
}
CASES = [pytest.param(spec, id=f"{row.kind}-{i}") for row in LABS for i, spec in enumerate(SPECS[row.kind])]
HEAVY = ("detection-0", "segmentation-0", "race-2")  # seconds of training each
TRAINED = [pytest.param(*case.values, id=case.id, marks=[pytest.mark.slow] * (case.id in HEAVY)) for case in CASES]


def train(lab, steps):
    for _ in range(steps):
        lab.step()
    return lab


def some(spec):
    """How many updates to make: of scenes, of which each costs most, those of five epochs."""
    return 20 if spec.kind in ("detection", "segmentation") else 60


def trained(spec):
    return everything(train(make_lab(spec), some(spec)))


def assert_same(first, second):
    assert (first.step, first.epoch) == (second.step, second.epoch)
    np.testing.assert_equal(dict(first.metrics), dict(second.metrics))
    assert first.arrays.keys() == second.arrays.keys()
    for name, array in first.arrays.items():
        np.testing.assert_array_equal(array, second.arrays[name], err_msg=name)


def everything(lab):
    return lab.frame(frozenset(view.name for view in lab.views))


@pytest.mark.parametrize("spec", TRAINED)
def test_same_seed_same_frames(spec):
    assert_same(trained(spec), trained(spec))


@pytest.mark.parametrize("spec", TRAINED)
def test_another_seed_gives_another_run(spec):
    first = trained(spec)
    second = trained(spec.replace({"base.seed" if spec.kind == "race" else "seed": 1}))
    assert any(not np.array_equal(array, second.arrays[name]) for name, array in first.arrays.items())


@pytest.mark.slow
@pytest.mark.parametrize("spec", TRAINED)
def test_looking_changes_nothing(spec):
    lab, watched = make_lab(spec), make_lab(spec)
    torch.manual_seed(5)
    updates = 2 * some(spec) // 3
    train(lab, updates)
    torch.manual_seed(5)
    for _ in range(updates):
        watched.step()
        everything(watched)
    assert_same(everything(lab), everything(watched))


@pytest.mark.slow
@pytest.mark.parametrize("spec", TRAINED)
def test_a_state_can_be_taken_up_again(spec):
    before, after = some(spec) // 2 + 3, 5 * some(spec) // 6  # in the middle of an epoch
    lab = train(make_lab(spec), before)
    state, random = lab.state_dict(), torch.get_rng_state()
    other = make_lab(spec)
    other.load_state_dict(state)
    assert_same(everything(lab), everything(other))
    torch.set_rng_state(random)
    train(lab, after)
    torch.set_rng_state(random)
    train(other, after)
    assert_same(everything(lab), everything(other))
    again = make_lab(spec)  # what was saved has not moved with the lab that saved it
    again.load_state_dict(state)
    assert again.frame().step == before
    torch.set_rng_state(random)
    assert_same(everything(train(again, after)), everything(lab))


@pytest.mark.parametrize("spec", CASES)
def test_frames_hold_what_the_views_promise(spec):
    lab = make_lab(spec)
    names = {view.name for view in lab.views}
    assert len(names) == len(lab.views)
    for steps in (0, 2 * lab.steps_an_epoch):
        frame = everything(train(lab, steps))
        assert {name.split("/")[0] for name in [*frame.arrays, *lab.constants()]} <= names
        assert not make_lab(spec).frame().arrays
        for array in [*frame.arrays.values(), *lab.constants().values()]:
            assert array.dtype in (np.uint8, np.int32, np.float32)
            assert np.isfinite(array).all()
    for view in lab.views:
        for series in view.series:
            assert series.metric in frame.metrics, (view.name, series.metric)


@pytest.mark.parametrize("spec", CASES)
def test_each_view_costs_only_when_watched(spec):
    lab = train(make_lab(spec), 3)
    for view in lab.views:
        assert all(name.startswith(f"{view.name}/") for name in lab.frame(frozenset({view.name})).arrays)


@pytest.mark.parametrize("spec", CASES)
def test_impossible_edits_are_refused_with_a_sentence(spec):
    lab = make_lab(spec)
    of = "0/" if spec.kind == "race" else ""
    for parameter, index, value, expectation in (
        ("weight/99", (0, 0), 1.0, "parameter: expected"),
        ("nonsense", (0, 0), 1.0, "parameter: expected"),
        ("weight/0", (0,), 1.0, "index: expected"),
        ("weight/0", (0, -1), 1.0, "index: expected"),
        ("weight/0", (0, 9_999), 1.0, "index: expected"),
        ("bias/0", (0,), float("nan"), "value: expected"),
    ):
        with pytest.raises(ValueError, match=expectation):
            lab.edit(of + parameter, index, value)
    with pytest.raises((ValueError, TypeError)):
        lab.look(sample=10**9)


@pytest.mark.parametrize("spec", CASES)
def test_a_weight_set_by_hand_is_used(spec):
    edited = lab = make_lab(spec)
    of = ""
    if spec.kind == "race":
        of, lab, spec = "1/", lab.runners[1].lab, spec.members[1]
    view, index = BY_HAND[spec.kind]
    weight = lab.frame(frozenset({view})).arrays[f"{view}/weight/0"]
    assert weight[index] != 2.5
    # a dense layer's weights may be shown as a picture of what it sees
    place = index if spec.kind != "layered" or spec.walk.rows[0].parameters else (1, 34)
    edited.edit(of + "weight/0", place, 2.5)
    assert lab.frame(frozenset({view})).arrays[f"{view}/weight/0"][index] == 2.5
    if spec.kind == "descent":
        return  # a place has no bias
    edited.edit(of + "bias/0", (0,), -1.25)
    assert lab.frame(frozenset({view})).arrays[f"{view}/bias/0"][0] == -1.25
