"""Examples learn what they promise; `slow` ones record the seeds that were measured."""

from __future__ import annotations

import time
from typing import Any

import pytest
import torch

from dlcore.examples import EXAMPLES, Example, example
from dlcore.labs.registry import make_lab, parse_spec
from dlcore.specs.spec import Spec

# A little below the smallest test accuracy (or R², or IoU) seen over three seeds and two data seeds
LEAST = {
    "circle": 0.97,
    "xor": 0.90,
    "gauss": 0.97,
    "spiral": 0.97,
    "moons": 0.98,
    "rings": 0.95,
    "plane": 0.98,
    "sine": 0.90,
    "penguins": 0.96,
    "iris": 0.90,
    "wine": 0.95,
    "breast-cancer": 0.94,
    "diabetes": 0.40,
    "digits-mlp": 0.95,
    "mnist-cnn": 0.96,
    "textures-cnn": 0.99,  # measured with seeds 0 to 4: 0.997, 0.997, 0.995, 0.998, 0.995; 6 s of one core
    "shapes-detection": 0.75,  # mean IoU, as the next
    "shapes-segmentation": 0.88,
    "perceptron": 0.97,
}
SCENES = ("shapes-detection", "shapes-segmentation")  # most of a minute each
ENOUGH = {  # fewer epochs than the example has, for it is as good by then
    "mnist-cnn": {"training.epochs": 9},  # of its 15: 0.971 as it stands, 0.967 with other data
    "shapes-detection": {"training.epochs": 8},  # of its 15: IoU 0.786 and average precision 0.968
}


def _train(spec: Spec) -> dict[str, float]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    lab = make_lab(spec)
    while lab.finished() is None:
        lab.step()
    torch.set_num_threads(threads)
    return dict(lab.frame().metrics)


def _score(metrics: dict[str, float]) -> float:
    return next(metrics[name] for name in ("test_accuracy", "test_r2", "test_iou") if name in metrics)


def test_names() -> None:
    assert [row.name for row in EXAMPLES] == list(LEAST)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row.name)
def test_rows(row: Example) -> None:
    values: dict[str, Any] = row.spec.as_dict()
    assert values.get("training", values)["epochs"] is not None
    assert parse_spec(row.spec.as_json()) == row.spec
    assert row.summary.endswith(".") and len(row.summary) <= 100
    assert example(row.name) is row


def test_unknown_name_lists_the_names_there_are() -> None:
    with pytest.raises(ValueError, match=r"example: expected one of circle, xor, .*, perceptron; received 'mnist'"):
        example("mnist")


@pytest.mark.parametrize("name", ["circle", "gauss", "plane", "penguins", "wine", "digits-mlp", "perceptron"])
def test_learns_as_it_stands(name: str) -> None:
    assert _score(_train(example(name).spec)) >= LEAST[name]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("name", ["spiral", "penguins"])
def test_learns_with_any_seed(name: str, seed: int) -> None:
    # measured: spiral 1.0 with every seed (0.988 to 1.0 with data seeds 2, 3, 4), penguins 0.980 to 1.0
    assert _score(_train(example(name).spec.replace({"seed": seed}))) >= LEAST[name]


@pytest.mark.slow
def test_the_convolutional_network_reads_a_thousand_digits_in_a_minute() -> None:
    # measured with seeds 0, 1, 2: 0.972 to 0.981 on 1,000 held-out digits, in 8 seconds of one core
    spec = example("mnist-cnn").spec.replace(ENOUGH["mnist-cnn"])
    began = time.thread_time()
    metrics = _train(spec)
    assert time.thread_time() - began <= 60
    assert metrics["test_accuracy"] >= 0.96
    assert (1000 * metrics["test_accuracy"]) % 1 == pytest.approx(0, abs=1e-6)  # all thousand were read


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_scenes_are_understood_in_a_minute(name: str) -> None:
    # measured with seeds 1, 2, 3 on 200 held-out scenes, in seconds of one core: detection IoU 0.815, 0.810, 0.804,
    # average precision 0.985, 0.963, 0.983 in 17 s; segmentation IoU 0.924, 0.944, 0.928 in 24 s
    began = time.thread_time()
    metrics = _train(example(name).spec.replace({"seed": 1, **ENOUGH.get(name, {})}))
    assert time.thread_time() - began <= 60
    assert metrics["test_iou"] >= LEAST[name]
    assert metrics.get("test_ap", 1.0) >= 0.9


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in LEAST if name not in ("spiral", "penguins", *SCENES)])
def test_learns_with_other_data(name: str) -> None:
    changes = {"seed": 2, "data.seed": 1, **ENOUGH.get(name, {})}
    assert _score(_train(example(name).spec.replace(changes))) >= LEAST[name]
