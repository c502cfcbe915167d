"""How diabetes went on within a year, to be predicted from ten measures."""

from __future__ import annotations

from functools import cache

from datasets.dataset import Card, Dataset
from datasets.shipped import frozen, read_numbers, read_rows

_FEATURES = (
    "age (years)",
    "sex (1 or 2)",
    "body mass index (kg/m²)",
    "blood pressure",
    "total cholesterol",
    "LDL cholesterol",
    "HDL cholesterol",
    "total / HDL cholesterol",
    "log of triglycerides",
    "blood sugar",
)
_TARGET = "disease progression"


@cache
def load_diabetes() -> Dataset:
    """442 patients by ten measures (442, 10) in their own units; target = disease progression after a year (25 … 346).

    Source: datasets/data/diabetes_*.csv.gz of the package scikit-learn: load_diabetes(scaled=False).
    """
    inputs = read_numbers(read_rows("sklearn", "datasets/data/diabetes_data_raw.csv.gz", delimiter=" "))
    targets = read_numbers(read_rows("sklearn", "datasets/data/diabetes_target.csv.gz"))
    return Dataset(inputs=frozen(inputs), targets=frozen(targets[:, 0].copy()), features=_FEATURES, target=_TARGET)


DIABETES = Card(
    name="diabetes",
    title="Diabetes",
    kind="table",
    summary="Predict a number: how far diabetes has gone on one year after ten measures were taken. They tell about "
    "half of the story, so a network that fits the training part perfectly has learned it by heart.",
    features=_FEATURES,
    target=_TARGET,
    samples=442,
    load=load_diabetes,
    source="B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, “Least Angle Regression”, Annals of Statistics 32(2), "
    "407–499, 2004; shipped by scikit-learn.",
    licence="Not stated; published with the article for study.",
    flaws="The source does not say how progression was measured, which sex is 1, or the units of the blood values "
    "(they look like mg/dl); even the names of some are guesses. Most total / HDL quotients are rounded to whole "
    "numbers.",
)
