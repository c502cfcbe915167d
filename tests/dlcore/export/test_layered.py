"""The exported program of a stacked network prints what the lab gives, to the last bit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from datasets.registry import DATASETS
from dlcore.export.layer_calls import sequential
from dlcore.export.layered import as_program
from dlcore.networks.layers import build_layers
from dlcore.networks.residual import Residual
from dlcore.networks.shapes import walk
from dlcore.networks.starting_points import STARTING_POINTS, StartingPoint
from dlcore.specs.layered import Layered
from dlcore.specs.perceptron import Perceptron
from dlcore.training.augmentations import AUGMENTATIONS
from dlcore.training.rows import find
from tests.dlcore.export.programs import (
    assert_no_unused_name,
    assert_written_without_pytorch,
    lab_results,
    results_alone,
    results_here,
)

DIGITS = {"kind": "images", "name": "digits", "samples": 143}  # 115 to learn from: the last batch of 16 is ragged
RELU, FLATTEN = {"kind": "activation", "function": "relu"}, {"kind": "flatten"}
CONV, POOL = {"kind": "conv2d", "channels": 4, "padding": "same"}, {"kind": "max_pool"}


def dense(units: int) -> dict[str, Any]:
    return {"kind": "dense", "units": units}


PLAIN = [CONV, RELU, POOL, FLATTEN, dense(10)]


def _spec(layers: list[Any] | None = None, data: dict[str, Any] = DIGITS, **training: Any) -> Layered:
    chosen = {"loss": "cross_entropy", "optimizer": "adam", "learning_rate": 0.01, "batch_size": 16}
    training = {**chosen, "epochs": 2, "device": "cpu", **training}
    return Layered.parse({"data": data, "layers": layers or PLAIN, "training": training, "seed": 5})


def _block(shortcut: str, *inner: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "residual", "layers": list(inner), "shortcut": shortcut}


def _images(name: str, **more: Any) -> dict[str, Any]:
    return {"kind": "images", "name": name, **more}


def _augmented(spec: Layered, **strengths: float) -> Layered:
    return spec.replace({"augmentation": strengths})


def _started(spec: Layered, initialization: str) -> Layered:
    return spec.replace({"initialization": initialization})


EARLY = {"early_stopping": {"patience": 2}, "learning_rate": 0.1, "epochs": 40}
SPECS: dict[str, Layered] = {
    "plain": _spec(),
    "softmax": _spec([FLATTEN, dense(10)]),
    "all of digits": _spec(data=_images("digits"), epochs=1),
    "some of mnist": _spec(data=_images("mnist", samples=300, test_share=0.3, seed=2)),
    "shapes": _spec([*PLAIN[:-1], dense(4)], _images("shapes", samples=90, noise=0.1, seed=1)),
    "textures": _spec([*PLAIN[:-1], dense(3)], _images("textures", samples=70)),
    "all textures": _spec([POOL, POOL, FLATTEN, dense(3)], _images("textures"), epochs=1, batch_size=100),
    "mean squared error": _spec(loss="mse"),
    "augmented": _augmented(_spec(), rotate=15.0, shift=0.1, noise=0.1),
    "augmented in every way": _augmented(
        _spec(loss="mse", class_weights="balanced", batch_size="all"), **{row.name: row.usual for row in AUGMENTATIONS}
    ),
    "a part erased": _augmented(_spec(l2=0.01), erase=0.4),
    "strides, dilation, groups": _spec(
        [
            {"kind": "conv2d", "channels": 4, "kernel": 2, "stride": 2, "padding": 1},
            {"kind": "conv2d", "channels": 6, "kernel": 3, "dilation": 2, "padding": "same", "groups": 2},
            {"kind": "avg_pool", "kernel": 3, "stride": 1, "padding": 1},
            {"kind": "max_pool", "kernel": 2, "stride": 3},
            {"kind": "conv_transpose", "channels": 2, "kernel": 3, "padding": 1, "output_padding": 1},
            {"kind": "upsample", "factor": 2, "mode": "linear"},
            {"kind": "upsample", "factor": 2},
            FLATTEN,
            {"kind": "activation", "function": "leaky_relu"},
            {"kind": "activation", "function": "linear"},
            dense(10),
        ]
    ),
    "blocks": _spec(
        [
            CONV,
            _block("identity", CONV, {"kind": "batch_norm"}, RELU),
            _block("projection", {"kind": "conv2d", "channels": 6, "stride": 2, "padding": 1}),
            {"kind": "global_avg_pool"},
            _block("projection", dense(5)),
            _block("identity", RELU, dense(5)),
            dense(10),
        ],
        l2=0.001,
        gradient_clip=0.5,
    ),
    "he, projections": _started(
        _spec(
            [
                CONV,
                _block("projection", {"kind": "conv2d", "channels": 6, "stride": 2, "padding": 1}),
                {"kind": "global_avg_pool"},
                _block("projection", dense(5)),
                dense(10),
            ]
        ),
        "he",
    ),
    "he, transposed": _started(
        _spec([POOL, {"kind": "conv_transpose", "channels": 3}, {"kind": "batch_norm"}, RELU, FLATTEN, dense(10)]), "he"
    ),
    "starts at zeros": _started(_spec([CONV, RELU, FLATTEN, dense(10)]), "zeros"),
    "nothing to draw": _started(
        _spec([{"kind": "layer_norm"}], {"kind": "generated", "name": "circle", "samples": 60}), "xavier"
    ),
    "normalized": _spec(
        [CONV, {"kind": "layer_norm"}, RELU, FLATTEN, {"kind": "layer_norm"}, dense(10)], l1=0.001, l2=0.01
    ),
    "batch norm, one sample left": _spec(
        [CONV, {"kind": "batch_norm"}, FLATTEN, dense(10)], _images("digits", samples=101), batch_size=16
    ),
    "dropout": _spec([CONV, {"kind": "dropout", "rate": 0.3}, FLATTEN, dense(8), {"kind": "dropout"}, dense(10)]),
    "everything on": _spec(
        [CONV, {"kind": "batch_norm"}, RELU, FLATTEN, {"kind": "dropout", "rate": 0.1}, dense(10)],
        l1=0.01,
        l2=0.02,
        gradient_clip=0.5,
        schedule={"kind": "cosine", "epochs": 5.0},
        optimizer="adamw",
        stop_loss=0.01,
        early_stopping={"patience": 2},
        epochs=4,
    ),
    "stop loss alone": _spec(stop_loss=1.0, epochs=None),
    "early stopping": _spec(**EARLY),
    "early stopping before stop loss": _spec(**EARLY, stop_loss=1e-12),
    "whole batches": _spec(batch_size="all", schedule={"kind": "step", "every": 1.0}),
    "points": _spec([dense(5), RELU, dense(1)], {"kind": "generated", "samples": 67, "noise": 0.1}, loss="bce"),
    "drawn": _spec(
        [dense(5), RELU, dense(1), {"kind": "activation", "function": "tanh"}],
        {"kind": "drawn", "points": [{"x1": 0.3 * i - 3, "x2": (-1.0) ** i, "label": i % 2} for i in range(20)]},
        loss="mse",
    ),
    "series": _spec(
        [{"kind": "conv1d", "channels": 4}, RELU, POOL, FLATTEN, dense(1)],
        {"kind": "series", "samples": 71, "noise": 0.1, "seed": 3},
        loss="mse",
    ),
    "a table": _spec([dense(6), {"kind": "batch_norm"}, RELU, dense(3)], {"kind": "table", "name": "wine"}),
    "numbers": _spec([dense(6), RELU, dense(1)], {"kind": "table", "name": "diabetes"}, loss="huber"),
}


@pytest.fixture(autouse=True)
def one_thread() -> Any:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # as the program does: more threads add up in another order
    yield
    torch.set_num_threads(threads)


@pytest.mark.slow
@pytest.mark.parametrize("name", SPECS)
def test_prints_what_the_lab_gives(name: str) -> None:
    program = as_program(SPECS[name])
    assert results_here(program) == lab_results(SPECS[name]), program


@pytest.mark.slow  # in a process with PyTorch of its own
@pytest.mark.parametrize("name", ["everything on", "some of mnist", "textures"])
def test_runs_alone_and_cleanly(name: str) -> None:
    assert results_alone(as_program(SPECS[name])) == lab_results(SPECS[name])


@pytest.mark.parametrize("row", STARTING_POINTS, ids=lambda row: row.name)
def test_the_text_of_a_network_makes_the_network(row: StartingPoint) -> None:
    text = "\n".join(sequential(walk(row.layers, row.given).rows))
    torch.manual_seed(1)
    written = eval(text, {"nn": torch.nn, "Residual": Residual})
    torch.manual_seed(1)
    built = build_layers(row.layers, row.given)
    for ours, theirs in zip(written.parameters(), built.parameters(), strict=True):
        assert torch.equal(ours, theirs)
    x = torch.rand(3, *row.given.shape)
    assert torch.equal(written.eval()(x), built.eval()(x))


def test_holds_no_unused_name(tmp_path: Path) -> None:
    assert_no_unused_name(map(as_program, SPECS.values()), tmp_path)


def test_needs_no_pytorch_to_be_written() -> None:
    assert_written_without_pytorch(SPECS["everything on"])


def test_another_spec_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of a network stacked layer by layer; received Perceptron"):
        as_program(Perceptron())


def test_holds_only_what_the_experiment_uses() -> None:
    program = as_program(SPECS["plain"])
    for absent in ("Dropout", "BatchNorm", "Identity", "eval()", "penalty", "clip", "param_groups", "best", "device"):
        assert absent not in program, absent
    assert "augment" not in program and "def turn" in as_program(SPECS["augmented"])
    assert "def turn" not in as_program(SPECS["a part erased"])
    assert "channels_last" in program and "Residual" not in program
    assert "channels_last" not in as_program(SPECS["softmax"])
    assert "nn.init" not in program
    assert "isinstance(layer, nn.Conv2d | nn.Linear)" in as_program(SPECS["starts at zeros"])
    assert "transpose" not in as_program(SPECS["he, projections"])


def test_every_set_of_images_and_starting_point_is_covered() -> None:
    covered = {spec.data.name for spec in SPECS.values() if spec.data.kind in ("images", "series")}
    assert covered == {card.name for card in DATASETS if card.kind in ("images", "series")}
    assert find(STARTING_POINTS, "lenet5", "name").layers == Layered().layers
