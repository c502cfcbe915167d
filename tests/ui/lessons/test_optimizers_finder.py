"""The section on the learning-rate finder: what it draws is what the worker measured, and its advice is tried."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.engine.local import LocalEngine
from dlcore.examples import example
from dlcore.explain.rate_finder import outcome, rise
from ui.lessons.optimizers_finder import LEAST, MOST, candidates
from ui.lessons.optimizers_source import NAMES


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the browser was given to draw."""
    found: list[dict[str, Any]] = []
    monkeypatch.setattr("ui.lessons.optimizers_finder.browser_part", lambda *_, data, **__: found.append(data))
    return found


@pytest.fixture(autouse=True)
def _no_other_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A section alone has no pages to link to."""
    monkeypatch.setattr("streamlit.page_link", lambda *_, **__: None)


def _draw() -> None:
    from ui.lessons.optimizers_finder import finder_section

    finder_section()


def pressed(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception
    return app


def test_the_curve_is_measured_and_its_rates_are_tried(web_engine: LocalEngine, drawn: list[dict[str, Any]]) -> None:
    app = AppTest.from_function(_draw, default_timeout=60).run()
    assert not app.exception and not drawn
    next(box for box in app.selectbox if box.label == "Optimizer").select("sgd").run()
    pressed(app, "Measure")
    experiment = example(NAMES[0]).spec.replace({"training.optimizer": "sgd"}).as_json()
    want = rise(experiment=experiment, least=LEAST, most=MOST, updates=200)
    line = drawn[-1]["lines"][0]
    assert line["xs"] == want["rates"] and line["ys"] == want["losses"]
    assert {guide.get("x") for guide in drawn[-1]["guides"]} == {None, want["steepest"], want["lowest"], want["broken"]}
    pressed(app, "Try them")
    rows = next(text.value for text in app.markdown if text.value.startswith("| | learning rate")).splitlines()[2:]
    assert len(rows) == len(candidates(want)) == 5
    why, rate = candidates(want)[1]
    assert rows[1].startswith(f"| {why} | {rate:.2g} |")
    loss = outcome(experiment=experiment, rate=rate, updates=len(want["rates"]))["loss"]
    assert f"{loss:.4g}" in rows[1]


@pytest.mark.parametrize("name", NAMES)
def test_every_example_can_be_measured(name: str) -> None:
    found = rise(experiment=example(name).spec.as_json(), least=LEAST, most=MOST, updates=60)
    assert found["lowest"] is not None and LEAST < found["steepest"] <= found["lowest"] < MOST


def test_what_is_worth_trying() -> None:
    rows = candidates({"steepest": 0.01, "lowest": 0.1, "broken": 1.0})
    assert [rate for _, rate in rows] == pytest.approx([0.001, 0.01, 0.1, 1.0]), "a tenth of the lowest is the steepest"
    assert candidates({"steepest": None, "lowest": None, "broken": None}) == []
