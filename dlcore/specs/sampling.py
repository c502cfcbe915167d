"""The fields that data of every kind share: what is to be learned, which part is for testing, and the seed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dlcore.specs import limits

Task = Literal["regression", "binary", "multiclass"]
Seed = Annotated[int, Field(ge=0, le=limits.SEED)]
TestShare = Annotated[float, Field(ge=0.1, le=0.9)]
Folds = Annotated[int, Field(ge=2, le=limits.FOLDS)] | None  # of a cross-validation; None: `test_share` splits
Fold = Annotated[int, Field(ge=0, lt=limits.FOLDS)]  # which of them is the test part, from 0
Shape = tuple[int, ...]  # of one sample, as a network gets it


def require_fold(folds: int | None, fold: int) -> None:
    """Refuse a fold that there is not. Raises: ValueError."""
    if folds is None and fold:
        raise ValueError(f"fold: without folds there is only one way to split; expected 0, received {fold}")
    if folds is not None and fold >= folds:
        raise ValueError(f"fold: expected a number from 0 to {folds - 1}; received {fold}")
