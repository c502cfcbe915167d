"""Boxes: overlaps by hand, and non-maximum suppression against a plain loop over a list."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from dlcore.networks.boxes import cell_boxes, find_boxes, intersection_over_union, suppress


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([0, 0, 4, 4], [0, 0, 4, 4], 1.0),
        ([0, 0, 4, 4], [2, 2, 6, 6], 4 / 28),
        ([0, 0, 4, 4], [1, 1, 3, 3], 4 / 16),
        ([0, 0, 4, 4], [4, 0, 8, 4], 0.0),  # they only touch
        ([0, 0, 4, 4], [10, 10, 12, 12], 0.0),
        ([0, 0, 0, 0], [0, 0, 0, 0], 0.0),  # nothing shares nothing
    ],
)
def test_overlap_by_hand(a: list[float], b: list[float], expected: float) -> None:
    one, other = torch.tensor(a, dtype=torch.float32), torch.tensor(b, dtype=torch.float32)
    assert intersection_over_union(one, other).item() == pytest.approx(expected)
    assert intersection_over_union(other, one).item() == pytest.approx(expected)


def test_overlap_is_what_counting_pixels_gives() -> None:
    torch.manual_seed(0)
    corners = torch.randint(0, 20, (50, 2, 2, 2)).sort(dim=2).values.float()  # pair, which, low and high, axis
    corners[:, :, 1] += 1  # no empty box
    boxes = corners.flatten(2)
    line = torch.arange(21) + 0.5
    inside = [
        (line > box[0]) & (line < box[2]) & ((line > box[1]) & (line < box[3]))[:, None] for box in boxes.flatten(0, 1)
    ]
    counted = [float((a & b).sum() / (a | b).sum()) for a, b in zip(inside[::2], inside[1::2], strict=True)]
    assert intersection_over_union(boxes[:, 0], boxes[:, 1]).tolist() == pytest.approx(counted, abs=1e-6)


def test_scores_of_nought_give_half_the_scene_round_the_middle_of_each_cell() -> None:
    boxes = cell_boxes(torch.zeros(1, 4, 6, 6), side=48)
    assert boxes.shape == (1, 4, 6, 6)
    assert boxes[0, :, 0, 0].tolist() == [4 - 12, 4 - 12, 4 + 12, 4 + 12]
    assert boxes[0, :, 2, 5].tolist() == [44 - 12, 20 - 12, 44 + 12, 20 + 12]  # row 2, column 5: x is 44


def test_the_rule_of_a_box_by_hand() -> None:
    t = [0.3, -0.7, 1.2, -2.0]
    x, y = (3.5 + math.tanh(t[0])) * 8, (1.5 + math.tanh(t[1])) * 8  # row 1, column 3
    width, height = (48 / (1 + math.exp(-value)) for value in t[2:])
    scores = torch.zeros(1, 4, 6, 6)
    scores[0, :, 1, 3] = torch.tensor(t)
    expected = [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
    assert cell_boxes(scores, side=48)[0, :, 1, 3].tolist() == pytest.approx(expected, rel=1e-5)


def plain_suppress(boxes: Tensor) -> list[bool]:
    kept: list[int] = []
    for number, box in enumerate(boxes):
        if all(intersection_over_union(box, boxes[other]).item() <= 0.5 for other in kept):
            kept.append(number)
    return [number in kept for number in range(len(boxes))]


def test_suppression_keeps_what_a_plain_loop_keeps() -> None:
    torch.manual_seed(1)
    centres, sizes = torch.rand(6, 30, 2) * 20, 6 + torch.rand(6, 30, 2) * 6
    boxes = torch.cat([centres - sizes / 2, centres + sizes / 2], dim=2)
    kept = suppress(boxes)
    assert kept.tolist() == [plain_suppress(scene) for scene in boxes]
    assert 0.2 < kept.float().mean() < 0.9


def test_a_hidden_box_hides_nothing() -> None:
    # the second is hidden by the first; the third overlaps the second alone, so it stays
    boxes = torch.tensor([[[0.0, 0, 10, 10], [3.0, 0, 13, 10], [6.0, 0, 16, 10]]])
    assert suppress(boxes).tolist() == [[True, False, True]]


def test_what_is_found_comes_surest_first() -> None:
    torch.manual_seed(2)
    outputs = torch.randn(7, 8, 3, 3)
    found = find_boxes(outputs, 48)
    assert found.boxes.shape == (7, 9, 4)
    assert (found.certainty.diff(dim=1) <= 0).all()
    figure, kind = torch.sigmoid(outputs[:, 0]), torch.softmax(outputs[:, 5:], dim=1)
    best = (figure * kind.max(dim=1).values).flatten(1)
    assert torch.equal(found.certainty[:, 0], best.max(dim=1).values)
    place = best.argmax(dim=1)
    assert torch.equal(found.kinds[:, 0], kind.argmax(dim=1).flatten(1)[torch.arange(7), place])
    boxes = cell_boxes(outputs[:, 1:5], 48).flatten(2)
    assert torch.equal(found.boxes[:, 0], boxes[torch.arange(7), :, place])
    assert torch.equal(found.kept, suppress(found.boxes))


def test_groups_of_scenes_change_nothing() -> None:
    torch.manual_seed(3)
    outputs = torch.randn(11, 8, 4, 4)
    for whole, parts in zip(find_boxes(outputs, 48), find_boxes(outputs, 48, at_once=4), strict=True):
        assert torch.equal(whole, parts)
