"""Headless training: JSON lines, the table, the bar, divergence, and the same numbers as the exported program."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import pytest

from dlcore.examples import example
from dlcore.export.pytorch import as_program
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.supervised import Supervised
from layerlab import train as training
from layerlab.train import require_end, train

CLASSES = {"step", "epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy", "seconds", "reason"}


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def _short(name: str, **changes: Any) -> Any:
    return example(name).spec.replace({"training.epochs": 3, **changes})


def test_json_has_a_line_an_epoch_and_the_final_metrics(capsys: pytest.CaptureFixture[str]) -> None:
    assert train(_short("circle"), as_json=True) == 0
    *epochs, last = _lines(capsys)
    assert [(line["step"], line["epoch"]) for line in epochs] == [(25, 1), (50, 2), (75, 3)]
    assert set(last) == CLASSES
    assert {name: last[name] for name in epochs[-1]} == epochs[-1]
    assert last["reason"] == "3 epochs are done." and last["seconds"] > 0


def test_a_regression_ends_with_r2(capsys: pytest.CaptureFixture[str]) -> None:
    assert train(_short("plane"), as_json=True) == 0
    last = _lines(capsys)[-1]
    assert "test_accuracy" not in last and last["r2"] == last["test_r2"] < 1


def test_a_network_measured_on_a_sample_on_the_way_ends_with_everything(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dlcore.labs.layered_probes.MEASURED", 0)  # as if it were dear: 20 images of either part
    assert train(_short("digits-mlp"), as_json=True) == 0
    first, second, third, last = _lines(capsys)
    assert set(last) == CLASSES
    for line in (first, second):
        assert line["test_accuracy"] * 20 == pytest.approx(round(line["test_accuracy"] * 20))
    assert third == {name: last[name] for name in third}
    assert last["test_accuracy"] * 359 == pytest.approx(round(last["test_accuracy"] * 359))
    assert last["test_accuracy"] * 20 != pytest.approx(round(last["test_accuracy"] * 20))


def test_a_long_run_leaves_epochs_out(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "LINES", 10)
    train(_short("circle", **{"training.epochs": 45, "training.batch_size": "all"}), as_json=True)
    assert [line["epoch"] for line in _lines(capsys)] == [5, 10, 15, 20, 25, 30, 35, 40, 45, 45]


def test_a_run_of_unknown_length_leaves_ever_more_epochs_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "LINES", 4)
    changes = {"training.epochs": None, "training.stop_loss": 0.2, "training.batch_size": "all"}
    train(_short("circle", **changes), as_json=True)
    *epochs, last = _lines(capsys)
    assert [line["epoch"] for line in epochs][:7] == [1, 2, 3, 4, 6, 8, 12]
    assert len(epochs) < 30 and last["train_loss"] <= 0.2 and "0.2" in last["reason"]


def test_people_get_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert train(_short("penguins"), as_json=False) == 0
    out, err = capsys.readouterr()
    assert {line.split()[0] for line in out.splitlines()} == CLASSES
    assert err == ""  # nobody watches: no bar


def test_people_at_a_terminal_get_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(training.sys, "stderr", terminal)
    monkeypatch.setattr(training, "_EVERY", 0.0)
    assert train(_short("circle"), as_json=False) == 0
    pictures = terminal.getvalue().split("\r")
    assert any("[##########..........] epoch 2 of 3, 0 s left  loss 0." in picture for picture in pictures)
    assert pictures[-1] == "" and pictures[-2].strip() == ""  # the line is wiped at the end


def test_divergence_is_exit_code_1_and_an_explanation(capsys: pytest.CaptureFixture[str]) -> None:
    changes = {"training.loss": "mse", "network.output": "linear", "training.learning_rate": 100.0}
    assert train(_short("circle", **changes), as_json=False) == 1
    out, err = capsys.readouterr()
    assert out == "" and "Try a smaller learning rate" in err and err.count("\n") == 1


@pytest.mark.parametrize("spec", [Supervised(), Perceptron()])
def test_no_end_is_refused(spec: Any) -> None:
    with pytest.raises(ValueError, match="epochs: this experiment has no end"):
        require_end(spec)


@pytest.mark.parametrize(
    "change", [{"epochs": 3}, {"stop_loss": 0.1}, {"early_stopping": {"patience": 3, "min_delta": 0.0}}]
)
def test_any_end_will_do(change: dict[str, Any]) -> None:
    require_end(Supervised().replace({f"training.{name}": value for name, value in change.items()}))


def test_the_exported_program_prints_the_same_losses(capsys: pytest.CaptureFixture[str]) -> None:
    spec = _short("spiral", seed=3)
    train(spec, as_json=True)
    last = _lines(capsys)[-1]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(as_program(spec), "program", "exec"), {"__name__": "__main__"})
    for line in printed.getvalue().splitlines():
        name, value = line.split()
        assert last[name] == float(value)
