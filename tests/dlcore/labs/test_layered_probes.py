"""What the views of a stack of layers show, against a forward and a backward pass written by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from dlcore.labs.lab import Glanceable
from dlcore.labs.layered import LayeredLab
from dlcore.specs.layered import Layered

SPEC = Layered.parse(
    {
        "data": {"kind": "images", "name": "digits", "samples": 400},
        "layers": [
            {"kind": "conv2d", "channels": 5, "padding": "same"},
            {"kind": "activation", "function": "relu"},
            {"kind": "max_pool"},
            {
                "kind": "residual",
                "layers": [{"kind": "conv2d", "channels": 3, "padding": "same"}],
                "shortcut": "projection",
            },
            {"kind": "activation", "function": "tanh"},
            {"kind": "dropout", "rate": 0.5},
            {"kind": "flatten"},
            {"kind": "dense", "units": 10},
        ],
        "training": {"loss": "cross_entropy", "learning_rate": 0.1},
    }
)
NAMES = ("conv1", "activation1", "pool1", "block1.layers.conv1", "block1", "activation2", "dense1")


@pytest.fixture
def lab() -> LayeredLab:
    made = LayeredLab(SPEC)
    for _ in range(5):
        made.step()
    return made


def by_hand(lab: LayeredLab, x: Tensor) -> dict[str, Tensor]:
    """Every layer's output (1, …) for one image."""
    network = lab.network
    found = {"conv1": F.conv2d(x, network.conv1.weight, network.conv1.bias, padding=1)}
    found["activation1"] = found["conv1"].clamp_min(0)
    found["pool1"] = F.max_pool2d(found["activation1"], 2)
    inner, shortcut = network.block1.layers.conv1, network.block1.shortcut
    found["block1.layers.conv1"] = F.conv2d(found["pool1"], inner.weight, inner.bias, padding=1)
    found["block1"] = found["block1.layers.conv1"] + F.conv2d(found["pool1"], shortcut.weight, shortcut.bias)
    found["activation2"] = torch.tanh(found["block1"])
    found["dense1"] = found["activation2"].flatten(1) @ network.dense1.weight.T + network.dense1.bias
    return found


def values(arrays: dict[str, Any], name: str, number: int) -> np.ndarray:
    pixels, scale = arrays[f"maps/{name}/{number}"], arrays[f"maps/{name}_scale"][number]
    shown: np.ndarray = (pixels - 127.5) / 127.5 * scale
    return shown


