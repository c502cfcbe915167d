import numpy as np

from datasets.fraud import make_fraud


def test_honest_payments_are_one_cloud_and_frauds_two() -> None:
    data = make_fraud(samples=6_000, noise=0.0, seed=0, positives=0.5)
    honest, fraud = (data.inputs[data.targets == label] for label in (0, 1))
    np.testing.assert_allclose(honest.mean(axis=0), [-1.5, -1.5], atol=0.15)
    np.testing.assert_allclose(honest.std(axis=0), [1.6, 1.6], atol=0.15)
    near = np.linalg.norm(fraud - [1.2, 1.0], axis=1) < np.linalg.norm(fraud - [-1.8, 2.2], axis=1)
    assert 0.6 < near.mean() < 0.72
    np.testing.assert_allclose(fraud[near].mean(axis=0), [1.2, 1.0], atol=0.15)
    np.testing.assert_allclose(fraud[near].std(axis=0), [0.9, 0.9], atol=0.15)


def test_half_a_per_cent_of_two_thousand_is_ten() -> None:
    assert make_fraud(samples=2_000, noise=0.0, seed=3, positives=0.005).targets.sum() == 10
