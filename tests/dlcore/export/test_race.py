"""The program of a race prints for every variant what the lab gives, to the last bit."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any

import pytest

from datasets.upload.saving import TABLE_FILE, table_as_csv
from dlcore.export.race import as_program
from dlcore.labs.registry import make_lab
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.race import Race, cross_validation
from dlcore.specs.supervised import Supervised
from tests.dlcore.export.programs import assert_no_unused_name, assert_written_without_pytorch
from tests.own import OWNER, flowers, own_table, uploads

BASE: dict[str, Any] = {
    "kind": "supervised",
    "data": {"kind": "generated", "name": "fraud", "samples": 120},
    "network": {"layers": [{"units": 3}]},
    "training": {"epochs": 3, "device": "cpu"},
}
TEXTURES = {
    "kind": "layered",
    "data": {"kind": "images", "name": "textures", "samples": 60},
    "layers": [{"kind": "flatten"}, {"kind": "dense", "units": 3}],
    "training": {"loss": "cross_entropy", "epochs": 2, "device": "cpu"},
}


def race(base: dict[str, Any], **variants: dict[str, Any]) -> Race:
    return Race.parse({"base": base, "variants": [{"title": name, "changes": row} for name, row in variants.items()]})


SPECS = {
    "cures": race(
        BASE,
        none={},
        weights={"training.class_weights": "balanced"},
        drawn={"training.oversampling": True, "training.optimizer": "adam", "training.early_stopping": {"patience": 1}},
    ),
    "layers and features": race(
        BASE,
        a={"network.layers": [], "network.features": ["x1", "sin_x2"]},
        b={"training.schedule": {"kind": "step", "every": 1.0}, "seed": 4},
    ),
    "few and more to learn from": race(
        {**BASE, "data": {"kind": "generated", "name": "circle", "samples": 120, "noise": 0.3, "train_samples": 14}},
        few={},
        more={"data.train_samples": None},
    ),
    "seeds of the data": race(BASE, one={"data.seed": 1}, two={"data.seed": 2}),
    "two sets": race(BASE, fraud={}, circle={"data": {"kind": "generated", "name": "circle", "samples": 80}}),
    "folds": cross_validation(Supervised.parse(BASE), 3),
    "folds of a table": cross_validation(
        Supervised.parse(
            {**BASE, "data": {"kind": "table", "name": "diabetes"}, "training": {"loss": "mse", "epochs": 2}}
        ),
        2,
    ),
    "augmentation": race(
        TEXTURES, none={}, moved={"augmentation": {"rotate": 20, "crop": 0.2}}, noisy={"augmentation.noise": 0.1}
    ),
    "images": race(TEXTURES, few={"data.samples": 40}, more={"training.batch_size": 7}),
    "alone": race(BASE, alone={}),
}  # fmt: skip


def printed(spec: Race) -> dict[str, list[float]]:
    """The rows of the table, by title."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(as_program(spec), "program", "exec"), {"__name__": "__main__"})
    head, *rows = out.getvalue().splitlines()
    names = head.split()
    assert names[:2] == ["train_loss", "test_loss"]
    return {
        row[: -22 * len(names) - len(names)].strip(): [float(text) for text in row.split()[-len(names) :]]
        for row in rows
    }


@pytest.mark.parametrize("name", SPECS)
def test_prints_what_the_lab_gives(name: str) -> None:
    assert_same_numbers(SPECS[name])


@pytest.mark.parametrize("settings", [{}, {"missing": "drop"}, {"target": "weight", "keep": 2}], ids=str)
def test_the_folds_of_a_table_with_gaps_are_filled_each_on_its_own(
    settings: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / TABLE_FILE).write_text(table_as_csv(flowers()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with uploads() as store:
        data = own_table(store.add(OWNER, "flowers.csv", flowers()).id, flowers(), **settings)
        loss = "cross_entropy" if data.classes else "mse"
        base = {**BASE, "data": data, "training": {**BASE["training"], "loss": loss}}
        assert_same_numbers(cross_validation(Supervised.parse(base), 3))


def assert_same_numbers(spec: Race) -> None:
    """The program and the lab end with the very same numbers."""
    lab = make_lab(spec.exact())
    while lab.finished() is None:
        lab.step()
    metrics = lab.frame().metrics
    table = printed(spec)
    score = "accuracy" if spec.base.data.task != "regression" else "r2"
    parts = ("train_loss", "test_loss", f"train_{score}", f"test_{score}")
    for number, variant in enumerate(spec.variants):
        assert table.pop(variant.title) == [metrics[f"{number}/{part}"] for part in parts], as_program(spec)
    assert list(table) == (["mean", "standard deviation"] if spec.repeats else [])
    if spec.repeats:
        assert table["mean"][3] == metrics[f"mean/test_{score}"]
        assert table["standard deviation"][3] == metrics[f"spread/test_{score}"]


def test_what_is_the_same_for_all_is_made_once() -> None:
    assert as_program(SPECS["cures"]).count("make_fraud(") == 2  # the function, and its one call
    assert as_program(SPECS["seeds of the data"]).count("def make_fraud(") == 1


def test_holds_no_unused_name(tmp_path: Path) -> None:
    assert_no_unused_name(map(as_program, SPECS.values()), tmp_path)


def test_a_title_may_hold_anything() -> None:
    spec = race(BASE, **{'a"""b\\': {}, "'; import os": {"seed": 1}})
    assert list(printed(spec))[:2] == ['a"""b\\', "'; import os"]


def test_needs_no_pytorch_to_be_written() -> None:
    assert_written_without_pytorch(SPECS["cures"])


def test_another_spec_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a race's; received Perceptron"):
        as_program(Perceptron())
