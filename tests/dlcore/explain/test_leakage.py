from collections.abc import Iterator

import numpy as np
import pytest

from datasets.upload.columns import Column
from datasets.upload.examples import chance
from datasets.upload.store import Uploads
from datasets.upload.table import Table, read_table, recognise_sheet
from dlcore.explain.leakage import SPLITS, leak_effect
from dlcore.specs.uploads import BOUNDS
from tests.own import OWNER, flowers, own_table, uploads


@pytest.fixture
def store() -> Iterator[Uploads]:
    with uploads() as found:
        yield found


def test_choosing_inputs_with_a_leak_flatters_where_there_is_nothing_to_learn(store: Uploads) -> None:
    table = read_table(recognise_sheet(chance(), BOUNDS), BOUNDS)
    data = own_table(store.add(OWNER, "chance.csv", table).id, table, "answer", keep=20)
    effect = leak_effect(data)
    assert len(effect["honest"]) == len(effect["leaky"]) == SPLITS
    assert 0.4 < np.mean(effect["honest"]) < 0.6, "coins cannot be foreseen"
    assert np.mean(effect["leaky"]) > 0.75
    assert 0.5 <= effect["usual"] < 0.55 and effect["rows"] == len(table.values)


def test_scaling_and_filling_gaps_with_a_leak_change_hardly_anything(store: Uploads) -> None:
    table = flowers(200)
    effect = leak_effect(own_table(store.add(OWNER, "flowers.csv", table).id, table))
    assert np.mean(effect["honest"]) > 0.8
    assert abs(np.mean(effect["leaky"]) - np.mean(effect["honest"])) < 0.02


def test_numbers_are_scored_by_the_variance_that_is_explained(store: Uploads) -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(500, 2))
    values = np.column_stack([x, x @ [3.0, -2.0] + 5])
    table = Table(columns=tuple(Column(name=name, kind="number") for name in "abc"), values=values)
    effect = leak_effect(own_table(store.add(OWNER, "line.csv", table).id, table, "c"))
    assert min(effect["honest"]) > 0.99 and effect["usual"] == 0.0 and effect["rows"] == 400


def test_by_time_there_is_one_split(store: Uploads) -> None:
    table = flowers()
    effect = leak_effect(own_table(store.add(OWNER, "flowers.csv", table).id, table, split="time"))
    assert len(effect["honest"]) == 1
