"""The race of vanishing gradients: that it shows what the section says."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from dlcore.labs.registry import make_lab
from dlcore.specs.race import Race
from ui.lessons.activations_dying import RACE as DYING
from ui.lessons.activations_residual import RACE as RESIDUAL
from ui.lessons.activations_residual import ROWS, variants
from ui.lessons.activations_vanishing import RACE as VANISHING
from ui.lessons.activations_vanishing import variants as cures

pytestmark = pytest.mark.slow


def trained(race: Race, seed: int, epochs: int) -> Any:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    lab = make_lab(race.replace({"base.seed": seed, "base.data.seed": seed, "base.training.epochs": epochs}))
    while lab.finished() is None:
        lab.step()
    torch.set_num_threads(threads)
    return lab.frame(frozenset({"layer_gradients", "dead"}))


def ratios(frame: Any, count: int) -> list[float]:
    """The gradient of the first hidden layer against that of the last, of each variant."""
    arrays = [frame.arrays[f"layer_gradients/{number}"] for number in range(count)]
    return [float(array[0] / array[-1]) for array in arrays]


def test_only_the_plain_sigmoid_vanishes_and_fails() -> None:
    # Test accuracy after 60 epochs, seeds 0 to 3: sigmoid 0.530 0.535 0.530 0.520, ReLU 0.985 0.960 0.970 0.965,
    # with He 0.950 0.945 0.960 0.965, leaky with He 0.935 0.950 0.965 0.960, batch norm 0.985 0.965 0.965 0.970.
    # First against last gradient: sigmoid 2e-4 4e-5 2e-4 3e-5, all others 0.5 to 4.
    frame = trained(VANISHING, seed=1, epochs=30)
    sigmoid, *others = ratios(frame, 5)
    assert sigmoid < 1e-3
    assert min(others) > 0.1
    scores = [frame.metrics[f"{number}/test_accuracy"] for number in range(5)]
    assert scores[0] < 0.6
    assert min(scores[1:4]) > 0.85


def test_a_shallow_sigmoid_network_learns() -> None:
    shallow = VANISHING.replace({"base.network.layers": VANISHING.base.as_dict()["network"]["layers"][:1]})
    frame = trained(shallow.replace({"variants": cures(1)[:1]}), seed=1, epochs=200)
    assert frame.metrics["0/test_accuracy"] > 0.85


def test_each_of_three_cures_alone_saves_twelve_layers_and_a_leaky_relu_does_not() -> None:
    # Test accuracy after 30 epochs, seeds 0 to 3: sigmoid, ReLU and leaky ReLU 0.530 0.535 0.530 0.520; sigmoid with a
    # way past 0.470 0.535 0.530 0.480; ReLU with He 0.905 0.970 0.945 0.970, with batch norm 0.985 0.970 0.950 0.960,
    # with a way past 0.965 0.940 0.965 0.960; tanh with a way past 0.965 0.940 0.965 0.965.
    # First against last gradient: sigmoid 4e-10 6e-10 3e-10 1e-10, with a way past 0.5 0.7 2 0.07; ReLU and leaky ReLU
    # 2e-4 1e-3 2e-4 9e-5; He 1 2 5 2, batch norm 1 1 2 0.8, a way past 6 3 3 1; tanh 6 4 5 3.
    frame = trained(RESIDUAL, seed=1, epochs=12)
    sigmoid, sigmoid_past, relu, he, leaky, norm, past, tanh = ratios(frame, len(ROWS))
    assert sigmoid < 1e-6 and relu < 0.02 and leaky == pytest.approx(relu, rel=0.2)
    assert min(sigmoid_past, he, norm, past, tanh) > 0.05
    scores = [frame.metrics[f"{number}/test_accuracy"] for number in range(len(ROWS))]
    assert max(scores[number] for number in (0, 1, 2, 4)) < 0.65
    assert min(scores[number] for number in (3, 5, 6, 7)) > 0.85
    assert [len(row["changes"]["layers"]) for row in variants(4)] == [9, 6, 9, 9, 9, 13, 6, 6]


def test_large_steps_kill_relus_and_he_does_not_save_them() -> None:
    # Share of dead units after 60 epochs, seeds 0 to 3: ReLU 0.66 0.45 0.66 0.61, leaky 0, small steps 0.16 0.08 0.19
    # 0.11, batch norm 0.28 0.23 0.20 0.31, He 0.59 0.55 0.48 0.48; test accuracy 0.92 to 0.97 in all of them.
    frame = trained(DYING, seed=1, epochs=60)
    relu, leaky, small, norm, he = (frame.metrics[f"{number}/dead"] for number in range(5))
    assert relu > 0.4 and he > 0.4
    assert leaky == 0
    assert small < 0.25 and norm < 0.35
    assert min(frame.metrics[f"{number}/test_accuracy"] for number in range(5)) > 0.85


def test_with_larger_steps_relu_fails_and_leaky_relu_learns() -> None:
    # After 40 epochs with 0.2, seeds 0 and 1: ReLU 0.73 0.59 dead and 0.68 0.60 right, leaky ReLU 0.96 0.95 right.
    frame = trained(DYING.replace({"base.training.learning_rate": 0.2}), seed=1, epochs=40)
    assert frame.metrics["0/dead"] > 0.5 and frame.metrics["0/test_accuracy"] < 0.75
    assert frame.metrics["1/dead"] == 0 and frame.metrics["1/test_accuracy"] > 0.85
