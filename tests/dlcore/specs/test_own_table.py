from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from datasets.upload.columns import Column
from datasets.upload.store import Uploads
from datasets.upload.table import Table
from dlcore.specs.data import OwnTable
from dlcore.specs.layered import Layered
from dlcore.specs.spec import SpecError
from dlcore.specs.supervised import Supervised
from tests.own import OWNER, flowers, own_table, uploads

ID = "A" * 22


@pytest.fixture
def store() -> Iterator[Uploads]:
    with uploads() as found:
        yield found


def test_all_is_known_without_the_file() -> None:
    data = own_table(ID, flowers())
    assert data.task == "multiclass" and data.classes == ("rose", "tulip", "lily") == data.card.classes
    assert data.inputs == ("length", 'width, "w"', "colour = blue", "colour = red", "colour = white", "day", "weight")
    assert data.shape == (7,) and data.count == 60 == data.card.samples
    assert own_table(ID, flowers(), "weight").task == "regression"
    assert own_table(ID, flowers(), keep=3).inputs == ("choice 1", "choice 2", "choice 3")
    assert OwnTable.parse(data.as_json()) == data


def test_experiments_know_what_they_get() -> None:
    data = own_table(ID, flowers()).as_dict()
    training = {"loss": "cross_entropy"}
    assert Supervised.parse({"data": data, "training": training}).data.shape == (7,)
    layers = [{"kind": "dense", "units": 3}]
    stack = Layered.parse({"data": data, "layers": layers, "training": training})
    assert stack.given.shape == (7,) and stack.walk.parameters == 7 * 3 + 3 and stack.samples == 60


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"upload": "../../etc/passwd"}, "upload: "),
        ({"upload": "A" * 21}, "upload: "),
        ({"columns": []}, "columns: expected a list of at least 1"),
        ({"columns.1.name": "length"}, "columns: expected each column once.*received 'length'"),
        ({"target.name": "length"}, "columns: expected each column once, and the target not among them"),
        ({"target.categories": ["rose"]}, "target: expected at least two classes"),
        (
            {"target": {"name": "t", "kind": "date"}},
            "target: expected numbers or categories to predict; received dates",
        ),
        ({"columns.0.categories": ["a"]}, "categories: expected different names for a column of categories"),
        ({"keep": 8}, "keep: expected 1 … 7, as many as there are inputs; received 8"),
        ({"order": {"name": "day", "kind": "date"}}, "order: expected .* for a split by class"),
        ({"split": "time", "folds": 3}, "folds: a split by time tests on what came last"),
        ({"axes": ["length", "petal"]}, "axes: expected two of the inputs; received 'petal'"),
        ({"axes": ["length", "length"]}, "axes: expected two different inputs"),
        ({"folds": 2, "fold": 2}, "fold: expected a number from 0 to 1"),
        ({"rows": 20_001}, "rows: expected at most 20,000"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(SpecError, match=said):
        own_table(ID, flowers()).replace(changes)


def test_inputs_are_bounded() -> None:
    words = tuple(f"w{number}" for number in range(50))
    columns = [Column(name=f"c{number}", kind="category", categories=words) for number in range(11)]
    table = Table(columns=(*columns, Column(name="y", kind="number")), values=np.zeros((4, 12)))
    with pytest.raises(SpecError, match="columns: these become 550 inputs, a category one each, and 512 are allowed"):
        own_table(ID, table, "y")
    data = own_table(ID, table, "y", columns=["c1", "c2"])
    with pytest.raises(SpecError, match="the Playground draws every input, 64 at most; this table has 100"):
        Supervised.parse({"data": data, "training": {"loss": "mse"}})


def test_the_worker_checks_that_the_upload_agrees(store: Uploads) -> None:
    table = flowers()
    upload = store.add(OWNER, "flowers.csv", table)
    data = own_table(upload.id, table)
    loaded = data.load()
    assert loaded.inputs.shape == (60, 5) and np.isnan(loaded.inputs).any() and loaded.targets.dtype == np.int64
    assert not np.isnan(own_table(upload.id, table, missing="drop").load().inputs).any()
    with pytest.raises(ValueError, match="has no column 'length' like that of this experiment"):
        data.replace({"columns.0": {"name": "length", "kind": "date"}}).load()
    with pytest.raises(ValueError, match="has no column 'kind'"):
        data.replace({"target.categories": ["tulip", "rose", "lily"]}).load()
    store.drop(upload.id, OWNER)
    with pytest.raises(ValueError, match="uploaded by somebody and stay with them"):
        data.load()
