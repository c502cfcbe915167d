"""Iris flowers of three species: the oldest data set in machine learning that is still in daily use."""

from __future__ import annotations

from functools import cache

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.shipped import frozen, read_numbers, read_rows

_FEATURES = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
_CLASSES = ("setosa", "versicolor", "virginica")


@cache
def load_iris() -> Dataset:
    """150 flowers by four measures (150, 4), sorted by species, 50 each; class = species.

    Source: datasets/data/iris.csv of the package scikit-learn.
    """
    table = read_numbers(read_rows("sklearn", "datasets/data/iris.csv")[1:])
    return Dataset(
        inputs=frozen(table[:, :-1].copy()),
        targets=frozen(table[:, -1].astype(np.int64)),
        features=_FEATURES,
        target="species",
        classes=_CLASSES,
    )


IRIS = Card(
    name="iris",
    title="Iris flowers",
    kind="table",
    summary="Tell the species of an iris from the length and width of its sepals and petals. Setosa stands apart; "
    "versicolor and virginica overlap a little.",
    features=_FEATURES,
    target="species",
    classes=_CLASSES,
    samples=150,
    load=load_iris,
    source="Measured by E. Anderson; R. A. Fisher, “The use of multiple measurements in taxonomic problems”, Annals of "
    "Eugenics 7(2), 179–188, 1936. UCI Machine Learning Repository, doi:10.24432/C56C76; shipped by scikit-learn.",
    licence="CC BY 4.0",
    flaws="Small: one flower more or less right in a test part of 45 changes the accuracy by 2 %. Two rows differ from "
    "the UCI copy, which has them wrong. It has been used so often that every method looks good on it.",
)
