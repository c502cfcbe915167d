"""The numbers behind one value, put together by hand, against what PyTorch gives."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

from dlcore.explain.exact import exact_arrays, modules_of
from dlcore.explain.recording import record
from dlcore.networks.residual import Residual


def exact(module: nn.Module, x: torch.Tensor, unit: int) -> dict[str, np.ndarray]:
    network = nn.Sequential()
    network.add_module("layer", module)
    _, kept = record(network, x, modules_of("layer", module))
    return exact_arrays("layer", module, kept, unit)


@settings(max_examples=60, deadline=None)
@given(
    groups=st.sampled_from([1, 2, 3]),
    inside=st.integers(1, 3),
    outside=st.integers(1, 3),
    kernel=st.integers(1, 5),
    stride=st.integers(1, 3),
    padding=st.integers(0, 3),
    dilation=st.integers(1, 3),
    seed=st.integers(0, 2**16),
)
def test_the_table_of_a_convolution_is_what_conv2d_gives(
    groups: int, inside: int, outside: int, kernel: int, stride: int, padding: int, dilation: int, seed: int
) -> None:
    """Patch × kernel + bias at a random place of every channel, the patch cut out of the padded input by hand."""
    torch.manual_seed(seed)
    side = max(1, dilation * (kernel - 1) + 1 - 2 * padding) + int(torch.randint(4, ()))
    x = torch.randn(1, groups * inside, side, side + 1)
    module = nn.Conv2d(groups * inside, groups * outside, kernel, stride, padding, dilation, groups)
    oracle = F.conv2d(x, module.weight, module.bias, stride, padding, dilation, groups)[0].detach().numpy()
    for unit in range(groups * outside):
        found = exact(module, x, unit)
        np.testing.assert_array_equal(found["output"], oracle)
        padded = np.pad(found["input"], ((0, 0), (padding, padding), (padding, padding)))
        first = unit // outside * inside
        row, column = (int(torch.randint(size, ())) for size in oracle.shape[1:])
        reach = dilation * (kernel - 1) + 1
        patch = padded[
            first : first + inside,
            row * stride : row * stride + reach : dilation,
            column * stride : column * stride + reach : dilation,
        ]
        assert patch.shape == found["weight"].shape
        products = patch.astype(np.float64) * found["weight"]
        assert products.sum() + found["bias"][0] == pytest.approx(oracle[unit, row, column], abs=1e-5)


def test_dense_and_transposed_give_the_units_own_weights() -> None:
    torch.manual_seed(1)
    dense, x = nn.Linear(5, 3), torch.randn(1, 5)
    found = exact(dense, x, 2)
    assert found["weight"] @ found["input"] + found["bias"][0] == pytest.approx(found["output"][2], abs=1e-6)
    up, image = nn.ConvTranspose2d(2, 3, 2, stride=2), torch.randn(1, 2, 3, 3)
    found = exact(up, image, 1)
    # with a stride as wide as the kernel every output sees one input of each channel
    expected = sum(found["input"][i, 2, 1] * found["weight"][i, 1, 0] for i in range(2)) + found["bias"][0]
    assert expected == pytest.approx(found["output"][1, 5, 2], abs=1e-6)


def test_normalizations_tell_what_they_shift_and_scale_by() -> None:
    torch.manual_seed(2)
    norm = nn.BatchNorm2d(3)
    norm(5 * torch.randn(20, 3, 4, 4) + 2)
    nn.init.uniform_(norm.weight)
    found = exact(norm, torch.randn(1, 3, 4, 4), 1)
    mean, variance, gamma, beta = found["weight"]
    by_hand = (found["input"][1] - mean) / np.sqrt(variance + found["epsilon"][0]) * gamma + beta
    np.testing.assert_allclose(by_hand, found["output"][1], atol=1e-6)
    layer = nn.LayerNorm((3, 4, 4))
    nn.init.uniform_(layer.weight)
    found = exact(layer, torch.randn(1, 3, 4, 4), 2)
    x = found["input"].astype(np.float64)
    by_hand = (x - x.mean()) / np.sqrt(x.var() + found["epsilon"][0])
    np.testing.assert_allclose(by_hand[2] * found["weight"][0] + found["weight"][1], found["output"][2], atol=1e-5)


def test_a_block_shows_both_ways() -> None:
    torch.manual_seed(3)
    block = Residual(nn.Sequential(nn.Conv2d(2, 3, 3, padding=1), nn.ReLU()), nn.Conv2d(2, 3, 1))
    found = exact(block, torch.randn(1, 2, 4, 4), 0)
    np.testing.assert_allclose(found["inner"] + found["shortcut"], found["output"], atol=1e-6)
    assert (found["inner"] >= 0).all() and not np.array_equal(found["shortcut"], found["output"])


def test_what_has_no_weights_has_none() -> None:
    assert set(exact(nn.MaxPool2d(2), torch.randn(1, 2, 4, 4), 0)) == {"input", "output"}
