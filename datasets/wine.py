"""Chemical analyses of wines from three growers."""

from __future__ import annotations

from functools import cache

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.shipped import frozen, read_numbers, read_rows

_FEATURES = (
    "alcohol",
    "malic acid",
    "ash",
    "alcalinity of ash",
    "magnesium",
    "total phenols",
    "flavanoids",
    "nonflavanoid phenols",
    "proanthocyanins",
    "color intensity",
    "hue",
    "OD280/OD315 of diluted wines",
    "proline",
)
_CLASSES = ("cultivar 0", "cultivar 1", "cultivar 2")


@cache
def load_wine() -> Dataset:
    """178 wines by 13 measures (178, 13), sorted by class; class = the grower (cultivar).

    Source: datasets/data/wine_data.csv of the package scikit-learn.
    """
    table = read_numbers(read_rows("sklearn", "datasets/data/wine_data.csv")[1:])
    return Dataset(
        inputs=frozen(table[:, :-1].copy()),
        targets=frozen(table[:, -1].astype(np.int64)),
        features=_FEATURES,
        target="cultivar",
        classes=_CLASSES,
    )


WINE = Card(
    name="wine",
    title="Wines",
    kind="table",
    summary="Tell which of three growers in one region of Italy a wine comes from, by 13 chemical measures. Proline is "
    "counted in hundreds and hue around 1: see what happens without scaling.",
    features=_FEATURES,
    target="cultivar",
    classes=_CLASSES,
    samples=178,
    load=load_wine,
    source="Forina et al., PARVUS, Institute of Pharmaceutical and Food Analysis and Technologies, Genoa; Aeberhard "
    "and Forina, UCI Machine Learning Repository, 1992, doi:10.24432/C5PC7J; shipped by scikit-learn.",
    licence="CC BY 4.0",
    flaws="The source names no units. The wines once had about 30 measures; which 13 were kept, and why, was lost. "
    "Small, and the classes are easy to tell apart.",
)
