"""Cell nuclei from breast tumours, seen through a microscope: malignant or benign."""

from __future__ import annotations

from functools import cache

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.shipped import frozen, read_numbers, read_rows

_MEASURES = (
    "radius",
    "texture",
    "perimeter",
    "area",
    "smoothness",
    "compactness",
    "concavity",
    "concave points",
    "symmetry",
    "fractal dimension",
)
_FEATURES = (
    *(f"mean {measure}" for measure in _MEASURES),
    *(f"{measure} error" for measure in _MEASURES),
    *(f"worst {measure}" for measure in _MEASURES),
)
_CLASSES = ("malignant", "benign")


@cache
def load_breast_cancer() -> Dataset:
    """569 tumours by 30 measures (569, 30): mean, standard error and worst of ten properties; class = diagnosis.

    Source: datasets/data/breast_cancer.csv of the package scikit-learn.
    """
    table = read_numbers(read_rows("sklearn", "datasets/data/breast_cancer.csv")[1:])
    return Dataset(
        inputs=frozen(table[:, :-1].copy()),
        targets=frozen(table[:, -1].astype(np.int64)),
        features=_FEATURES,
        target="diagnosis",
        classes=_CLASSES,
    )


BREAST_CANCER = Card(
    name="breast-cancer",
    title="Breast cancer (Wisconsin)",
    kind="table",
    summary="Tell malignant from benign breast tumours by the shape of their cell nuclei. Ask not only how often the "
    "network is wrong, but which mistake is worse: the confusion matrix shows both.",
    features=_FEATURES,
    target="diagnosis",
    classes=_CLASSES,
    samples=569,
    load=load_breast_cancer,
    source="W. N. Street, W. H. Wolberg and O. L. Mangasarian, “Nuclear feature extraction for breast tumor "
    "diagnosis”, IS&T/SPIE 1905, 861–870, 1993. UCI Machine Learning Repository, doi:10.24432/C5DW2B; shipped by "
    "scikit-learn.",
    licence="CC BY 4.0",
    flaws="Benign is class 1, the positive one: 357 benign, 212 malignant. Many measures say the same (radius, "
    "perimeter, area). All tumours come from one hospital, and the source names no units. Not for diagnosing anybody.",
)
