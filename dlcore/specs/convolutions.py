"""Layers that slide a small kernel of weights over their input."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dlcore.specs import limits
from dlcore.specs.spec import Spec

Channels = Annotated[int, Field(ge=1, le=limits.CHANNELS)]
Kernel = Annotated[int, Field(ge=1, le=limits.KERNEL)]
Stride = Annotated[int, Field(ge=1, le=limits.STRIDE)]
Padding = Annotated[int, Field(ge=0, le=limits.PADDING)]


class _Convolution(Spec):
    channels: Channels = 8
    kernel: Kernel = 3
    stride: Stride = 1
    padding: Padding | Literal["same"] = 0  # same: as many zeros as keep the size
    dilation: int = Field(1, ge=1, le=limits.DILATION)
    groups: Channels = 1

    @model_validator(mode="after")
    def _fit_together(self) -> _Convolution:
        if self.padding == "same" and self.stride > 1:
            raise ValueError(
                f"padding: the size stays the same with stride 1 only; received 'same' with stride {self.stride}"
            )
        if self.padding == "same" and self.reach % 2:
            raise ValueError(
                "padding: the size stays the same with as many zeros before as after only if the kernel has a middle, "
                f"so an odd size; received 'same' with a kernel of {self.kernel}"
            )
        if self.channels % self.groups:
            raise ValueError(
                f"groups: expected a divisor of the {self.channels} channels, so that each group makes as many; "
                f"received {self.groups}"
            )
        return self

    @property
    def reach(self) -> int:
        """Distance from the first to the last input that a kernel covers along an axis, `(kernel - 1)·dilation`."""
        return (self.kernel - 1) * self.dilation

    @property
    def zeros(self) -> int:
        """Zeros put before the first input along an axis, and as many after the last."""
        return self.reach // 2 if self.padding == "same" else self.padding


class Conv1dLayer(_Convolution):
    """A convolution along a series: every output is a weighted sum of `kernel` neighbouring steps of all channels.

    `y[c, t] = b[c] + Σ_{i,k} w[c, i, k] · x[i, t·stride + k·dilation - padding]`
    """

    kind: Literal["conv1d"] = "conv1d"


class Conv2dLayer(_Convolution):
    """A convolution over images: every output is a weighted sum of a `kernel × kernel` patch of all channels.

    With `groups` the channels are divided: each group of outputs sees its own group of inputs only.
    """

    kind: Literal["conv2d"] = "conv2d"


class ConvTransposeLayer(Spec):
    """A convolution the other way round, for images: every input paints a `kernel × kernel` patch of the output.

    Size: `(n - 1)·stride - 2·padding + kernel + output_padding`.
    """

    kind: Literal["conv_transpose"] = "conv_transpose"
    channels: Channels = 8
    kernel: Kernel = 2
    stride: Stride = 2
    padding: Padding = 0
    output_padding: int = Field(0, ge=0, lt=limits.STRIDE)

    @model_validator(mode="after")
    def _fit_together(self) -> ConvTransposeLayer:
        if self.output_padding >= self.stride:
            raise ValueError(
                f"output_padding: expected less than the stride {self.stride}; received {self.output_padding}"
            )
        return self
