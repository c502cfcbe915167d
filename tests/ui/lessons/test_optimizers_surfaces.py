"""The section on surfaces under AppTest with a real engine: surface, turn, who rolls, learning rates, dropped balls."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.engine.local import LocalEngine
from dlcore.specs.descent import Descent, racers_for
from tests.dlcore.engine.waiting import eventually
from ui.lessons.optimizers_surfaces import PACE, _turned
from ui.share import encode


def _draw() -> None:
    from ui.lessons.optimizers_surfaces import surfaces_section

    surfaces_section()


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(_draw, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return shown(app)


def widget(app: AppTest, key: str) -> Any:
    return app.get_by_key(key)


def shown(touched: Any) -> AppTest:
    app: AppTest = touched.run()
    assert not app.exception, app.exception
    return app


def run_of(app: AppTest, engine: LocalEngine) -> Any:
    run = engine.find(app.query_params["run"])
    assert run is not None
    run.built.result(60)
    return run


def test_controls_change_the_race(web_engine: LocalEngine) -> None:
    app = opened()
    run = run_of(app, web_engine)
    assert run.spec == Descent()
    eventually(lambda: run.limit == PACE)
    shown(widget(app, "optimizers surfaces:racers.2.learning_rate").set_value(0.02))
    assert run.spec.racers[2].learning_rate == 0.02 and run.generation == 1
    shown(widget(app, "optimizers surfaces:racers").set_value(["momentum", "adam"]))
    assert [(racer.name, racer.learning_rate) for racer in run.spec.racers] == [("Momentum", 0.02), ("Adam", 0.1)]
    shown(widget(app, "optimizers surfaces:racers").set_value([]))
    assert len(run.spec.racers) == 2
    assert any("at least one ball that rolls; received none" in warning.value for warning in app.warning)
    shown(widget(app, "optimizers surfaces:surface.kind").set_value("rosenbrock"))
    assert run.spec.start == (-1.5, 2.0) and run.spec.racers == racers_for("rosenbrock") and run.spec.steps == 800


def test_a_link_of_another_section_gives_the_sections_own(web_engine: LocalEngine) -> None:
    other = Descent.parse({"racers": [{"optimizer": "sgd", "title": "too large"}]})
    assert run_of(opened(spec=encode(other)), web_engine).spec == Descent()


def test_the_start_turns_with_the_valley_where_it_stays_in_sight() -> None:
    spec = Descent()
    assert _turned(spec, 90.0) == {"surface.angle": 90.0, "start": [-1.5, -3.5]}
    assert _turned(spec, 0.0)["start"] == [-3.5, 1.5]
    assert _turned(spec.replace({"start": [-4.0, 4.0]}), 45.0) == {"surface.angle": 45.0}


@pytest.mark.parametrize("said", [None, "here", [1.0], [1.0, "x"], {"w": 1}, [9.0, 0.0]])
def test_what_is_no_place_changes_nothing(said: object) -> None:
    def drop(said: object) -> None:
        import streamlit as st

        from dlcore.specs.descent import Descent
        from ui.controls.draft import Draft
        from ui.lessons.optimizers_surfaces import take_start

        draft = Draft(name="a", default=Descent())
        take_start(draft, said)
        st.text(draft.spec.as_json())

    app = AppTest.from_function(drop, args=(said,)).run()
    assert not app.exception and Descent.parse(app.text[0].value) == Descent()
