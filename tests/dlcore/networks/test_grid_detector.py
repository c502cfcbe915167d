from __future__ import annotations

import pytest
import torch

from dlcore.networks.grid_detector import grid_detector


@pytest.mark.parametrize(("levels", "grid"), [(2, 12), (3, 6), (4, 3)])
@pytest.mark.parametrize("norm", [False, True])
def test_every_cell_says_eight_numbers(levels: int, grid: int, norm: bool) -> None:
    network = grid_detector(channels=2, levels=levels, classes=3, batch_norm=norm)
    assert network(torch.rand(2, 1, 48, 48)).shape == (2, 8, grid, grid)


def test_a_cell_sees_more_than_its_own_pixels() -> None:
    torch.manual_seed(0)
    network = grid_detector(channels=4, levels=3, classes=3, batch_norm=False).eval()
    x = torch.rand(1, 1, 48, 48, requires_grad=True)
    (reach,) = torch.autograd.grad(network(x)[0, :, 3, 3].sum(), x)
    rows = torch.nonzero(reach[0, 0].abs().sum(dim=1)).flatten()
    assert rows.min() <= 24 - 12 and rows.max() >= 31 + 12  # a figure reaches 12 pixels beyond its centre's cell
