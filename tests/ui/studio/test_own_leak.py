"""What the leak's demonstration says of what was measured."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.own import flowers, own_table


def _draw(keep: int | None, honest: list[float], leaky: list[float]) -> None:
    import streamlit as st

    from tests.own import flowers, own_table
    from ui.studio.own_leak import leak_panel

    data = own_table("A" * 22, flowers(), keep=keep)
    asked = data.replace({"leak": False, "axes": None}).as_json()
    st.session_state[f"leak effect {data.upload}"] = (
        asked,
        {"honest": honest, "leaky": leaky, "usual": 0.5, "rows": 60},
    )
    leak_panel(data)


def said(**arguments: Any) -> tuple[str, AppTest]:
    app = AppTest.from_function(_draw, kwargs=arguments).run()
    assert not app.exception
    return app.markdown[-1].value, app


def test_what_is_not_real_is_called_so() -> None:
    text, app = said(keep=3, honest=[0.5, 0.4, 0.6], leaky=[0.8, 0.9, 0.85])
    assert "The leak adds 0.35 to the test score, and **none of it is real**" in text
    assert [(metric.value, metric.delta) for metric in app.metric] == [("0.500", ""), ("0.850", "+0.350")]


@pytest.mark.parametrize(("keep", "why"), [(None, "look at no answers"), (3, "finds the same inputs")])
def test_a_harmless_leak_is_called_harmless(keep: int | None, why: str) -> None:
    text, _ = said(keep=keep, honest=[0.9, 0.92], leaky=[0.91, 0.92])
    assert "changes hardly anything (+0.005)" in text and why in text


def test_no_answer_before_the_question() -> None:
    assert own_table("A" * 22, flowers()).leak is False
    _, app = said(keep=None, honest=[0.9], leaky=[0.9])
    question = app.radio[0]
    assert question.value is None
    question.set_value(question.options[2]).run()
    app.button(key="predict leak compare").click().run()
    assert any(text.value.startswith("Right.") for text in app.markdown)
