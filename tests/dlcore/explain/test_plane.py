import math

import numpy as np
import torch

from dlcore.explain.plane import grid, surface_map, unit_maps


def test_the_first_row_of_a_grid_is_the_smallest_x2():
    points = grid(((-6.0, 6.0), (0.0, 2.0)), 3)
    np.testing.assert_array_equal(points[:3], [[-6, 0], [0, 0], [6, 0]])
    np.testing.assert_array_equal(points[-1], [6, 2])


def test_unit_maps_can_be_read_back():
    values = torch.stack([torch.linspace(-0.5, 0.5, 16), torch.linspace(-8, 4, 16)], dim=1)
    pixels, scale = unit_maps(values, 4)
    assert pixels.shape == (2, 4, 4) and pixels.dtype == np.uint8
    np.testing.assert_allclose(scale, [1.0, 8.0])
    back = (pixels.astype(float) - 127.5) / 127.5 * scale[:, None, None]
    np.testing.assert_allclose(back.reshape(2, -1).T, values.numpy(), atol=8 / 127.5)


def test_surface_map_spans_the_scale():
    pixels = surface_map(torch.tensor([[0.0], [0.5], [1.0], [7.0]]), (0.0, 1.0), 2)
    np.testing.assert_array_equal(pixels[0].ravel(), [0, 128, 255, 255])


def test_values_may_lie_unit_by_unit():
    values = torch.randn(3, 16, generator=torch.Generator().manual_seed(0))
    for ours, theirs in zip(unit_maps(values.T, 4), unit_maps(values.T.contiguous(), 4), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    ours, theirs = (surface_map(each, (-1.0, 1.0), 4) for each in (values.T, values.T.contiguous()))
    np.testing.assert_array_equal(ours, theirs)
    assert ours.flags.c_contiguous


def test_a_network_that_left_the_numbers_shows_grey():
    values = torch.full((4, 1), math.nan)
    pixels, _ = unit_maps(values, 2)
    assert (pixels == 128).all()
    infinite, _ = unit_maps(torch.tensor([[1.0], [math.inf], [-math.inf], [0.0]]), 2)
    assert (infinite == 128).all()  # against an infinite scale nothing else is left to see
    assert set(surface_map(values, (-1.0, 1.0), 2).ravel().tolist()) == {128}
    ends = surface_map(torch.tensor([[math.inf], [-math.inf], [0.0], [1.0]]), (-1.0, 1.0), 2)
    assert ends.ravel().tolist() == [255, 0, 128, 255]
