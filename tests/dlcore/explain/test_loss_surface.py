"""Heights against the lab's own loss, main directions against scikit-learn's PCA, random ones unit by unit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from dlcore.explain.loss_surface import (
    Judge,
    heights,
    held,
    losses,
    main_directions,
    places_on,
    planes,
    random_directions,
    walks,
)
from dlcore.explain.training_path import stretch
from dlcore.labs.supervised import SupervisedLab
from dlcore.specs.supervised import Supervised

SPECS = {
    "binary": Supervised.parse({"data": {"kind": "generated", "name": "moons"}, "network": {"layers": [{"units": 4}]}}),
    "classes": Supervised.parse(
        {
            "data": {"kind": "table", "name": "iris"},
            "network": {"layers": [{"units": 5, "activation": "tanh"}], "batch_norm": True},
            "training": {
                "loss": "cross_entropy",
                "optimizer": "adam",
                "learning_rate": 0.01,
                "dropout": 0.2,
                "l2": 0.1,
            },
        }
    ),
    "numbers": Supervised.parse(
        {
            "data": {"kind": "generated", "name": "sine"},
            "network": {"layers": [{"units": 3, "activation": "relu"}, {"units": 2}]},
            "training": {"loss": "huber"},
        }
    ),
}


def way_of(spec: Supervised, updates: int = 60) -> tuple[np.ndarray, np.ndarray]:
    found = stretch(spec=spec, start=None, journal=(), every=5, goal=updates, seconds=60.0)
    return np.stack(found["weights"]), np.stack(found["buffers"])


@pytest.mark.parametrize("name", SPECS)
def test_losses_on_the_way_are_those_that_the_lab_shows(name: str) -> None:
    spec = SPECS[name]
    weights, buffers = way_of(spec, 40)
    lab = SupervisedLab(spec)
    want = []
    for step in range(41):
        if step % 5 == 0:
            want.append(lab.evaluate()["train_loss"])
        lab.step()
    np.testing.assert_allclose(losses(spec=spec, weights=weights, buffers=buffers), want, rtol=1e-5)


@pytest.mark.parametrize("name", SPECS)
def test_heights_are_the_loss_of_a_network_that_was_moved_there(name: str) -> None:
    """Directly: every parameter of the lab's own network is set by hand, with the textbook's tools."""
    spec = SPECS[name]
    lab = SupervisedLab(spec)
    for _ in range(30):
        lab.step()
    centre = torch.cat([parameter.detach().reshape(-1) for parameter in lab.network.parameters()])
    buffers = [each.detach().reshape(-1) for each in lab.network.buffers() if each.is_floating_point()]
    directions = torch.randn(2, len(centre), generator=torch.Generator().manual_seed(1))
    places = np.array([[0.0, 0.0], [0.5, -1.0], [2.0, 0.25]])
    arguments: dict[str, Any] = {"centre": centre.numpy(), "directions": directions.numpy(), "places": places}
    statistics = torch.cat(buffers).numpy() if buffers else np.zeros(0)
    found = heights(spec=spec, **arguments, buffers=statistics)
    want = []
    network = lab.network.eval()
    for u, v in places.tolist():
        moved = (centre + u * directions[0] + v * directions[1]).split([p.numel() for p in network.parameters()])
        with torch.no_grad():
            for parameter, numbers in zip(network.parameters(), moved, strict=True):
                parameter.copy_(numbers.view_as(parameter))
            want.append(lab.loss(network(lab.x_train), lab.targets_train).item())
    np.testing.assert_allclose(found, want, rtol=1e-5)
    assert len(set(np.round(found, 4))) == 3


def test_main_directions_are_those_of_scikit_learn() -> None:
    weights, _ = way_of(SPECS["numbers"])
    directions, shares = main_directions(weights)
    other = PCA().fit(weights.astype(np.float64))
    np.testing.assert_allclose(shares[:5], other.explained_variance_ratio_[:5], rtol=1e-8)
    np.testing.assert_allclose(np.abs((directions * other.components_[:2]).sum(1)), 1, rtol=1e-8)
    np.testing.assert_allclose(directions @ directions.T, np.eye(2), atol=1e-12)
    assert held(directions, weights) == pytest.approx(other.explained_variance_ratio_[:2].sum(), rel=1e-8)
    way = places_on(directions, weights - weights[-1])
    want = other.transform(weights.astype(np.float64))[:, :2] * np.sign((directions * other.components_[:2]).sum(1))
    np.testing.assert_allclose(way, want - want[-1], atol=1e-6)
    assert (way[0] <= 0).all(), "it begins on the negative side of its end"


def test_a_way_that_goes_nowhere_has_no_directions() -> None:
    for weights in (np.ones((5, 4)), np.random.default_rng(0).normal(size=(2, 4))):
        with pytest.raises(ValueError, match="at least three places that differ"):
            main_directions(weights)


def test_random_directions_have_the_length_of_each_units_weights() -> None:
    spec = SPECS["classes"]
    weights, _ = way_of(spec, 10)
    directions = random_directions(spec, weights[-1], seed=3)
    judge = Judge(spec)
    shapes = {name: parameter.shape for name, parameter in judge.network.named_parameters()}
    at = 0
    for name, shape in shapes.items():
        size = shape.numel()
        own, parts = weights[-1][at : at + size], directions[:, at : at + size]
        at += size
        if len(shape) == 2:
            for part in parts:
                lengths = np.linalg.norm(part.reshape(shape), axis=1)
                np.testing.assert_allclose(lengths, np.linalg.norm(own.reshape(shape), axis=1), rtol=1e-5, err_msg=name)
        else:
            assert not parts.any(), name
    assert at == weights.shape[1] == directions.shape[1]
    np.testing.assert_array_equal(directions, random_directions(spec, weights[-1], seed=3))
    assert not np.allclose(directions, random_directions(spec, weights[-1], seed=4))


def test_places_on_a_plane_whose_directions_lean() -> None:
    directions = np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0]])  # 45° between them
    np.testing.assert_allclose(places_on(directions, np.array([[3.0, 2.0, 5.0]])), [[1.0, 2.0]])
    way = np.array([[0.0, 0.0, 0.0], [2.0, 0.0, 0.0], [0.0, 0.0, 1.0], [2.0, 0.0, 1.0]])
    assert held(directions, way) == pytest.approx(1 / (1 + 0.25)), "variance 1 along x, 1/4 along z"


def test_random_walks_hold_three_quarters_in_two_directions() -> None:
    assert walks(400, 2000) == pytest.approx((1 + 1 / 4) * 6 / np.pi**2, abs=0.01)
    walk = np.random.default_rng(0).standard_normal((30, 6)).cumsum(0)
    few = [PCA().fit(walk).explained_variance_ratio_[:2].sum() for walk in [walk]]
    assert abs(walks(30, 6) - few[0]) < 0.2


def test_planes_through_the_end_of_a_way() -> None:
    spec = SPECS["classes"]
    weights, buffers = way_of(spec)
    found = planes(spec=spec, weights=weights, buffers=buffers, seed=0)
    assert found["shares"].shape == (5,) and 0.3 < found["walks"] < 1
    for name in ("random", "main"):
        plane = found[name]
        np.testing.assert_allclose(plane["way"][-1], 0, atol=1e-6)
        assert plane["below"][-1] == pytest.approx(found["losses"][-1], rel=1e-6), "the end lies on both planes"
        near = weights[-1] + plane["way"][3] @ plane["directions"]
        assert plane["below"][3] == pytest.approx(Judge(spec)(near, buffers[-1]), rel=1e-6)
    assert found["main"]["held"] == pytest.approx(found["shares"][:2].sum(), abs=1e-5)
    assert found["random"]["held"] < found["main"]["held"]
