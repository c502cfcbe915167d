"""Experiments to begin with: each trains well as it stands, and leaves something to try."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dlcore.specs.detection import Detection
from dlcore.specs.experiment import Experiment
from dlcore.specs.layered import Layered
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.segmentation import Segmentation
from dlcore.specs.supervised import Supervised
from dlcore.training.rows import find


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example: `summary` is a line that says what there is to learn from it.

    `page` is the address of the page where it opens; None: the first page of its lab.
    """

    name: str
    title: str
    summary: str
    spec: Experiment
    page: str | None = None


def _plane(data: dict[str, Any], layers: list[dict[str, Any]], training: dict[str, Any], **network: Any) -> Supervised:
    return _supervised({"kind": "generated", **data}, layers, training, **network)


def _table(name: str, layers: list[dict[str, Any]], training: dict[str, Any], **data: Any) -> Supervised:
    data |= {"kind": "table", "name": name}
    return _supervised(data, layers, {"optimizer": "adam", "batch_size": 16, **training})


def _supervised(
    data: dict[str, Any], layers: list[dict[str, Any]], training: dict[str, Any], **network: Any
) -> Supervised:
    return Supervised.parse({"data": data, "network": {"layers": layers, **network}, "training": training})


def _layered(name: str, layers: list[dict[str, Any]], training: dict[str, Any]) -> Layered:
    usual = {"loss": "cross_entropy", "optimizer": "adam", "batch_size": 32}
    return Layered.parse(
        {"data": {"kind": "images", "name": name}, "layers": layers, "training": {**usual, **training}}
    )


_RELU = {"kind": "activation", "function": "relu"}
_NORM = {"kind": "batch_norm"}
_SIN = ["x1", "x2", "sin_x1", "sin_x2"]
_EIGHT = {"units": 8, "activation": "tanh"}

