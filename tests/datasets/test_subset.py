from __future__ import annotations

import numpy as np
import pytest

from datasets.dataset import Dataset
from datasets.registry import card
from datasets.subset import draw_rows, subset


@pytest.mark.parametrize("name", ["digits", "mnist", "textures"])
@pytest.mark.parametrize("samples", [20, 333, 1797])
def test_every_class_keeps_its_share(name: str, samples: int) -> None:
    whole = card(name).load()
    part = subset(whole, samples=samples, seed=3)
    assert part.inputs.shape == (samples, *whole.inputs.shape[1:])
    expected = np.bincount(whole.targets) * samples / len(whole.targets)
    assert np.abs(np.bincount(part.targets, minlength=len(whole.classes)) - expected).max() <= (
        1 if whole.held_out is None else 2
    )
    if whole.held_out is not None and part.held_out is not None:
        assert abs(part.held_out.mean() - whole.held_out.mean()) <= len(whole.classes) / samples


def test_samples_keep_their_targets_and_their_order() -> None:
    inputs = np.arange(100, dtype=np.float64)[:, None]
    whole = Dataset(
        inputs=inputs,
        targets=np.arange(100) % 3,
        features=("x",),
        target="y",
        classes=("a", "b", "c"),
        held_out=np.arange(100) % 2 == 0,
    )
    part = subset(whole, samples=40, seed=0)
    rows = part.inputs[:, 0].astype(int)
    assert (np.diff(rows) > 0).all()
    assert np.array_equal(part.targets, rows % 3)
    assert part.held_out is not None
    assert np.array_equal(part.held_out, rows % 2 == 0)


def test_the_seed_decides_which() -> None:
    groups = np.repeat([0, 1], [300, 100])
    first = draw_rows(groups, 40, 1)
    assert np.array_equal(first, draw_rows(groups, 40, 1))
    assert not np.array_equal(first, draw_rows(groups, 40, 2))
    assert np.bincount(groups[first]).tolist() == [30, 10]


@pytest.mark.parametrize("samples", [0, 1798])
def test_more_than_there_are_is_refused(samples: int) -> None:
    with pytest.raises(ValueError, match=rf"samples: expected 1 … 1,797, all there are; received {samples:,}"):
        subset(card("digits").load(), samples=samples, seed=0)
