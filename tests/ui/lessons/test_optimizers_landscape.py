"""The section on a network's own surface, with a real engine: an example, and a Playground run changed on its way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlcore.engine.local import LocalEngine
from dlcore.examples import example
from dlcore.labs.supervised import SupervisedLab
from dlcore.specs.supervised import Supervised
from tests.dlcore.engine.waiting import eventually
from ui.lessons.optimizers_survey import SIDE

SMALL = Supervised.parse({"network": {"layers": [{"units": 3}]}, "training": {"batch_size": 20}})


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the browser was given to draw."""
    found: list[dict[str, Any]] = []
    monkeypatch.setattr("ui.lessons.optimizers_landscape.browser_part", lambda *_, data, **__: found.append(data))
    return found


@pytest.fixture(autouse=True)
def _no_other_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A section alone has no pages to link to."""
    monkeypatch.setattr("streamlit.page_link", lambda *_, **__: None)


def _draw() -> None:
    from ui.lessons.optimizers_landscape import landscape_section

    landscape_section()


def measure(app: AppTest) -> AppTest:
    next(button for button in app.button if button.label == "Measure").click().run()
    assert not app.exception, app.exception
    return app


@pytest.mark.slow
def test_an_example_is_trained_and_its_surroundings_drawn(web_engine: LocalEngine, drawn: list[dict[str, Any]]) -> None:
    app = AppTest.from_function(_draw, default_timeout=120).run()
    assert not app.exception and not drawn, "nothing is computed before the button is pressed"
    measure(app)
    data = drawn[-1]
    assert data["steps"][0] == 0 and len(data["steps"]) == 101
    spec = example("moons").spec
    assert isinstance(spec, Supervised)
    lab = SupervisedLab(spec)
    assert data["losses"][0] == pytest.approx(lab.evaluate()["train_loss"], rel=1e-5)
    for _ in range(data["steps"][-1]):
        lab.step()
    assert lab.finished(), "the way leads to the end of the example"
    assert data["losses"][-1] == pytest.approx(lab.evaluate()["train_loss"], rel=1e-4)
    for plane in data["planes"]:
        assert len(plane["heights"]) == SIDE**2 and min(plane["heights"]) == 0
        np.testing.assert_allclose(plane["way"][-1], 0, atol=1e-5)
    random, main = data["planes"]
    middle = random["low"] + random["heights"][SIDE**2 // 2]
    assert middle == pytest.approx(data["losses"][-1], rel=1e-4), "the end is in the middle of the random plane"
    for (low, high), places in zip(main["range"], zip(*main["way"], strict=True), strict=True):
        assert low < min(places) and max(places) < high, "the whole way is in sight"
    before = main["heights"]
    next(button for button in app.button if button.label == "Other random directions").click().run()
    assert any("not measured yet" in text.value for text in app.caption)
    measure(app)
    assert drawn[-1]["planes"][1]["heights"] == before and drawn[-1]["planes"][0]["heights"] != random["heights"]


def test_ones_own_run_with_what_was_changed_on_its_way(web_engine: LocalEngine, drawn: list[dict[str, Any]]) -> None:
    run = web_engine.start(SMALL, owner="somebody")
    run.built.result(60)
    app = AppTest.from_function(_draw, default_timeout=60)
    app.session_state["playground run"] = run.id
    app.session_state["optimizers landscape source"] = "playground"
    app.run()
    measure(app)
    assert any("has not learned yet" in info.value for info in app.info) and not drawn
    run.step(30).result(60)
    run.change({"training.learning_rate": 0.3}).result(60)
    run.step(30).result(60)
    eventually(lambda: run.step_now == 60 and len(run.journal) == 1)
    measure(app)
    data = drawn[-1]
    lab = SupervisedLab(SMALL)
    for step in range(60):
        if step == 30:
            lab.change(SMALL.replace({"training.learning_rate": 0.3}))
        lab.step()
    assert data["steps"] == list(range(61))
    assert data["losses"][-1] == pytest.approx(lab.evaluate()["train_loss"], rel=1e-4)


def test_without_a_run_of_ones_own_there_is_a_way_out(web_engine: LocalEngine) -> None:
    app = AppTest.from_function(_draw)
    app.session_state["optimizers landscape source"] = "playground"
    app.run()
    assert not app.exception and any("no network in the Playground yet" in info.value for info in app.info)
