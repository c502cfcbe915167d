"""Layers without weights that make a map smaller or larger."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from dlcore.specs import limits
from dlcore.specs.convolutions import Kernel, Stride
from dlcore.specs.spec import Spec


class _Pooling(Spec):
    kernel: Kernel = 2
    stride: Stride | None = None  # None: as wide as the kernel, so that windows touch and do not overlap
    padding: int = Field(0, ge=0, le=limits.KERNEL // 2)

    @model_validator(mode="after")
    def _fit_together(self) -> _Pooling:
        if self.padding > self.kernel // 2:
            raise ValueError(
                f"padding: expected at most half the kernel of {self.kernel}, so that every window covers something; "
                f"received {self.padding}"
            )
        if self.stride is None and self.kernel > limits.STRIDE:
            raise ValueError(
                f"stride: expected a number of at most {limits.STRIDE}; received none, which means the kernel"
            )
        return self

    @property
    def step(self) -> int:
        """Distance between neighbouring windows."""
        return self.kernel if self.stride is None else self.stride


class MaxPoolLayer(_Pooling):
    """The largest value of each window of every channel; zeros are never added, padding counts as minus infinity."""

    kind: Literal["max_pool"] = "max_pool"


class AvgPoolLayer(_Pooling):
    """The mean of each window of every channel; padding counts as zeros."""

    kind: Literal["avg_pool"] = "avg_pool"


class GlobalAvgPoolLayer(Spec):
    """The mean of each whole channel: (channels, height, width) becomes (channels,), whatever the size was."""

    kind: Literal["global_avg_pool"] = "global_avg_pool"


class UpsampleLayer(Spec):
    """Every value `factor` times along each axis (nearest), or a smooth passage between neighbours (linear)."""

    kind: Literal["upsample"] = "upsample"
    factor: Literal[2, 4] = 2
    mode: Literal["nearest", "linear"] = "nearest"