# Test scores over several seeds are recorded in tests/dlcore/test_examples.py.
EXAMPLES = (
    Example(
        name="circle",
        title="Circle",
        summary="A closed border from a few straight ones: what hidden units are for.",
        spec=_plane(
            {"name": "circle"},
            [{"units": 4}, {"units": 2}],
            {"optimizer": "sgd", "learning_rate": 0.1, "epochs": 200},
        ),
    ),
    Example(
        name="xor",
        title="Exclusive or",
        summary="The problem that a single unit cannot solve, and one hidden layer can.",
        spec=_plane(
            {"name": "xor"}, [{"units": 6}], {"optimizer": "adam", "learning_rate": 0.03, "l2": 0.001, "epochs": 120}
        ),
    ),
    Example(
        name="gauss",
        title="Two clouds",
        summary="One unit and no hidden layer draw a straight border, and that is enough here.",
        spec=_plane({"name": "gauss", "noise": 0.1}, [], {"optimizer": "sgd", "learning_rate": 0.03, "epochs": 40}),
    ),
    Example(
        name="spiral",
        title="Spiral",
        summary="The hardest border on the plane: two layers, sine features and patience.",
        spec=_plane(
            {"name": "spiral"},
            [_EIGHT, _EIGHT],
            {"optimizer": "adam", "learning_rate": 0.01, "batch_size": 25, "l2": 0.0003, "epochs": 400},
            features=_SIN,
        ),
    ),
    Example(
        name="moons",
        title="Two moons",
        summary="A bent border: watch every hidden unit contribute one edge of it.",
        spec=_plane(
            {"name": "moons", "noise": 0.1}, [{"units": 6}], {"optimizer": "adam", "learning_rate": 0.02, "epochs": 100}
        ),
    ),
    Example(
        name="rings",
        title="Three rings",
        summary="Three classes: softmax turns three scores into probabilities.",
        spec=_plane(
            {"name": "rings"},
            [_EIGHT],
            {"loss": "cross_entropy", "optimizer": "adam", "learning_rate": 0.02, "epochs": 150},
        ),
    ),
    Example(
        name="plane",
        title="Slope",
        summary="Linear regression as the smallest network of all: predict a number with one linear unit.",
        spec=_plane(
            {"name": "plane", "noise": 0.05},
            [],
            {"loss": "mse", "optimizer": "sgd", "learning_rate": 0.01, "epochs": 40},
        ),
    ),
    Example(
        name="sine",
        title="Sine wave",
        summary="Regression of a curve: bends of hidden units add up to a wave.",
        spec=_plane(
            {"name": "sine", "noise": 0.05},
            [_EIGHT],
            {"loss": "mse", "optimizer": "adam", "learning_rate": 0.02, "epochs": 150},
        ),
    ),
    Example(
        name="penguins",
        title="Palmer penguins",
        summary="Real measurements: tell three species of penguins by bill, flipper and weight.",
        spec=_table("penguins", [_EIGHT], {"loss": "cross_entropy", "learning_rate": 0.01, "epochs": 60}),
    ),
    Example(
        name="iris",
        title="Iris flowers",
        summary="The classic of 1936: three species of flowers, two of which overlap.",
        spec=_table("iris", [_EIGHT], {"loss": "cross_entropy", "learning_rate": 0.01, "epochs": 100}),
    ),
    Example(
        name="wine",
        title="Wines",
        summary="Thirteen inputs: three growers' wines by their chemistry.",
        spec=_table("wine", [_EIGHT], {"loss": "cross_entropy", "learning_rate": 0.01, "epochs": 40}),
    ),
    Example(
        name="breast-cancer",
        title="Breast cancer",
        summary="Thirty inputs, two classes, and mistakes that are not equally bad: look at the confusion matrix.",
        spec=_table(
            "breast-cancer",
            [{"units": 8, "activation": "relu"}],
            {"loss": "bce", "learning_rate": 0.003, "l2": 0.01, "epochs": 40},
        ),
    ),
    Example(
        name="diabetes",
        title="Diabetes",
        summary="Regression where much stays unexplained: stop before the network learns the noise by heart.",
        spec=_table(
            "diabetes",
            [_EIGHT],
            {"loss": "mse", "learning_rate": 0.003, "batch_size": 32, "l2": 0.02, "epochs": 100},
            axes=["body mass index (kg/m²)", "log of triglycerides"],  # the two that say most
        ),
    ),
    Example(
        name="digits-mlp",
        title="Digits",
        summary="64 grey pixels a digit: a dense network reads them, knowing nothing of neighbours.",
        page="cnn",
        spec=_layered(
            "digits",
            [{"kind": "flatten"}, {"kind": "dense", "units": 64}, _RELU, {"kind": "dense", "units": 10}],
            {"learning_rate": 0.003, "epochs": 20},
        ),
    ),
    Example(
        name="mnist-cnn",
        title="Handwritten digits",
        summary="A convolutional network reads handwriting: watch its filters and maps form.",
        page="cnn",
        spec=_layered(
            "mnist",
            [
                {"kind": "conv2d", "channels": 8, "kernel": 5, "padding": "same"},
                _RELU,
                {"kind": "max_pool"},
                {"kind": "conv2d", "channels": 16, "kernel": 5},
                _RELU,
                {"kind": "max_pool"},
                {"kind": "flatten"},
                {"kind": "dense", "units": 64},
                _RELU,
                {"kind": "dropout", "rate": 0.3},
                {"kind": "dense", "units": 10},
            ],
            {"learning_rate": 0.002, "epochs": 15},
        ),
    ),
    Example(
        name="textures-cnn",
        title="Textures",
        summary="Brick, grass or gravel: no outline to go by, so kernels must find grain and direction.",
        page="cnn",
        spec=_layered(
            "textures",
            [
                {"kind": "conv2d", "channels": 8, "kernel": 7, "stride": 2, "padding": 3},
                _NORM,
                _RELU,
                {"kind": "conv2d", "channels": 16, "padding": "same"},
                _NORM,
                _RELU,
                {"kind": "max_pool"},
                {"kind": "conv2d", "channels": 32, "padding": "same"},
                _NORM,
                _RELU,
                {"kind": "global_avg_pool"},  # where in the patch a grain was found says nothing
                {"kind": "dense", "units": 3},
            ],
            # with a learning rate that stays, the accuracy jumps by a third from epoch to epoch, to the last
            {"learning_rate": 0.003, "schedule": {"kind": "cosine", "epochs": 12}, "epochs": 12},
        ),
    ),
    Example(
        name="shapes-detection",
        title="Find the shapes",
        summary="A box round every figure of a scene, its class, and how sure the network is of it.",
        spec=Detection().replace({"training.epochs": 15, "training.schedule": {"kind": "cosine", "epochs": 15.0}}),
    ),
    Example(
        name="shapes-segmentation",
        title="Colour the shapes",
        summary="A U-Net says of every pixel what it belongs to: circle, square, triangle or background.",
        spec=Segmentation().replace({"training.epochs": 8, "training.schedule": {"kind": "cosine", "epochs": 8.0}}),
    ),
    Example(
        name="perceptron",
        title="Perceptron",
        summary="Rosenblatt's rule of 1958: look at one sample, and correct yourself only after a mistake.",
        spec=Perceptron(epochs=50),
    ),
)


def example(name: str) -> Example:
    """The example called `name`. Raises: ValueError: there is none; the sentence lists the names."""
    return find(EXAMPLES, name, "example")
