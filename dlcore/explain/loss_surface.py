"""The loss around the weights of a network: on a plane through them, along random or along the main directions.

Sources: Li et al. 2018, "Visualizing the Loss Landscape of Neural Nets" (directions with the size of the weights, and
the main directions of a training's own way); Antognini and Sohl-Dickstein 2018 (what those say of a random walk).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from dlcore.networks.build import build
from dlcore.networks.outputs import outputs_of
from dlcore.specs.supervised import Supervised
from dlcore.training.make import make_loss
from dlcore.training.prepare import prepare
from dlcore.training.targets import encode

WALKS = 20  # random walks that a training is compared with


class Judge:
    """The loss of an experiment's network, on all its training samples, as a function of its weights.

    Without penalties and in evaluation mode: what the page calls the training loss. On the CPU, in float32.
    """

    def __init__(self, spec: Supervised) -> None:
        data = prepare(spec.data, spec.network.features)
        self.network = build(spec, inputs=data.x_train.shape[1], outputs=outputs_of(spec)).eval()
        self.x = torch.from_numpy(data.x_train)
        self.targets = encode(torch.from_numpy(data.y_train), spec)
        self.loss = make_loss(spec)
        self._buffers = [buffer for buffer in self.network.buffers() if buffer.is_floating_point()]

    @torch.no_grad()
    def __call__(self, weights: np.ndarray, buffers: np.ndarray) -> float:
        """The loss with these parameters (P,) and running statistics (B,), one after the other."""
        put(self.network.parameters(), weights)
        put(self._buffers, buffers)
        value: float = self.loss(self.network(self.x), self.targets).item()
        return value


def put(tensors: Any, numbers: np.ndarray) -> None:
    """Copy numbers (n,) into tensors, one after the other."""
    at, source = 0, torch.from_numpy(np.ascontiguousarray(numbers, dtype=np.float32))
    for tensor in tensors:
        tensor.copy_(source[at : at + tensor.numel()].view_as(tensor))
        at += tensor.numel()


def losses(*, spec: Supervised, weights: np.ndarray, buffers: np.ndarray) -> np.ndarray:
    """The loss (n,) with each row of the weights (n, P) and of the running statistics (n, B)."""
    judge = Judge(spec)
    return np.array([judge(*each) for each in zip(weights, buffers, strict=True)])


def heights(
    *, spec: Supervised, centre: np.ndarray, directions: np.ndarray, places: np.ndarray, buffers: np.ndarray
) -> np.ndarray:
    """The loss (n,) at `centre` (P,) + places (n, 2) @ directions (2, P), with the running statistics (B,)."""
    judge = Judge(spec)
    return np.array([judge(centre + place @ directions, buffers) for place in places])


def random_directions(spec: Supervised, weights: np.ndarray, seed: int) -> np.ndarray:
    """Two random directions (2, P), scaled unit by unit: as long as the weights (P,) that lead to that unit.

    A step of 1 then changes every unit by as much as its own weights are, be they large or small: that two networks
    with the same answers (a ReLU unit's inputs doubled, its outputs halved) look the same. Biases, and the scales and
    shifts of batch normalization, stay as they are.
    """
    judge, drawn = Judge(spec), torch.Generator().manual_seed(seed)
    with torch.no_grad():
        put(judge.network.parameters(), weights)
    directions = []
    for _ in range(2):
        parts = []
        for parameter in judge.network.parameters():
            part = torch.randn(parameter.shape, generator=drawn)
            if parameter.dim() == 2:  # (units, inputs)
                part *= parameter.detach().norm(dim=1, keepdim=True) / part.norm(dim=1, keepdim=True)
            else:
                part.zero_()
            parts.append(part.reshape(-1))
        directions.append(torch.cat(parts).numpy())
    return np.stack(directions)


def main_directions(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two main directions (2, P) of a way (n, P), each of length 1, and the share of its variance along each (k,).

    Principal component analysis: the singular vectors of the rows minus their mean, and their squared singular values
    as shares of their sum. Signs are such that the way begins on the negative side of its end, or on it.

    Raises: ValueError: the way has fewer than three places, or does not move.
    """
    centred = weights.astype(np.float64) - weights.mean(axis=0, dtype=np.float64)
    _, sizes, vectors = np.linalg.svd(centred, full_matrices=False)
    if len(weights) < 3 or len(vectors) < 2 or not sizes[0] > 0:
        raise ValueError("weights: expected a way of at least three places that differ; received none")
    directions = vectors[:2]
    directions = np.where(((weights[0] - weights[-1]) @ directions.T > 0)[:, None], -directions, directions)
    return directions, sizes**2 / (sizes**2).sum()


def places_on(directions: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """The nearest places (n, 2) of a plane to offsets (n, P) from its centre; its directions may lean."""
    places: np.ndarray = np.linalg.lstsq(directions.T.astype(np.float64), offsets.T.astype(np.float64))[0].T
    return places


def held(directions: np.ndarray, weights: np.ndarray) -> float:
    """The share of the variance of a way (n, P) that lies within a plane."""
    centred = weights.astype(np.float64) - weights.mean(axis=0, dtype=np.float64)
    beside = centred - places_on(directions, centred) @ directions
    return float(1 - (beside**2).sum() / (centred**2).sum())


def walks(points: int, dimensions: int, seed: int = 0) -> float:
    """The share of their variance that the two main directions of random walks hold, the mean of `WALKS` of them.

    A walk of so many points adds a normal step to each of its coordinates at every point. With many of both the share
    is (1 + 1/4) · 6/π² = 0.76.
    """
    chance, shares = np.random.default_rng(seed), []
    for _ in range(WALKS):
        walk = chance.standard_normal((points, dimensions)).cumsum(axis=0)
        walk -= walk.mean(axis=0)
        sizes = np.linalg.eigvalsh(walk @ walk.T if points < dimensions else walk.T @ walk)[::-1]
        shares.append(sizes[:2].sum() / sizes.sum())
    return float(np.mean(shares))


def planes(*, spec: Supervised, weights: np.ndarray, buffers: np.ndarray, seed: int) -> dict[str, Any]:
    """Two planes through the last weights of a way (n, P), random (by `seed`) and main, and what each shows of the way.

    Of each: `directions` (2, P), `way` (n, 2), the nearest places on it, the `held` share of the way's variance, and
    the loss `below` (n,) at those places. `losses` (n,) are the way's own, `shares` those of the five largest main
    directions, `walks` what the first two of random walks of that length would hold.

    Raises: ValueError: the training has not moved yet.
    """
    main, shares = main_directions(weights)
    judge, end = Judge(spec), weights[-1]
    found: dict[str, Any] = {
        "losses": np.array([judge(*each) for each in zip(weights, buffers, strict=True)]),
        "shares": shares[:5],
        "walks": walks(*weights.shape),
    }
    for name, directions in (("random", random_directions(spec, end, seed)), ("main", main.astype(np.float32))):
        way = places_on(directions, weights - end)
        found[name] = {
            "directions": directions,
            "way": way,
            "held": held(directions, weights),
            "below": np.array([judge(end + place @ directions, buffers[-1]) for place in way]),
        }
    return found
