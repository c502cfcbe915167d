import numpy as np
import pytest
import torch

from dlcore.explain.distribution import histogram


def test_histogram_agrees_with_numpy():
    values = torch.randn(1000, generator=torch.Generator().manual_seed(1))
    edges, counts = histogram(values)
    expected, expected_edges = np.histogram(values.numpy(), bins=40)
    np.testing.assert_allclose(edges, expected_edges, atol=1e-5)
    assert counts.sum() == 1000
    assert np.abs(counts - expected).sum() <= 4  # values on an edge may fall to either side


@pytest.mark.parametrize("value", [0.0, 3.0, -1e6])
def test_equal_values_give_one_full_bin(value):
    edges, counts = histogram(torch.full((7,), value))
    assert counts.max() == counts.sum() == 7
    assert edges[0] < value < edges[-1]


@pytest.mark.parametrize("scale", [1e-30, 1e-3, 1.0, 1e30])
def test_edges_are_evenly_spaced(scale):
    values = scale * torch.randn(100, generator=torch.Generator().manual_seed(2))
    low, high = float(values.min()), float(values.max())
    np.testing.assert_array_equal(histogram(values)[0], np.linspace(low, high, 41, dtype=np.float32))
    np.testing.assert_array_equal(histogram(values.reshape(4, 25).T)[1], histogram(values)[1])


@pytest.mark.parametrize("value", ["inf", "-inf", "nan"])
def test_infinite_and_missing_values_are_refused(value):
    with pytest.raises(ValueError, match="finite"):
        histogram(torch.tensor([1.0, float(value), 2.0]))


def test_nothing_fills_no_bin():
    assert histogram(torch.zeros(0))[1].sum() == 0
