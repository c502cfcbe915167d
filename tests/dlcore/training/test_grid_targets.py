from __future__ import annotations

import torch

from datasets.scenes import make_scenes
from dlcore.training.grid_targets import grid_targets


def test_the_cell_of_the_centre_is_to_find_the_figure() -> None:
    boxes = torch.tensor([[[16.0, 2.0, 27.0, 12.0], [0.0, 0.0, 0.0, 0.0]]])
    targets = grid_targets(boxes, torch.tensor([[2, -1]]), side=48, grid=6)  # centre (21.5, 7): column 2, row 0
    assert targets.shape == (1, 6, 6, 6)
    assert targets[0, :, 0, 2].tolist() == [1, 16, 2, 27, 12, 2]
    targets[0, :, 0, 2] = 0
    assert not targets.any()


def test_of_two_in_one_cell_the_first_counts() -> None:
    boxes = torch.tensor([[[0.0, 0.0, 10.0, 10.0], [2.0, 2.0, 10.0, 10.0]]])
    targets = grid_targets(boxes, torch.tensor([[1, 0]]), side=48, grid=3)
    assert targets[0, :, 0, 0].tolist() == [1, 0, 0, 10, 10, 1]
    assert targets[0, 0].sum() == 1


def test_with_cells_of_eight_pixels_no_figure_is_lost() -> None:
    scenes = make_scenes(samples=600, noise=0.0, seed=1)
    boxes, kinds = torch.from_numpy(scenes.boxes), torch.from_numpy(scenes.kinds)
    there = int((kinds >= 0).sum())
    assert grid_targets(boxes, kinds, side=48, grid=12)[:, 0].sum() == there
    eight = grid_targets(boxes, kinds, side=48, grid=6)[:, 0].sum()
    assert eight >= 0.998 * there  # the middle of a triangle's box is not its centre
    assert grid_targets(boxes, kinds, side=48, grid=3)[:, 0].sum() < 0.98 * there