@pytest.mark.parametrize(("part", "sample"), [("test", 0), ("train", 11), ("test", 79)])
def test_maps_are_those_of_a_forward_pass_by_hand(lab: LayeredLab, part: str, sample: int) -> None:
    lab.look(part=part, sample=sample)
    arrays = dict(lab.frame(frozenset({"maps"})).arrays)
    x = (lab.x_train if part == "train" else lab.x_test)[sample]
    y = (lab.y_train if part == "train" else lab.y_test)[sample]
    with torch.no_grad():
        expected = by_hand(lab, x[None])
    view = next(view for view in lab.views if view.name == "maps")
    assert tuple(layer["name"] for layer in view.options["layers"]) == NAMES
    for number, name in enumerate(NAMES):
        scale = arrays["maps/map_scale"][number]
        np.testing.assert_allclose(values(arrays, "map", number), expected[name][0], atol=scale / 127)
        assert list(expected[name].shape[1:]) == view.options["layers"][number]["shape"]
        assert scale == pytest.approx(expected[name].abs().max().item(), rel=1e-5)
    np.testing.assert_array_equal(arrays["maps/input"], x)
    np.testing.assert_allclose(arrays["maps/scores"], expected["dense1"][0], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(arrays["maps/probabilities"], expected["dense1"][0].softmax(0), rtol=1e-4, atol=1e-6)
    assert arrays["maps/target"].tolist() == [float(y)]


def test_gradients_are_those_of_the_chosen_samples_loss(lab: LayeredLab) -> None:
    lab.look(part="train", sample=4, gradients=True)
    before = {name: value.clone() for name, value in lab.network.state_dict().items()}
    kept = [parameter.grad.clone() for parameter in lab.network.parameters() if parameter.grad is not None]
    arrays = dict(lab.frame(frozenset({"maps"})).arrays)
    x = lab.x_train[4:5].clone().requires_grad_()
    outputs = by_hand(lab, x)
    loss = -torch.log_softmax(outputs["dense1"], dim=1)[0, lab.y_train[4]]
    expected = torch.autograd.grad(loss, [x, *(outputs[name] for name in NAMES)])
    np.testing.assert_allclose(arrays["maps/input_gradient"], expected[0][0], rtol=1e-4, atol=1e-6)
    for number, gradient in enumerate(expected[1:]):
        scale = arrays["maps/gradient_scale"][number]
        assert scale == pytest.approx(gradient.abs().max().item(), rel=1e-4)
        np.testing.assert_allclose(values(arrays, "gradient", number), gradient[0], atol=scale / 127)
    assert not any(name.startswith("maps/map") for name in arrays)
    for parameter, gradient in zip(lab.network.parameters(), kept, strict=True):
        assert parameter.grad is not None and torch.equal(parameter.grad, gradient)  # the update's own stay
    assert all(torch.equal(value, before[name]) for name, value in lab.network.state_dict().items())
    lab.look(gradients=False)
    assert "maps/map/0" in lab.frame(frozenset({"maps"})).arrays


def test_exact_values_make_a_units_multiplication_table(lab: LayeredLab) -> None:
    lab.look(sample=3, exact="block1.layers.conv1")
    arrays = lab.frame(frozenset({"maps", "filters"})).arrays
    given, got = arrays["maps/exact_input"], arrays["maps/exact_output"]
    filters = next(view for view in lab.views if view.name == "filters").options["layers"]
    number = [layer["name"] for layer in filters].index("block1.layers.conv1")
    kernels, bias = arrays[f"filters/weight/{number}"], arrays[f"filters/bias/{number}"]
    padded = np.pad(given, ((0, 0), (1, 1), (1, 1)))
    channel, row, column = 2, 1, 3
    table = padded[:, row : row + 3, column : column + 3] * kernels[channel]
    assert table.sum() + bias[channel] == pytest.approx(got[channel, row, column], rel=1e-5)
    lab.look(exact="")
    assert "maps/exact_input" not in lab.frame(frozenset({"maps"})).arrays


def test_choices_that_make_no_sense_are_refused_and_change_nothing(lab: LayeredLab) -> None:
    lab.look(part="train", sample=100)
    for options, said in (
        ({"sample": 320}, r"sample: expected 0 … 319 of the train part; received 320"),
        ({"sample": -1}, "sample: expected"),
        ({"sample": True}, "sample: expected"),
        ({"part": "test"}, "sample: expected 0 … 79 of the test part; received 100"),
        ({"part": "all", "sample": 1}, "part: expected train or test"),
        ({"gradients": 1}, "gradients: expected"),
        ({"exact": "flatten1"}, "exact: expected one of conv1, activation1, .*; received 'flatten1'"),
    ):
        with pytest.raises(ValueError, match=said):
            lab.look(**options)
    np.testing.assert_array_equal(lab.frame(frozenset({"maps"})).arrays["maps/input"], lab.x_train[100])
    lab.look(sample=5)  # of the same part
    np.testing.assert_array_equal(lab.frame(frozenset({"maps"})).arrays["maps/input"], lab.x_train[5])


def test_filters_are_the_networks_own_kernels(lab: LayeredLab) -> None:
    arrays = lab.frame(frozenset({"filters"})).arrays
    options = next(view for view in lab.views if view.name == "filters").options["layers"]
    assert [(layer["name"], layer["kind"], layer["parameter"]) for layer in options] == [
        ("conv1", "conv2d", "weight/0"),
        ("block1.layers.conv1", "conv2d", "weight/1"),
        ("block1.shortcut", "projection", "weight/2"),
    ]
    for number, layer in enumerate(options):
        module = lab.network.get_submodule(layer["name"])
        np.testing.assert_array_equal(arrays[f"filters/weight/{number}"], module.weight.detach())
        np.testing.assert_array_equal(arrays[f"filters/bias/{number}"], module.bias.detach())
        assert arrays[f"filters/weight/{number}"].flags["C_CONTIGUOUS"]


def test_a_dense_layer_that_sees_the_image_shows_what_it_seeks() -> None:
    softmax = SPEC.replace({"layers": [{"kind": "dropout"}, {"kind": "flatten"}, {"kind": "dense", "units": 10}]})
    lab = LayeredLab(softmax)
    weight = lab.network.dense1.weight.detach()
    shown = lab.frame(frozenset({"filters"})).arrays["filters/weight/0"]
    assert shown.shape == (10, 1, 8, 8)
    np.testing.assert_array_equal(shown[4, 0, 2], weight[4, 16:24])
    deeper = LayeredLab(softmax.replace({"layers.0": {"kind": "max_pool"}}))
    assert "filters" not in {view.name for view in deeper.views}


def test_many_channels_are_cut_to_what_can_be_looked_at() -> None:
    wide = SPEC.replace(
        {
            "layers": [
                {"kind": "conv2d", "channels": 40},
                {"kind": "conv2d", "channels": 2},
                {"kind": "flatten"},
                {"kind": "dense", "units": 300},
                {"kind": "dense", "units": 10},
            ]
        }
    )
    lab = LayeredLab(wide)
    arrays = lab.frame(frozenset({"maps", "filters"})).arrays
    assert arrays["maps/map/0"].shape == (32, 6, 6)
    assert arrays["maps/map/2"].shape == (256,)
    assert (arrays["filters/weight/0"].shape, arrays["filters/weight/1"].shape) == ((32, 1, 3, 3), (2, 32, 3, 3))
    options = {view.name: view.options for view in lab.views}
    assert [layer["shown"] for layer in options["maps"]["layers"]] == [32, 2, 256, 10]
    assert options["filters"]["layers"][0]["shape"] == [40, 1, 3, 3]


def test_lengths_a_layer_are_those_of_the_last_update(lab: LayeredLab) -> None:
    before = lab.network.conv1.weight.detach().clone()
    lab.step()
    metrics, conv = lab.frame().metrics, lab.network.conv1.weight
    assert metrics["gradient_norm/conv1"] == pytest.approx(conv.grad.norm().item(), rel=1e-5)
    ratio = (conv.detach() - before).norm() / before.norm()
    assert metrics["update_ratio/conv1"] == pytest.approx(ratio.item(), rel=1e-4)
    assert {name for name in metrics if name.startswith("update_ratio/")} == {
        f"update_ratio/{name}" for name in ("conv1", "block1.layers.conv1", "block1.shortcut", "dense1")
    }


def test_activations_are_counted_over_training_samples(lab: LayeredLab) -> None:
    frame = lab.frame(frozenset({"activations"}))
    with torch.no_grad():
        outputs = by_hand(lab, lab.x_train[:32])
    for number, name in enumerate(("activation1", "activation2")):
        edges, counts = frame.arrays[f"activations/edges/{number}"], frame.arrays[f"activations/counts/{number}"]
        assert counts.sum() == outputs[name].numel()
        assert (edges[0], edges[-1]) == pytest.approx(
            (outputs[name].min().item(), outputs[name].max().item()), abs=1e-5
        )
    slopes = (outputs["conv1"] > 0).float()
    assert frame.metrics["saturated/activation1"] == pytest.approx((slopes == 0).double().mean().item(), abs=1e-3)
    assert "saturated/activation1" not in lab.frame().metrics


def test_only_what_is_watched_is_kept(lab: LayeredLab) -> None:
    assert lab.probes.see(frozenset({"loss"})).kept == {}
    assert set(lab.probes.see(frozenset({"activations"})).kept) == {"activation1", "activation2"}
    assert lab.probes.see(frozenset({"maps"})).kept["conv1"].output.shape[0] == 1


def test_one_forward_pass_gives_all_that_a_frame_needs(lab: LayeredLab) -> None:
    passes = []
    lab.network.register_forward_hook(lambda module, given, output: passes.append(len(given[0])))
    lab.frame(frozenset(view.name for view in lab.views))
    assert passes == [1 + lab.probes.sizes["train"] + lab.probes.sizes["test"]]


def test_test_images_to_choose_from_come_once(lab: LayeredLab) -> None:
    constants = lab.constants()
    assert constants["maps/choices"].shape == (20, 1, 8, 8)
    np.testing.assert_allclose(constants["maps/choices"] / 255, lab.data.x_test[:20], atol=0.5 / 255 + 1e-6)
    assert constants["maps/choice_labels"].tolist() == lab.data.y_test[:20].tolist()


def test_an_image_of_ones_own_goes_through_without_a_target(lab: LayeredLab) -> None:
    drawn = np.random.default_rng(0).random((8, 8)).round(3)
    lab.look(part="train", sample=11, gradients=True)
    lab.look(image=drawn.tolist())
    arrays = dict(lab.frame(frozenset({"maps"})).arrays)
    expected = by_hand(lab, torch.from_numpy(drawn.astype(np.float32))[None, None])
    np.testing.assert_allclose(values(arrays, "map", 0), expected["conv1"].detach()[0], atol=0.05)
    np.testing.assert_allclose(arrays["maps/scores"], expected["dense1"].detach()[0], rtol=1e-4, atol=1e-5)
    assert arrays["maps/chosen"].tolist() == [2, 11]
    assert not {"maps/target", "maps/gradient_scale", "maps/input_gradient"} & set(arrays)
    lab.look(sample=12)
    arrays = dict(lab.frame(frozenset({"maps"})).arrays)
    assert arrays["maps/chosen"].tolist() == [0, 12] and "maps/gradient_scale" in arrays
    np.testing.assert_array_equal(arrays["maps/input"], lab.x_train[12])


def test_exact_values_come_with_the_weights_of_the_chosen_unit(lab: LayeredLab) -> None:
    lab.look(exact="dense1", unit=7)
    arrays = lab.frame(frozenset({"maps"})).arrays
    layer = lab.network.dense1
    np.testing.assert_array_equal(arrays["maps/exact_weight"], layer.weight[7].detach())
    value = arrays["maps/exact_weight"].astype(np.float64) @ arrays["maps/exact_input"] + arrays["maps/exact_bias"][0]
    assert value == pytest.approx(arrays["maps/exact_output"][7], abs=1e-5)
    assert arrays["maps/exact_unit"].tolist() == [NAMES.index("dense1"), 7]
    lab.look(exact="block1", unit=1)
    arrays = lab.frame(frozenset({"maps"})).arrays
    np.testing.assert_allclose(
        arrays["maps/exact_inner"] + arrays["maps/exact_shortcut"], arrays["maps/exact_output"], atol=1e-6
    )


GLANCED = frozenset({"maps", "filters", "weights", "gradients", "loss", "update_ratio"})


def test_a_glance_shows_what_a_frame_shows_without_measuring(lab: LayeredLab) -> None:
    assert isinstance(lab, Glanceable)
    state = torch.get_rng_state()
    lab.look(sample=5, exact="conv1", unit=1)
    glance, frame = lab.glance(GLANCED), lab.frame(GLANCED)
    assert glance is not None and (glance.step, glance.epoch, glance.metrics) == (frame.step, frame.epoch, {})
    assert glance.arrays.keys() == frame.arrays.keys()
    for name, array in frame.arrays.items():  # one sample alone is added up in another order than beside others
        tolerance = {"atol": 1.0} if array.dtype == np.uint8 else {"rtol": 1e-4, "atol": 1e-5}
        np.testing.assert_allclose(glance.arrays[name].astype(float), array.astype(float), err_msg=name, **tolerance)
    lab.look(gradients=True)
    assert "maps/gradient/0" in (lab.glance(GLANCED) or frame).arrays
    assert torch.equal(torch.get_rng_state(), state)


@pytest.mark.parametrize("view", ["confusion", "mistakes", "class_accuracy", "activations", "likes"])
def test_views_of_many_samples_need_a_frame(lab: LayeredLab, view: str) -> None:
    assert lab.glance(GLANCED | {view}) is None


def test_when_training_has_ended_everything_is_measured() -> None:
    lab = LayeredLab(SPEC.replace({"training.epochs": 1}))
    while lab.finished() is None:
        lab.step()
    assert lab.glance(GLANCED) is None
