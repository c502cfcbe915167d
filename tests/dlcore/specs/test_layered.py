from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from dlcore.networks.starting_points import STARTING_POINTS
from dlcore.specs import limits
from dlcore.specs.layered import AT_ONCE, Layered
from dlcore.specs.spec import SpecError
from dlcore.training.rows import find

FLATTEN = {"kind": "flatten"}
RELU = {"kind": "activation", "function": "relu"}
NARROWING = {"kind": "conv2d", "stride": 2, "padding": 1}


def dense(units: int) -> dict[str, Any]:
    return {"kind": "dense", "units": units}


def refused(changes: dict[str, Any]) -> str:
    with pytest.raises(SpecError) as error:
        Layered().replace(changes)
    said = str(error.value)
    assert said.endswith(".") and not said.endswith("..")
    return said


def test_it_begins_with_lenet_on_mnist() -> None:
    spec = Layered()
    assert spec.layers == find(STARTING_POINTS, "lenet5", "name").layers
    assert spec.data.as_dict()["name"] == "mnist"
    assert (spec.walk.parameters, spec.walk.multiply_adds) == (61_706, 416_520)
    assert spec.exact() is spec  # there is only one way to train it
    assert Layered.parse(spec.as_json()) == spec


@pytest.mark.parametrize(
    ("data", "loss", "layers", "shape", "samples"),
    [
        ({"kind": "images", "name": "digits"}, "cross_entropy", [FLATTEN, dense(10)], (1, 8, 8), 1797),
        ({"kind": "images", "name": "shapes", "samples": 50}, "mse", [FLATTEN, dense(4)], (1, 32, 32), 50),
        ({"kind": "images", "name": "textures"}, "cross_entropy", [FLATTEN, dense(3)], (1, 32, 32), 2790),
        ({"kind": "series", "samples": 60}, "mse", [FLATTEN, dense(1)], (1, 48), 60),
        ({"kind": "generated"}, "bce", [dense(4), RELU, dense(1)], (2,), 500),
        ({"kind": "generated", "name": "sine", "samples": 99}, "mse", [dense(1)], (2,), 99),
        ({"kind": "table", "name": "iris"}, "cross_entropy", [dense(3)], (4,), 150),
        ({"kind": "table", "name": "diabetes", "features": ["age (years)"]}, "mae", [dense(1)], (1,), 442),
        ({"kind": "drawn", "points": [{"x1": 0.0, "x2": 1.0, "label": 0}]}, "bce", [dense(1)], (2,), 1),
    ],
)
def test_it_takes_any_data(
    data: dict[str, Any], loss: str, layers: list[dict[str, Any]], shape: tuple[int, ...], samples: int
) -> None:
    spec = Layered.parse({"data": data, "layers": layers, "training": {"loss": loss}})
    assert (spec.given.shape, spec.samples) == (shape, samples)


def test_a_layer_that_does_not_fit_is_named() -> None:
    assert refused({"data.name": "digits"}).startswith("layers: Layer 4 (Convolution 2-D) gets 6 × 4 × 4 (")
    said = refused({"layers": [FLATTEN, dense(9)]})
    assert said == "layers: The network ends with 9 values in a row; these data need 10 scores, one a class."


def test_a_network_over_a_limit_is_refused() -> None:
    said = refused({"layers": [FLATTEN, dense(4096), dense(4096), dense(10)]})
    assert said.startswith("layers: This network has 20,037,642 parameters, and 5,000,000 are allowed; layer 3 alone")


def test_a_network_without_weights_is_refused() -> None:
    said = refused({"data": {"kind": "generated", "name": "rings"}, "training.loss": "mse", "layers": []})
    assert said == "layers: The network ends with 2 values in a row; these data need 3 scores, one a class."
    said = refused({"data": {"kind": "generated"}, "layers": [{"kind": "flatten"}]})
    assert said == "layers: nothing here learns; expected a layer with weights, such as a dense one."


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"layers.0.channels": 512, "training.batch_size": 5000}, "bytes of activations"),
        ({"layers.0.channels": 128, "layers.3.channels": 128, "training.batch_size": 300}, "multiply-adds"),
        ({"layers.0.channels": 512, "training.batch_size": "all"}, "bytes of activations"),
        ({"layers.0.channels": 512, "training.optimizer": "gd"}, "bytes of activations"),
    ],
)
def test_a_batch_that_is_too_dear_is_refused_with_one_that_is_not(changes: dict[str, Any], title: str) -> None:
    said = refused(changes)
    assert said.startswith("training.batch_size: a batch of ") and title in said
    bearable = int(said.split("take batches of ")[1].split(" ")[0].replace(",", ""))
    changes |= {"training.batch_size": bearable, "training.optimizer": "adam"}
    spec = Layered().replace(changes)
    assert bearable * spec.walk.memory <= limits.BATCH_BYTES
    assert "training.batch_size: " in refused(changes | {"training.batch_size": bearable + 1})


