"""Double descent: least squares on random features, from fewer features than examples to many more."""

from __future__ import annotations

import torch
from torch import Tensor

INPUTS = 8
FRESH = 400  # new examples, which have no noise of their own: what is measured is the distance to the true values
REPEATS = 20


def errors(*, features: int, examples: int, noise: float, l2: float, seed: int = 0) -> dict[str, list[float]]:
    """Mean squared errors of `REPEATS` fits: `train`, `test`, and `l2`, the test error with that penalty.

    Inputs x are normal numbers (`INPUTS`), the true value is t = sin(x a) with |a| = 1, and examples are y = t + noise.
    Features are f = relu(x W) / sqrt(features) with random W that nobody trains. Of all weights that have the smallest
    squared error on the examples, the fit takes the shortest (the pseudoinverse); `l2` minimises
    |f w - y|^2 + l2 |w|^2 instead.

    Raises: ValueError: no features, no examples, or a penalty that is not positive.
    """
    if features < 1 or examples < 1 or not l2 > 0:
        raise ValueError(
            "errors: expected at least one feature and example, and l2 above 0; "
            f"received {features}, {examples} and {l2:g}"
        )
    found: dict[str, list[float]] = {"train": [], "test": [], "l2": []}
    for repeat in range(REPEATS):
        generator = torch.Generator().manual_seed(1000 * seed + repeat)
        inputs = torch.randn(examples + FRESH, INPUTS, generator=generator, dtype=torch.float64)
        direction = torch.randn(INPUTS, generator=generator, dtype=torch.float64)
        true = torch.sin(inputs @ (direction / direction.norm()))
        y = true[:examples] + noise * torch.randn(examples, generator=generator, dtype=torch.float64)
        first = torch.randn(INPUTS, features, generator=generator, dtype=torch.float64)
        f = torch.relu(inputs @ first) / features**0.5
        shortest, penalized = _fits(f[:examples], y, l2)
        found["train"].append(_error(f[:examples] @ shortest, y))
        found["test"].append(_error(f[examples:] @ shortest, true[examples:]))
        found["l2"].append(_error(f[examples:] @ penalized, true[examples:]))
    return found


def _fits(f: Tensor, y: Tensor, l2: float) -> tuple[Tensor, Tensor]:
    """The shortest least-squares weights, and those with the penalty, from one singular value decomposition."""
    u, s, v = torch.linalg.svd(f, full_matrices=False)
    shares = u.T @ y
    kept = s > 1e-10 * s[0]  # what is smaller is 0 but for rounding
    inverse = torch.where(kept, 1 / s.where(kept, torch.ones_like(s)), 0.0)
    return v.T @ (inverse * shares), v.T @ (s / (s.square() + l2) * shares)


def _error(found: Tensor, true: Tensor) -> float:
    return (found - true).square().mean().item()
