import numpy as np
import pytest
import torch

from dlcore.explain.distribution import Histogram, histograms


def one(tensor: torch.Tensor) -> Histogram:
    (found,) = histograms([tensor])
    assert found is not None
    return found


def some(size: int, seed: int = 1) -> torch.Tensor:
    return torch.randn(size, generator=torch.Generator().manual_seed(seed))


def test_it_agrees_with_numpy() -> None:
    values = some(1000)
    edges, counts = one(values)
    expected, expected_edges = np.histogram(values.numpy(), bins=40)
    np.testing.assert_allclose(edges, expected_edges, atol=1e-5)
    assert counts.sum() == 1000
    assert np.abs(counts - expected).sum() <= 4  # values on an edge may fall to either side


@pytest.mark.parametrize("scale", [1e-30, 1e-3, 1.0, 1e30, 1e38])
def test_edges_are_evenly_spaced(scale: float) -> None:
    values = (scale * some(100)).clamp(-3.4e38, 3.4e38)
    edges, counts = one(values)
    low, high = float(values.min()), float(values.max())
    np.testing.assert_array_equal(edges, np.linspace(low, high, 41, dtype=np.float32))
    assert counts.sum() == 100 and counts[0] > 0 and counts[-1] > 0


def test_many_are_counted_as_each_alone() -> None:
    tensors = [some(8, 1).reshape(4, 2), 100 * some(64, 2).reshape(8, 8).T, torch.zeros(3), some(1, 3), some(500, 4)]
    for tensor, found in zip(tensors, histograms(tensors), strict=True):
        assert found is not None
        (edges, counts), (alone_edges, alone_counts) = found, one(tensor)
        np.testing.assert_array_equal(edges, alone_edges)
        np.testing.assert_array_equal(counts, alone_counts)
        assert counts.sum() == tensor.numel() and edges.dtype == counts.dtype == np.float32
    assert histograms([]) == []


@pytest.mark.parametrize("value", [0.0, 3.0, -0.0042, -1e6])
def test_equal_values_give_one_full_bin(value: float) -> None:
    edges, counts = one(torch.full((7,), value))
    assert counts.max() == counts.sum() == 7
    assert edges[0] < value < edges[-1]


@pytest.mark.parametrize("value", ["inf", "-inf", "nan"])
def test_what_has_left_the_numbers_is_left_out_and_disturbs_nobody(value: str) -> None:
    lost = torch.tensor([1.0, float(value), 2.0])
    first, none, last = histograms([some(5), lost, some(9, 2)])
    assert none is None and histograms([lost]) == [None]
    for found, tensor in ((first, some(5)), (last, some(9, 2))):
        assert found is not None
        for ours, theirs in zip(found, one(tensor), strict=True):
            np.testing.assert_array_equal(ours, theirs)


def test_nothing_to_count_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        histograms([some(5), torch.zeros(0)])
