import numpy as np
import pandas as pd

from datasets.penguins import load_penguins


def test_the_numbers_are_those_of_the_package() -> None:
    from palmerpenguins import load_penguins as theirs

    columns = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    table: pd.DataFrame = theirs().dropna(subset=columns)
    ours = load_penguins()
    assert np.array_equal(ours.inputs, table[columns].to_numpy(dtype=float))
    assert [ours.classes[label] for label in ours.targets] == table["species"].tolist()


def test_the_published_counts_less_the_two_without_measures() -> None:
    # Horst, Hill and Gorman 2020: 152 Adelie, 68 Chinstrap, 124 Gentoo
    assert np.bincount(load_penguins().targets).tolist() == [152 - 1, 68, 124 - 1]
