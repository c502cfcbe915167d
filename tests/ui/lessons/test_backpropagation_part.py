"""What a learner does to a traced network: a number of their own, the next update, and back to the first weights."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.specs.traced import WORKED, Traced
from tests.ui.lessons.at_once import Engine


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    found = Engine()
    monkeypatch.setattr("ui.lessons.backpropagation_part.the_engine", lambda: found)
    return found


def _part() -> None:
    import streamlit as st

    from dlcore.specs.traced import WORKED
    from ui.lessons.backpropagation_part import Traces

    traces = Traces("test", WORKED)
    for said in st.session_state.pop("said", []):
        getattr(traces, said[0])(said[1])
    traces.draw()


def test_numbers_and_updates_that_a_learner_asks_for(engine: Engine) -> None:
    app = AppTest.from_function(_part).run()

    def say(*said: Any) -> Traced:
        app.session_state["said"] = list(said)
        app.run()
        assert not app.exception, app.exception
        spec: Traced = app.session_state["backpropagation test spec"]
        return spec

    first = app.session_state["backpropagation test round"]
    after = say(("_again", first), ("_again", first))
    assert after.layers[1].weights[0] == pytest.approx((0.4374, 0.4442)), "one update for two hasty clicks"
    assert app.session_state["backpropagation test losses"] == pytest.approx((0.0578,))
    changed = say(("_set", {"name": "input/0", "value": 3}))
    assert changed.inputs == (3.0,) and app.session_state["backpropagation test losses"] == ()
    assert say(("_set", {"name": "weight/9/9/9", "value": 3.0}), ("_set", "nonsense"), ("_again", -1)) == changed
    assert say(("_start", None)) == WORKED
