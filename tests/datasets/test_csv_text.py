import csv
import io

import numpy as np
import pandas as pd

from datasets.csv_text import to_csv
from datasets.dataset import Dataset
from datasets.penguins import load_penguins
from datasets.sine import make_sine
from datasets.split import split


def test_a_small_table_by_hand() -> None:
    data = Dataset(
        inputs=np.array([[1.5, 0.1], [2.0, -3.0], [0.0, 1e-9]]),
        targets=np.array([1, 0, 1]),
        features=("width (cm)", 'the "odd", one'),
        target="kind",
        classes=("cat", "dog"),
    )
    assert to_csv(data, (np.array([2, 0]), np.array([1]))) == (
        'width (cm),"the ""odd"", one",kind,part\n1.5,0.1,dog,train\n2.0,-3.0,cat,test\n0.0,1e-09,dog,train\n'
    )


def test_every_digit_comes_back() -> None:
    data = make_sine(samples=50, noise=0.3, seed=0)
    train, test = split(data, test_share=0.3, seed=0)
    rows = list(csv.reader(io.StringIO(to_csv(data, (train, test)))))[1:]
    assert np.array_equal([[float(x1), float(x2)] for x1, x2, _, _ in rows], data.inputs)
    assert [float(target) for _, _, target, _ in rows] == data.targets.tolist()
    assert {index for index, row in enumerate(rows) if row[3] == "test"} == set(test.tolist())


def test_pandas_reads_it() -> None:
    data = load_penguins()
    table = pd.read_csv(io.StringIO(to_csv(data, split(data, test_share=0.3, seed=0))))
    assert list(table.columns) == [*data.features, "species", "part"]
    assert np.array_equal(table[list(data.features)], data.inputs)
    assert (table["part"] == "test").sum() == 45 + 20 + 37
