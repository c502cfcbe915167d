from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.explain.maps import flat_shares, map_pixels
from dlcore.networks.build import activation
from dlcore.training.activations import ACTIVATIONS


def test_pixels_give_the_values_back_to_half_a_step() -> None:
    values = torch.randn(3, 5, 4, generator=torch.Generator().manual_seed(0))
    found = map_pixels(values)
    assert found is not None
    pixels, scale = found
    assert pixels.dtype == np.uint8 and pixels.shape == (3, 5, 4)
    assert scale == pytest.approx(values.abs().max().item())
    np.testing.assert_allclose((pixels - 127.5) / 127.5 * scale, values.numpy(), atol=scale * 0.51 / 127.5)


def test_zeros_lie_in_the_middle() -> None:
    found = map_pixels(torch.zeros(2, 3, 3))
    assert found is not None
    assert (found[0] == 128).all() and found[1] == 1.0


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_what_left_the_numbers_has_no_picture(bad: float) -> None:
    assert map_pixels(torch.tensor([1.0, bad])) is None


@pytest.mark.parametrize("row", [row for row in ACTIVATIONS if row.hidden], ids=lambda row: row.name)
def test_shares_are_those_that_autograd_gives(row) -> None:  # type: ignore[no-untyped-def]  # any registry row
    z = 3 * torch.randn(7, 5, 4, 3, generator=torch.Generator().manual_seed(1))
    z[:, 2] = -30.0  # a map where ReLU and its like are dead
    z = z.contiguous(memory_format=torch.channels_last).requires_grad_()
    a = activation(row.name)(z)
    (slopes,) = torch.autograd.grad(a.sum(), [z])
    saturated, dead = flat_shares(row.name, z.detach(), a.detach())
    assert saturated == pytest.approx((slopes.abs() < 0.1).double().mean().item())
    assert dead == pytest.approx((slopes == 0).all(dim=3).all(dim=2).all(dim=0).double().mean().item())
    if row.name == "relu":
        assert dead == pytest.approx(0.2)
