"""Every figure of an overview against pandas, NumPy's own or a number by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from datasets.overview import (
    class_counts,
    class_means,
    correlations,
    first_of_each,
    pixel_counts,
    spread,
    summarize,
)
from datasets.registry import card


def _frame() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(60, 4)), columns=list("abcd"))
    frame["b"] = 2 * frame["a"] + 0.1 * frame["b"]
    frame.loc[frame.index[::7], "c"] = np.nan
    frame.loc[frame.index[:5], "a"] = np.nan
    return frame


@pytest.mark.parametrize("column", list("abcd"))
def test_summaries_are_those_of_pandas(column: str) -> None:
    values = _frame()[column]
    summary, described = summarize(values.to_numpy()), values.describe()
    assert summary.missing == values.isna().sum()
    got = (summary.mean, summary.deviation, summary.least, summary.lower, summary.median, summary.upper, summary.most)
    expected = [described[name] for name in ("mean", "std", "min", "25%", "50%", "75%", "max")]
    assert got == pytest.approx(expected)


def test_a_single_value_and_none_at_all() -> None:
    assert summarize(np.array([3.0, np.nan])).deviation == 0.0
    for call in (lambda x: summarize(x), lambda x: spread(x, np.zeros(2, dtype=np.int64), 1)):
        with pytest.raises(ValueError, match="expected at least one that is not missing"):
            call(np.array([np.nan, np.nan]))


def test_correlations_are_those_of_pandas() -> None:
    frame = _frame()
    np.testing.assert_allclose(correlations(frame.to_numpy()), frame.corr().to_numpy(), atol=1e-12)
    wine = card("wine").load().inputs
    np.testing.assert_allclose(correlations(wine), np.corrcoef(wine, rowvar=False), atol=1e-12)


def test_a_constant_goes_with_nothing() -> None:
    table = np.array([[1.0, 0.1], [2.0, 0.1], [3.0, 0.1]])
    found = correlations(table)
    assert found[0, 0] == 1.0 and np.isnan(found[0, 1]) and np.isnan(found[1, 1])


def test_a_spread_counts_every_value_once_in_its_class() -> None:
    data = card("iris").load()
    values = data.inputs[:, 2]
    edges, counts = spread(values, data.targets, 3, bins=10)
    cut = pd.cut(values, bins=edges, include_lowest=True, right=False, labels=False)
    cut = np.where(values == edges[-1], 9, cut)  # the last bin holds its end, as NumPy's
    expected = pd.crosstab(data.targets, cut).reindex(columns=range(10), fill_value=0)
    np.testing.assert_array_equal(counts, expected.to_numpy())
    assert counts.sum(axis=1).tolist() == [50, 50, 50]


def test_a_spread_leaves_gaps_out() -> None:
    values = np.array([0.0, np.nan, 1.0, 1.0])
    edges, counts = spread(values, np.array([0, 0, 1, 0]), 2, bins=2)
    assert edges.tolist() == [0.0, 0.5, 1.0] and counts.tolist() == [[1, 1], [0, 1]]


def test_classes_are_counted() -> None:
    data = card("penguins").load()
    expected = pd.Series(data.targets).value_counts().sort_index().tolist()
    assert class_counts(data.targets, 3).tolist() == expected == [151, 68, 123]
    assert class_counts(np.array([2, 2]), 4).tolist() == [0, 0, 2, 0]


def test_first_samples_and_mean_images_of_each_class() -> None:
    data = card("digits").load()
    rows = first_of_each(data.targets, 10, 4)
    assert all((data.targets[row] == number).all() and len(row) == 4 for number, row in enumerate(rows))
    assert rows[0].tolist() == [0, 10, 20, 30]
    means = class_means(data.inputs, data.targets, 10)
    flat = pd.DataFrame(data.inputs.reshape(len(data.inputs), -1).astype(np.float64))
    expected = flat.groupby(data.targets).mean().to_numpy().reshape(10, 1, 8, 8)
    np.testing.assert_allclose(means, expected, atol=1e-12)
    assert np.isnan(class_means(data.inputs[:3], np.array([0, 0, 2]), 4)[[1, 3]]).all()


def test_pixels_are_counted_a_channel() -> None:
    rng = np.random.default_rng(1)
    images = rng.random((7, 3, 5, 4)).astype(np.float32)
    images[0, 0, 0, :2] = 0.0, 1.0
    edges, counts = pixel_counts(images, bins=8)
    for channel in range(3):
        np.testing.assert_array_equal(counts[channel], np.histogram(images[:, channel], bins=edges)[0])
    assert counts.sum() == images.size
