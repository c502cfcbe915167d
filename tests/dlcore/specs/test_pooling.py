import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from torch import nn

from dlcore.specs.pooling import AvgPoolLayer, MaxPoolLayer, UpsampleLayer


@settings(deadline=None)
@given(kernel=st.integers(1, 7), padding=st.integers(0, 4))
@pytest.mark.parametrize(("spec", "module"), [(MaxPoolLayer, nn.MaxPool2d), (AvgPoolLayer, nn.AvgPool2d)])
def test_padding_is_refused_where_pytorch_refuses_it(
    spec: type[MaxPoolLayer], module: type[nn.MaxPool2d], kernel: int, padding: int
) -> None:
    try:
        module(kernel, padding=padding)(torch.zeros(1, 1, 9, 9))
        accepted = True
    except RuntimeError:
        accepted = False
    try:
        spec(kernel=kernel, padding=padding)
        ours = True
    except ValidationError:
        ours = False
    assert ours == accepted


def test_windows_touch_unless_a_stride_is_given() -> None:
    assert MaxPoolLayer(kernel=3).step == 3
    assert MaxPoolLayer(kernel=3, stride=1).step == 1


def test_a_wide_window_needs_a_stride() -> None:
    with pytest.raises(ValidationError, match="stride: expected a number of at most 8"):
        AvgPoolLayer(kernel=9)
    assert AvgPoolLayer(kernel=9, stride=4).step == 4


def test_maps_grow_by_two_or_four() -> None:
    with pytest.raises(ValidationError, match="factor"):
        UpsampleLayer(factor=3)  # type: ignore[arg-type]  # what is refused
