"""Regularizers: what keeps a network from learning the training samples by heart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # menus read the rows where PyTorch may not be imported
    from torch import Tensor, nn


@dataclass(frozen=True, slots=True, kw_only=True)
class Regularizer:
    """One regularizer; `path` is the field of a supervised spec that sets it."""

    name: str
    title: str
    formula: str
    path: str
    help: str


REGULARIZERS = (
    Regularizer(
        name="l1",
        title="L1",
        formula=r"L + \lambda_1 \sum |w|",
        path="training.l1",
        help="Pulls every weight to zero with the same force; needless ones end near it, or on it if this "
        "is a step of its own.",
    ),
    Regularizer(
        name="l2",
        title="L2",
        formula=r"L + \tfrac{\lambda_2}{2} \sum w^2",
        path="training.l2",
        help="Pulls large weights harder than small ones; all stay small.",
    ),
    Regularizer(
        name="label_smoothing",
        title="Label smoothing",
        formula=r"y \leftarrow (1-\epsilon)\,y + \tfrac{\epsilon}{C}",
        path="training.label_smoothing",
        help="Takes a share of every target and spreads it over all classes, so that no answer need be quite sure.",
    ),
    Regularizer(
        name="dropout",
        title="Dropout",
        formula=r"a \leftarrow \tfrac{m}{1-p}\,a,\quad m \in \{0, 1\},\ P(m = 0) = p",
        path="training.dropout",
        help="Leaves out a random share of the hidden units in every update, so that none is relied upon.",
    ),
    Regularizer(
        name="batch_norm",
        title="Batch normalization",
        formula=r"z \leftarrow \gamma\,\frac{z-\mu_B}{\sqrt{\sigma_B^2+\epsilon}}+\beta",
        path="network.batch_norm",
        help="Gives every hidden unit's sum mean 0 and spread 1 over the batch, then a scale and a shift of its own.",
    ),
    Regularizer(
        name="gradient_clip",
        title="Gradient clipping",
        formula=r"g \leftarrow g\,\min\left(1,\ \frac{c}{\lVert g \rVert}\right)",
        path="training.gradient_clip",
        help="Shortens the gradient of an update to at most this length, keeping its direction.",
    ),
    Regularizer(
        name="early_stopping",
        title="Early stopping",
        formula=r"t^{*} = \arg\min_t L_\text{test}(t)",
        path="training.early_stopping",
        help="Stops when the test loss has not fallen for a while, and goes back to the best weights.",
    ),
)


def weights(network: nn.Module) -> list[nn.Parameter]:
    """The weights that L1 and L2 act on: all parameters but biases and those of normalizations."""
    from torch import nn  # menus read this file where PyTorch may not be imported

    return [
        parameter
        for module in network.modules()
        if not isinstance(module, nn.LayerNorm)
        for parameter in module.parameters(recurse=False)
        if parameter.dim() > 1  # biases and batch normalization are vectors
    ]


def penalty(network: nn.Module, l1: float, l2: float) -> Tensor | float:
    """What L1 and L2 add to the loss of a batch: l1 * sum |w| + l2/2 * sum w^2 over the weights; 0.0 without either."""
    total: Tensor | float = 0.0
    if l1:
        total = total + l1 * sum(w.abs().sum() for w in weights(network))
    if l2:
        total = total + l2 / 2 * sum(w.square().sum() for w in weights(network))
    return total


def shrink(weights: Iterable[Tensor], by: float | Tensor) -> None:
    """Move every weight towards 0 by the same length, and no further: w <- sign(w) max(|w| - by, 0), in place.

    After a step of gradient descent with the learning rate η on a loss L, `by` = η l1 makes it a step on
    L + l1 sum |w|: the proximal gradient method (Beck and Teboulle 2009). A gradient alone steps across 0, this stays.
    """
    import torch  # as above

    with torch.no_grad():
        for w in weights:
            w.copy_(w.sign() * (w.abs() - by).clamp(min=0))
