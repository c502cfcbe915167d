"""Small images of digits, written by hand."""

from __future__ import annotations

from functools import cache

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.shipped import frozen, read_bytes_table

CLASSES = tuple("0123456789")


@cache
def load_digits() -> Dataset:
    """1,797 digits as images (1797, 1, 8, 8); class = the digit.

    A pixel is the share of ink in a square of 4 × 4 finer ones.

    Source: datasets/data/digits.csv.gz of the package scikit-learn; 64 pixels from 0 to 16, then the digit.
    """
    table = read_bytes_table("sklearn", "datasets/data/digits.csv.gz")
    return Dataset(
        inputs=frozen((table[:, :-1] / np.float32(16)).reshape(-1, 1, 8, 8)),
        targets=frozen(table[:, -1].astype(np.int64)),
        features=(),
        target="digit",
        classes=CLASSES,
    )


DIGITS = Card(
    name="digits",
    title="Digits, 8 × 8",
    kind="images",
    summary="Read a digit written by hand from only 64 grey pixels. Small enough that every weight can be looked at.",
    features=(),
    target="digit",
    classes=CLASSES,
    samples=1797,
    shape=(1, 8, 8),
    load=load_digits,
    source="Alpaydin and Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998, "
    "doi:10.24432/C50P49 (its test part, by 13 people); shipped by scikit-learn.",
    licence="CC BY 4.0",
    flaws="Some digits are hard to read even for people at this size. The file does not say who wrote which, so the "
    "same hand is in training and in test: the score on digits of a new person would be lower.",
)
