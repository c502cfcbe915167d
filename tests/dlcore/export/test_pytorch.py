"""The exported program prints what the lab gives, to the last bit, and holds nothing that it does not use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dlcore.export.pytorch import as_program
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.supervised import Supervised
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.schedules import SCHEDULES
from tests.dlcore.export.programs import (
    assert_no_unused_name,
    assert_written_without_pytorch,
    lab_results,
    results_alone,
    results_here,
)

SMALL = {"samples": 67, "noise": 0.1}  # 33 or 34 to learn from: the last batch of 10 is ragged


def _generated(name: str = "circle") -> dict[str, Any]:
    return {"kind": "generated", "name": name, **SMALL}


def _spec(data: dict[str, Any] | None = None, network: dict[str, Any] | None = None, **training: Any) -> Supervised:
    return Supervised.parse(
        {
            "data": data or _generated(),
            "network": {"layers": [{"units": 4}, {"units": 3, "activation": "relu"}], **(network or {})},
            "training": {"epochs": 6, "device": "cpu", **training},
            "seed": 4,
        }
    )


def _table(name: str, **more: Any) -> dict[str, Any]:
    return {"kind": "table", "name": name, **more}


DRAWN = {
    "kind": "drawn",
    "test_share": 0.2,
    "points": [
        {"x1": 0.37 * i - 5.0, "x2": 3.0 * (-1) ** i + 0.1 * i - 0.7, "label": (i % 2) * (1 + (i > 14))}
        for i in range(30)
    ],
}
RARE = {"kind": "generated", "name": "fraud", "samples": 120, "positives": 0.1}
ALL_FEATURES = ["x2", "x1", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"]
EARLY = {"early_stopping": {"patience": 3, "min_delta": 0.001}, "learning_rate": 0.3, "epochs": 200}
SPECS: dict[str, Supervised] = {
    "as small as can be": _spec(network={"layers": []}),
    "features": _spec(network={"features": ALL_FEATURES}),
    "xor": _spec(_generated("xor")),
    "gauss": _spec(_generated("gauss")),
    "spiral": _spec(_generated("spiral")),
    "moons": _spec(_generated("moons")),
    "rings": _spec(_generated("rings"), loss="cross_entropy"),
    "plane": _spec(_generated("plane"), loss="mse"),
    "hills": _spec(_generated("hills"), loss="huber"),
    "sine": _spec(_generated("sine"), loss="mae"),
    "drawn": _spec(DRAWN, loss="cross_entropy"),
    "two classes as -1 and 1": _spec(loss="mse"),
    "two classes as 0 and 1": _spec(loss="mae", network={"output": "sigmoid"}),
    "two classes, linear": _spec(loss="huber", network={"output": "linear"}),
    "two classes, softmax": _spec(loss="cross_entropy"),
    "one-hot": _spec(_generated("rings"), loss="mse"),
    "dropout": _spec(dropout=0.3),
    "batch norm": _spec(network={"batch_norm": True}, batch_size=8),
    "batch norm, one sample left": _spec({**_generated(), "samples": 66}, {"batch_norm": True}, batch_size=16),
    "everything on": _spec(
        network={"batch_norm": True, "features": ["x1", "sin_x2"]},
        dropout=0.2,
        l1=0.01,
        l2=0.02,
        gradient_clip=0.5,
        schedule={"kind": "cosine", "epochs": 5.0},
        optimizer="adamw",
        stop_loss=0.01,
        early_stopping={"patience": 2},
    ),
    "l1": _spec(l1=0.01),
    "l1 with a step of its own": _spec(l1=0.02, l2=0.01, l1_proximal=True, schedule={"kind": "step", "every": 2.0}),
    "label smoothing": _spec(_generated("rings"), loss="cross_entropy", label_smoothing=0.2),
    "label smoothing and class weights": _spec(
        RARE, loss="cross_entropy", label_smoothing=0.1, class_weights="balanced", early_stopping={"patience": 2}
    ),
    "l2": _spec(l2=0.01),
    "l1 and l2": _spec(l1=0.01, l2=0.02, optimizer="adam"),
    "clipping": _spec(gradient_clip=0.05),
    "stop loss": _spec(stop_loss=0.6, epochs=300),
    "stop loss alone": _spec(stop_loss=0.6, epochs=None),
    "early stopping": _spec(**EARLY),
    "early stopping alone": _spec(**{**EARLY, "epochs": None}),
    "early stopping at the last epoch": _spec(**{**EARLY, "epochs": 4}),
    "early stopping or stop loss": _spec(**EARLY, stop_loss=0.62),
    "early stopping before stop loss": _spec(**EARLY, stop_loss=1e-9),
    "batch of one": _spec(batch_size=1),
    "all": _spec(batch_size="all"),
    "all, scheduled": _spec(batch_size="all", schedule={"kind": "step", "every": 2.0}),
    "more than there are": _spec(batch_size=5000),
    "a fold": _spec({**_generated(), "folds": 5, "fold": 3}),
    "a fold of three classes": _spec(_table("wine", folds=4, fold=0), loss="cross_entropy"),
    "a fold of numbers": _spec(_table("diabetes", folds=3, fold=2), loss="mse"),
    "fraud": _spec({"kind": "generated", "name": "fraud", "samples": 200, "positives": 0.1}),
    "class weights": _spec(RARE, class_weights="balanced"),
    "class weights, index": _spec(RARE, class_weights="balanced", loss="cross_entropy", l2=0.01),
    "class weights, one-hot": _spec(_generated("rings"), loss="mse", class_weights="balanced"),
    "class weights, all at once": _spec(RARE, class_weights="balanced", optimizer="gd"),
    "over-sampling": _spec(RARE, oversampling=True, stop_loss=0.01),
    "over-sampling, larger batches than samples": _spec(RARE, oversampling=True, batch_size=500),
    "over-sampling and class weights": _spec(
        RARE, oversampling=True, class_weights="balanced", schedule="cosine", batch_size=16, dropout=0.2
    ),
    "axes": _spec(_table("iris", axes=["petal length (cm)", "petal width (cm)"]), loss="cross_entropy"),
    "some features": _spec(
        _table("penguins", features=["body mass (g)", "bill depth (mm)"], scaling="minmax"), loss="cross_entropy"
    ),
    "one feature": _spec(_table("diabetes", features=["body mass index (kg/m²)"]), loss="mse"),
    "nearly all for testing": _spec(_table("wine", test_share=0.9), loss="cross_entropy"),
    **{f"optimizer {row.name}": _spec(optimizer=row.name, learning_rate=0.05) for row in OPTIMIZERS},
    **{f"schedule {row.name}": _spec(schedule=row.name) for row in SCHEDULES},
    **{
        f"{name}, {scaling}": _spec(_table(name, scaling=scaling), loss=loss, optimizer="adam")
        for name, loss in (
            ("penguins", "cross_entropy"),
            ("iris", "cross_entropy"),
            ("wine", "cross_entropy"),
            ("breast-cancer", "bce"),
            ("diabetes", "mse"),
        )
        for scaling in ("standard", "minmax", "none")
    },
    **{f"starts {name}": _spec(network={"initialization": name}) for name in ("he", "normal", "zeros", "constant")},
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SPECS)
def test_prints_what_the_lab_gives(name: str) -> None:
    program = as_program(SPECS[name])
    assert results_here(program) == lab_results(SPECS[name]), program


@pytest.mark.slow  # in a process with PyTorch of its own
@pytest.mark.parametrize("name", ["everything on", "penguins, standard", "hills"])
def test_runs_alone_and_cleanly(name: str) -> None:
    assert results_alone(as_program(SPECS[name])) == lab_results(SPECS[name])


def test_holds_no_unused_name(tmp_path: Path) -> None:
    assert_no_unused_name(map(as_program, SPECS.values()), tmp_path)


def test_needs_no_pytorch_to_be_written() -> None:
    assert_written_without_pytorch(SPECS["everything on"])


def test_another_spec_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of supervised learning; received Perceptron"):
        as_program(Perceptron())


def test_holds_only_what_the_experiment_uses() -> None:
    program = as_program(_spec(network={"layers": [{"units": 2, "activation": "linear"}]}))
    for absent in ("Dropout", "BatchNorm", "Identity", "eval()", "penalty", "clip", "param_groups", "best", "device"):
        assert absent not in program, absent


def test_an_experiment_without_an_end_gets_one() -> None:
    program = as_program(_spec(epochs=None))
    assert "for epoch in range(100):  # in LayerLab, until you press Pause" in program
    assert results_here(program) == lab_results(_spec(epochs=100))


@pytest.mark.parametrize(
    ("device", "text"), [("auto", '"cuda" if torch.cuda.is_available() else "cpu"'), ("cuda", '"cuda"')]
)
def test_device(device: str, text: str) -> None:
    assert f"\ndevice = {text}\n" in as_program(_spec(device=device))


def test_every_generated_set_and_table_is_covered() -> None:
    from datasets.registry import DATASETS

    covered = {spec.data.name for spec in SPECS.values() if spec.data.kind != "drawn"}
    assert covered == {card.name for card in DATASETS if card.kind in ("generated", "table")}
