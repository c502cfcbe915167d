import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from torch import nn

from dlcore.specs.convolutions import Conv1dLayer, Conv2dLayer, ConvTransposeLayer


@settings(deadline=None)
@given(
    channels=st.integers(1, 12),
    groups=st.integers(1, 6),
    stride=st.integers(1, 3),
    padding=st.integers(0, 3) | st.just("same"),
)
def test_what_pytorch_refuses_is_refused(channels: int, groups: int, stride: int, padding: int | str) -> None:
    try:
        nn.Conv2d(60, channels, 3, stride, padding, groups=groups)
        accepted = True
    except ValueError:
        accepted = False
    try:
        Conv2dLayer(channels=channels, stride=stride, padding=padding, groups=groups)  # type: ignore[arg-type]  # text
        ours = True
    except ValidationError:
        ours = False
    assert ours == accepted


@settings(deadline=None)
@given(stride=st.integers(1, 3), output_padding=st.integers(0, 3))
def test_a_transposed_convolution_needs_an_output_padding_below_its_stride(stride: int, output_padding: int) -> None:
    module = nn.ConvTranspose2d(1, 1, 3, stride, output_padding=output_padding)
    try:
        module(torch.zeros(1, 1, 4, 4))
        accepted = True
    except RuntimeError:
        accepted = False
    try:
        ConvTransposeLayer(stride=stride, output_padding=output_padding)
        ours = True
    except ValidationError:
        ours = False
    assert ours == accepted


def test_zeros_around_a_map() -> None:
    assert Conv1dLayer(kernel=5, padding=2).zeros == 2
    assert Conv2dLayer(kernel=4, padding="same", dilation=2).zeros == 3  # the kernel reaches over 6 places to its last


def test_refusals_say_what_to_change() -> None:
    with pytest.raises(ValidationError, match="stride 1 only; received 'same' with stride 2"):
        Conv2dLayer(padding="same", stride=2)
    with pytest.raises(ValidationError, match="groups: expected a divisor of the 8 channels"):
        Conv2dLayer(groups=3)
    with pytest.raises(ValidationError, match="so an odd size; received 'same' with a kernel of 4"):
        Conv2dLayer(kernel=4, padding="same")  # PyTorch pads one side more, with a warning
