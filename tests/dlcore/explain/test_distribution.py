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


def test_infinite_values_are_refused():
    with pytest.raises(ValueError, match="finite"):
        histogram(torch.tensor([1.0, float("inf")]))
