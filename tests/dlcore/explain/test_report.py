import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support

from dlcore.explain.report import report, with_macro_mean


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=40))
def test_the_measures_are_scikit_learns(rows):
    true, said = map(np.array, zip(*rows, strict=True))
    counts = np.zeros((3, 3), dtype=np.int32)
    np.add.at(counts, (true, said), 1)
    oracle = precision_recall_fscore_support(true, said, labels=[0, 1, 2], zero_division=0)
    macro = precision_recall_fscore_support(true, said, labels=[0, 1, 2], zero_division=0, average="macro")
    found = report(counts)
    for name, each, mean in zip(("precision", "recall", "f1"), oracle, macro, strict=False):
        np.testing.assert_allclose(found[name], each)
        assert with_macro_mean(found[name])[-1] == pytest.approx(mean)


def test_a_network_that_always_says_honest_is_right_and_worthless():
    found = report(np.array([[990, 0], [10, 0]]))
    assert found["recall"].tolist() == [1.0, 0.0]
    assert found["precision"].tolist() == [0.99, 0.0]
    assert found["f1"][1] == 0.0
