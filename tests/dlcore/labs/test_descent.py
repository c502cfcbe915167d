"""Balls on surfaces: every trajectory against a loop with `torch.optim` alone, and what is said of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from dlcore.labs.descent import DescentLab
from dlcore.labs.descent_views import POINTS, thinned
from dlcore.labs.lab import Diverged
from dlcore.specs.descent import Descent, racers_for
from dlcore.training.surfaces import SURFACES

ALONE: dict[str, Any] = {
    "gd": torch.optim.SGD,
    "sgd": torch.optim.SGD,
    "momentum": lambda w, lr: torch.optim.SGD(w, lr=lr, momentum=0.9),
    "nesterov": lambda w, lr: torch.optim.SGD(w, lr=lr, momentum=0.9, nesterov=True),
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
}


def descent(surface: str = "valley", **more: Any) -> Descent:
    row = next(row for row in SURFACES if row.name == surface)
    racers = [racer.as_dict() for racer in racers_for(surface)]
    return Descent.parse({"surface": surface, "start": list(row.start), "racers": racers} | more)


def rolled(spec: Descent, steps: int) -> DescentLab:
    lab = DescentLab(spec)
    for _ in range(steps):
        lab.step()
    return lab


@pytest.mark.parametrize("surface", [row.name for row in SURFACES])
def test_every_step_of_every_ball_is_that_of_torch_optim(surface: str) -> None:
    spec = descent(surface)
    lab = rolled(spec, 60)
    for racer, ball in zip(spec.racers, lab.balls, strict=True):
        torch.manual_seed(spec.seed)
        w = torch.tensor(spec.start, dtype=torch.float64, requires_grad=True)
        optimizer = ALONE[racer.optimizer.kind]([w], lr=racer.learning_rate)
        for place in ball.trail[1:]:
            optimizer.zero_grad()
            spec.row.height(w[0], w[1], **spec.settings).backward()
            noise = spec.spread * torch.randn(2, dtype=torch.float64)
            if racer.optimizer.kind != "gd":
                assert w.grad is not None
                w.grad += noise
            optimizer.step()
            assert place == tuple(w.tolist()), (racer.name, place)


def test_momentum_by_hand() -> None:
    # v = 0.9 v + g, w = w - 0.01 v on 1/2 (x^2 + 25 y^2) from (-3.5, 1.5)
    momentum = rolled(descent(), 2).balls[2]
    v, w = np.zeros(2), np.array([-3.5, 1.5])
    for place in momentum.trail[1:]:
        v = 0.9 * v + w * [1, 25]
        w = w - 0.01 * v
        np.testing.assert_allclose(place, w, rtol=1e-14)
    assert momentum.trail[1] == pytest.approx((-3.465, 1.125))


def test_who_diverges_says_so_and_the_others_go_on() -> None:
    lab = rolled(descent(steps=200).replace({"racers.0.learning_rate": 0.1}), 200)  # 2 / 25 = 0.08 is the border
    lost, others = lab.balls[0], lab.balls[1:]
    assert lost.lost is not None and all(ball.lost is None and len(ball.trail) == 201 for ball in others)
    # each step multiplies y by 1 - 0.1 * 25 = -1.5: from 1.5 beyond 1,000 in 17 steps
    assert lost.lost == 17 == np.ceil(np.log(1000 / 1.5) / np.log(1.5))
    assert f"Diverged, the steps being too large: Gradient descent at step {lost.lost}." in str(lab.finished())
    assert lab.views[0].options["lines"][0]["title"] == "Gradient descent (diverged)"
    frame = lab.frame(frozenset(view.name for view in lab.views))
    assert np.isnan(frame.metrics["0/height"]) and frame.arrays["descent/lost"].tolist() == [17] + [-1] * 7
    assert all(np.isfinite(array).all() for array in frame.arrays.values())


def test_nobody_left_is_the_end() -> None:
    lab = DescentLab(Descent.parse({"racers": [{"optimizer": "sgd", "learning_rate": 100.0}], "surface": "valley"}))
    with pytest.raises(Diverged, match=r"SGD at step 1\. Try a smaller learning rate"):
        lab.step()
    assert lab.finished() is None  # it has not ended, it has diverged


def test_without_noise_sgd_is_gradient_descent_and_with_noise_only_that_one_sees_the_whole() -> None:
    lab = rolled(descent(), 50)
    assert lab.balls[0].trail == lab.balls[1].trail
    noisy, other = rolled(descent(noise=1.0), 50), rolled(descent(noise=1.0, seed=1), 50)
    assert noisy.balls[0].trail == lab.balls[0].trail == other.balls[0].trail
    assert noisy.balls[1].trail != other.balls[1].trail


def test_a_turned_valley_changes_nothing_for_gradient_descent_but_does_for_adam() -> None:
    turn = np.radians(30)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    start = np.array([-2.0, 1.0])
    flat = rolled(descent(start=start.tolist()), 40)
    turned = rolled(descent(surface="valley").replace({"surface.angle": 30.0, "start": (matrix @ start).tolist()}), 40)
    for number in (0, 2, 3):  # gradient descent, momentum, Nesterov
        np.testing.assert_allclose(
            turned.balls[number].trail, np.array(flat.balls[number].trail) @ matrix.T, atol=1e-12
        )
    assert np.abs(np.array(turned.balls[6].trail) - np.array(flat.balls[6].trail) @ matrix.T).max() > 0.05


def test_a_ball_exactly_on_the_ridge_stays_at_the_saddle() -> None:
    alone = [{"optimizer": "gd", "learning_rate": 0.1}]
    lab = rolled(descent("saddle", start=[-1.8, 0.0], racers=alone), 400)
    assert lab.balls[0].trail[-1] == pytest.approx((0.0, 0.0), abs=1e-12) and lab.balls[0].heights[-1] == 0.25
    lab = rolled(descent("saddle", start=[-1.8, 0.001], racers=alone), 400)
    assert lab.balls[0].heights[-1] < 1e-9


def test_a_ball_put_elsewhere_rolls_on_from_there() -> None:
    lab = rolled(descent(), 3)
    lab.edit("weight/0", (4, 0), 2.0)
    assert lab.balls[4].trail[-1][0] == 2.0 and lab.frame().metrics["4/height"] == lab.balls[4].heights[-1]
    lab.step()
    assert abs(lab.balls[4].trail[-1][0] - 2.0) < 0.5


def test_long_ways_are_thinned_and_keep_their_ends() -> None:
    assert list(thinned(1)) == [0] and list(thinned(3)) == [0, 1, 2]
    found = thinned(2_001)
    assert found[0] == 0 and found[-1] == 2_000 and POINTS // 2 < len(found) <= POINTS + 1
    lab = rolled(descent(racers=[{"optimizer": "gd"}], steps=700), 700)
    trail = lab.frame(frozenset({"descent"})).arrays["descent/trail/0"]
    np.testing.assert_allclose(trail[-1], lab.balls[0].trail[-1], rtol=1e-6)


def test_distances_are_those_along_and_across_however_the_valley_is_turned() -> None:
    turned = rolled(descent().replace({"surface.angle": 90.0, "start": [-1.5, -3.5]}), 2)
    arrays = turned.frame(frozenset({"along", "across"})).arrays
    np.testing.assert_allclose(arrays["along/y/2"], [-3.5, -3.465, -3.39885], atol=1e-5)
    np.testing.assert_allclose(arrays["across/y/2"][:2], [1.5, 1.125], atol=1e-5)
    assert "along" not in {view.name for view in DescentLab(descent("saddle")).views}
