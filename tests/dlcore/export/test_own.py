"""Programs that learn from a learner's own data read the file that the page saves, and give the lab's very numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from datasets.upload.saving import IMAGES_FILE, TABLE_FILE, images_as_zip, table_as_csv
from datasets.upload.store import Uploads
from dlcore.export.layered import as_program as layered_program
from dlcore.export.pytorch import as_program
from dlcore.specs.layered import Layered
from dlcore.specs.supervised import Supervised
from tests.dlcore.export.programs import (
    assert_no_unused_name,
    assert_written_without_pytorch,
    lab_results,
    results_alone,
    results_here,
)
from tests.own import OWNER, flowers, own_images, own_table, sketches, uploads

SETTINGS: dict[str, dict[str, Any]] = {
    "as it comes": {},
    "most frequent, min-max": {"missing": "most_frequent", "scaling": "minmax"},
    "dropped, robust": {"missing": "drop", "scaling": "robust"},
    "as measured": {"scaling": "none", "split": "random"},
    "numbers alone": {"columns": ["length", 'width, "w"', "weight"]},
    "by time": {"split": "time", "order": "day", "columns": ["length", "colour"]},
    "in the order of the file": {"split": "time", "scaling": "minmax"},
    "folds": {"folds": 4, "fold": 2},
    "a choice": {"keep": 3, "scaling": "robust"},
    "a leak": {"keep": 3, "leak": True},
    "numbers to predict": {"target": "weight", "keep": 2},
    "numbers to predict, folds": {"target": "weight", "folds": 3, "missing": "most_frequent"},
}


@pytest.fixture(scope="module")
def store() -> Iterator[Uploads]:
    with uploads() as found:
        yield found


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the saved files lie."""
    (tmp_path / TABLE_FILE).write_text(table_as_csv(flowers()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def experiment(data: Any) -> Supervised:
    regression = data.task == "regression"
    training = {"loss": "mse" if regression else "cross_entropy", "epochs": 2, "batch_size": 16, "optimizer": "adam"}
    return Supervised.parse({"data": data, "network": {"layers": [{"units": 4}]}, "training": training})


def test_every_preparation_gives_the_labs_numbers(store: Uploads, here: Path) -> None:
    table = flowers()
    upload = store.add(OWNER, "flowers.csv", table)
    programs = []
    for name, settings in SETTINGS.items():
        spec = experiment(own_table(upload.id, table, **settings))
        programs.append(as_program(spec))
        assert results_here(programs[-1]) == lab_results(spec), name
    assert_no_unused_name(programs, here)
    store.drop(upload.id, OWNER)


@pytest.mark.slow
def test_pictures_give_the_labs_numbers_alone_too(store: Uploads, here: Path) -> None:
    programs = []
    for channels in (1, 3):
        images = sketches(channels=channels)
        upload = store.add(OWNER, "sketches.zip", images)
        layers = [{"kind": "flatten"}, {"kind": "dense", "units": 2}]
        spec = Layered.parse(
            {
                "data": own_images(upload.id, images),
                "layers": layers,
                "training": {"loss": "cross_entropy", "epochs": 2},
            }
        )
        (here / IMAGES_FILE).write_bytes(images_as_zip(images))
        programs.append(layered_program(spec))
        assert results_here(programs[-1]) == lab_results(spec)
    assert results_alone(programs[-1], here) == lab_results(spec)
    assert_no_unused_name(programs, here)
    assert_written_without_pytorch(spec)


def test_what_a_learner_calls_things_is_never_code(store: Uploads) -> None:
    table = flowers()
    spec = own_table("A" * 22, table, title='"""\nimport os\n"""')
    name = 'x"""\'\n#{}'
    spec = spec.replace({"columns.0.name": name, "target.categories": [name, "b", "c"]})
    program = as_program(experiment(spec))
    compile(program, "program", "exec")
    assert "import os" not in program and repr(name) in program
