"""The section for networks of one's own: every data set and every loss gives a network that can be followed."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from datasets.registry import DATASETS
from dlcore.specs.traced import LOSS_NAMES
from dlcore.training.losses import LOSSES
from tests.ui.lessons.at_once import Engine


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    found = Engine()
    monkeypatch.setattr("ui.lessons.backpropagation_part.the_engine", lambda: found)
    monkeypatch.setattr("ui.lessons.backpropagation_own.the_engine", lambda: found)
    return found


def _own() -> None:
    from ui.lessons.backpropagation_own import own_section

    own_section()


def choose(app: AppTest, label: str, value: str) -> None:
    next(box for box in app.selectbox if box.label == label).select(value).run()
    assert not app.exception, (label, value, app.exception)


def test_own_numbers_with_every_loss_and_as_many_layers_as_there_may_be(engine: Engine) -> None:
    app = AppTest.from_function(_own).run()
    assert not app.exception and engine.asked[-1].units == (3, 1)
    before = engine.asked[-1]
    app.button[0].click().run()  # other weights
    assert engine.asked[-1].units == (3, 1) and engine.asked[-1] != before
    for label, value in (("Hidden layers", 4), ("Outputs", 5), ("Inputs", 8)):
        next(field for field in app.number_input if field.label == label).set_value(value).run()
    largest = engine.asked[-1]
    assert [len(largest.inputs), *largest.units] == [8, 3, 3, 3, 3, 5]
    for loss in LOSS_NAMES:
        choose(app, "Loss", loss)
        assert engine.asked[-1].loss == loss and not app.warning


def test_a_sample_of_every_data_set(engine: Engine) -> None:
    app = AppTest.from_function(_own).run()
    choose(app, "Where the network comes from", "sample")
    for row in DATASETS:
        if row.kind in ("generated", "table"):
            choose(app, "Data set", row.name)
            spec = engine.asked[-1]
            assert len(spec.inputs) == min(8, len(row.features)) and not app.warning, row.name
            assert spec.loss in {loss.name for loss in LOSSES if row.task in loss.outputs}, "kept where it suits"
            assert spec.layers[-1].activation in next(x for x in LOSSES if x.name == spec.loss).outputs[row.task]
