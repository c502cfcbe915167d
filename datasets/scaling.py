"""Scaling columns to similar sizes, so that no input shouts the others down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

Kind = Literal["standard", "minmax", "robust", "none"]
TITLES: dict[Kind, str] = {
    "standard": "standardised",
    "minmax": "min-max scaled",
    "robust": "robustly scaled",
    "none": "as measured",
}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Scaler:
    """Column by column `(x - shift) / scale`; both arrays have shape (d,)."""

    shift: np.ndarray
    scale: np.ndarray

    def apply(self, x: np.ndarray) -> np.ndarray:
        """From the data's own units to scaled ones; x has d columns (or, for d = 1, any shape)."""
        return np.asarray((x - self.shift) / self.scale)

    def undo(self, x: np.ndarray) -> np.ndarray:
        """From scaled units back to the data's own."""
        return np.asarray(x * self.scale + self.shift)


def fit_scaler(kind: Kind, inputs: np.ndarray) -> Scaler:
    """The scaler that suits `inputs` (n, d), which should be the training part alone.

    `standard`: mean 0 and standard deviation 1 (dividing by n); `minmax`: smallest 0 and largest 1; `robust`: median
    0 and distance between the quartiles 1, which single wild values hardly move; `none`: unchanged. A constant column,
    or one whose quartiles are equal, is shifted only, its scale is 1.

    Raises: ValueError: there are no rows, or an unknown kind.
    """
    if len(inputs) == 0:
        raise ValueError("inputs: expected at least one row to fit a scaler to; received none")
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    if kind == "standard":
        shift, scale = inputs.mean(axis=0), inputs.std(axis=0)
    elif kind == "minmax":
        shift, scale = low, high - low
    elif kind == "robust":
        quarter, shift, three_quarters = np.percentile(inputs, [25, 50, 75], axis=0)
        scale = three_quarters - quarter
    elif kind == "none":
        shift, scale = np.zeros_like(low), np.ones_like(low)
    else:
        raise ValueError(f"scaling: expected one of {', '.join(TITLES)}; received {kind!r}")
    # rounding can give a constant column a deviation of 1e-17, and dividing by it would blow the rounding up
    return Scaler(shift=shift, scale=np.where((high > low) & (scale > 0), scale, 1.0))