def test_few_samples_make_a_small_batch() -> None:
    changes = {"layers.0.channels": 512, "training.batch_size": "all"}
    assert Layered().replace(changes | {"data.samples": 100}).training.batch_size == "all"


def test_the_loss_must_fit_the_task() -> None:
    assert refused({"training.loss": "bce"}).startswith("training.loss: binary cross-entropy needs two classes")


def test_batch_normalization_anywhere_needs_batches_of_two() -> None:
    conv = {"kind": "conv2d", "channels": 1, "padding": "same"}
    layers = [{"kind": "residual", "layers": [conv, {"kind": "batch_norm"}]}, FLATTEN, dense(10)]
    assert not Layered().batch_norm
    assert Layered().replace({"layers": layers}).batch_norm
    said = refused({"layers": layers, "training.batch_size": 1})
    assert said.startswith("training.batch_size: batch normalization")


def test_first_weights_are_pytorchs_own_unless_asked_for() -> None:
    assert Layered().initialization == "default"
    assert Layered().replace({"initialization": "he"}).initialization == "he"
    said = refused({"initialization": "ones"})
    assert said.startswith("initialization: expected one of default, xavier, he, ") and "received 'ones'" in said


def test_dropout_is_a_layer_here() -> None:
    assert refused({"training.dropout": 0.5}).startswith("training.dropout: here dropout is a layer of its own")
    assert not Layered().dropout
    assert Layered().replace({"layers.2": {"kind": "dropout"}, "layers.5": {"kind": "max_pool", "kernel": 4}}).dropout


@pytest.mark.parametrize(
    ("name", "loss", "end", "output"),
    [
        ("circle", "bce", [dense(1)], "sigmoid"),
        ("circle", "cross_entropy", [dense(2)], "softmax"),
        ("circle", "mse", [dense(1)], "linear"),
        ("circle", "mse", [dense(1), {"kind": "activation", "function": "tanh"}], "tanh"),
        ("circle", "mse", [dense(1), {"kind": "activation", "function": "sigmoid"}], "sigmoid"),
        ("circle", "mse", [dense(1), RELU], "linear"),
        ("rings", "mse", [dense(3), {"kind": "activation", "function": "tanh"}], "linear"),
        ("sine", "mse", [dense(1), {"kind": "activation", "function": "tanh"}], "tanh"),
    ],
)
def test_the_output_is_what_the_layers_and_the_loss_end_with(
    name: str, loss: str, end: list[dict[str, Any]], output: str
) -> None:
    spec = Layered.parse({"data": {"kind": "generated", "name": name}, "layers": end, "training": {"loss": loss}})
    assert spec.output == output


def test_large_networks_are_measured_on_fewer_samples_at_once() -> None:
    assert Layered().at_once == AT_ONCE
    large = Layered().replace({"layers.0.channels": 512, "training.batch_size": 100})
    assert 1 < large.at_once < AT_ONCE
    assert large.at_once * large.walk.memory <= limits.BATCH_BYTES


@pytest.mark.parametrize(
    ("layers", "answer"),
    [
        ([{"kind": "conv2d", "kernel": 3, "stride": 2}], True),
        ([{"kind": "conv2d", "kernel": 1}], True),
        ([{"kind": "conv2d", "kernel": 1, "stride": 2}], False),
        ([{"kind": "conv_transpose", "kernel": 1, "stride": 2}], False),
        ([{"kind": "residual", "shortcut": "projection"}], True),
        ([{"kind": "residual", "layers": [NARROWING], "shortcut": "projection"}], False),
        ([{"kind": "residual", "layers": [NARROWING | {"kernel": 1, "padding": 0}], "shortcut": "projection"}], False),
        ([{"kind": "max_pool"}], False),
    ],
)
def test_images_lie_channel_beside_channel_where_that_is_quicker_and_safe(
    layers: list[dict[str, Any]], answer: bool
) -> None:
    assert Layered().replace({"layers": [*layers, FLATTEN, dense(10)]}).channels_last == answer


def test_it_needs_no_torch() -> None:
    code = "import sys; from dlcore.specs.layered import Layered; Layered(); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_layers_are_fitted_to_other_data_and_to_another_loss() -> None:
    spec = Layered()
    assert spec.adapted({"seed": 3}) == {"seed": 3}
    same = {"data": {"kind": "images", "name": "mnist", "samples": 300}}
    assert spec.adapted(same) == same, "what fits stays as it is"
    digits = spec.replace(spec.adapted({"data": {"kind": "images", "name": "digits"}}))
    assert digits.given.shape == (1, 8, 8) and digits.walk.output.shape == (10,)
    two = spec.replace(spec.adapted({"data": {"kind": "table", "name": "breast-cancer"}}))
    assert two.walk.output.shape == (2,)
    assert two.replace(two.adapted({"training.loss": "bce"})).walk.output.shape == (1,)
    chosen = [FLATTEN, dense(4)]
    assert spec.adapted({"data": {"kind": "images", "name": "shapes"}, "layers": chosen})["layers"] == chosen
