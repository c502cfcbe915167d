"""The races on real data under AppTest with a real engine: every control, on tables and on images."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.engine.local import LocalEngine
from dlcore.specs.race import Race


@pytest.fixture(autouse=True)
def _no_other_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.page_link", lambda *_args, **_options: None)


def _data() -> None:
    from ui.lessons.optimizers_data import data_section

    data_section()


def _batches() -> None:
    from ui.lessons.optimizers_batches import batches_section

    batches_section()


def shown(touched: Any) -> AppTest:
    app: AppTest = touched.run()
    assert not app.exception and not app.warning, (app.exception, app.warning)
    return app


def spec_of(app: AppTest, engine: LocalEngine) -> Race:
    run = engine.find(app.query_params["run"])
    assert run is not None
    run.built.result(60)
    assert isinstance(run.spec, Race)
    return run.spec


def rates(spec: Race) -> list[float]:
    return [member.training.learning_rate for member in spec.members]


@pytest.mark.slow
def test_the_race_of_optimizers(web_engine: LocalEngine) -> None:
    app = shown(AppTest.from_function(_data, default_timeout=60))
    app = shown(app.selectbox[0].select("diabetes"))
    spec = spec_of(app, web_engine)
    assert spec.goal == 40 and spec.base.data.task == "regression"
    app = shown(next(field for field in app.number_input if field.label == "Adam").set_value(0.05))
    assert rates(spec_of(app, web_engine))[6] == 0.05
    app = shown(app.segmented_control[0].set_value("One for all"))
    app = shown(app.select_slider[0].set_value(0.1))
    app = shown(app.selectbox[0].select("digits-mlp"))
    spec = spec_of(app, web_engine)
    assert spec.base.kind == "layered" and set(rates(spec)) == {0.1}
    app = shown(app.slider[0].set_value(70))
    app = shown(next(button for button in app.button if button.label.startswith("Other")).click())
    spec = spec_of(app, web_engine)
    assert (spec.goal, spec.base.seed, app.selectbox[0].value) == (70, 1, "digits-mlp")


def test_the_race_of_batches(web_engine: LocalEngine) -> None:
    app = shown(AppTest.from_function(_batches, default_timeout=60))
    app = shown(app.selectbox[0].select("digits-mlp"))
    app = shown(app.segmented_control[0].set_value("adam"))
    app = shown(app.segmented_control[1].set_value("Epochs"))
    app = shown(app.select_slider[0].set_value(0.003))
    spec = spec_of(app, web_engine)
    assert spec.base.kind == "layered" and spec.base.training.optimizer.kind == "adam" and set(rates(spec)) == {0.003}
    assert {member.training.epochs for member in spec.members} == {10} and app.selectbox[0].value == "digits-mlp"
