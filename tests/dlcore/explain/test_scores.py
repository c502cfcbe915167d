import math

import numpy as np
import pytest
import torch
from sklearn.metrics import accuracy_score, confusion_matrix, r2_score

from dlcore.explain.scores import accuracy, confusion, r_squared


def test_scores_agree_with_scikit_learn():
    generator = torch.Generator().manual_seed(0)
    true, predicted = (torch.randint(0, 3, (50,), generator=generator) for _ in range(2))
    assert accuracy(predicted, true) == pytest.approx(accuracy_score(true, predicted))
    np.testing.assert_array_equal(confusion(predicted, true, 3), confusion_matrix(true, predicted, labels=[0, 1, 2]))
    y, guess = torch.randn(50, generator=generator), torch.randn(50, generator=generator)
    assert r_squared(guess, y) == pytest.approx(r2_score(y, guess))


def test_r_squared_of_constant_targets_says_nothing():
    assert math.isnan(r_squared(torch.zeros(3), torch.ones(3)))
