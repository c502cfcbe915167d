"""A widget that was away comes back with its value."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _draw() -> None:
    import streamlit as st

    from ui.lessons.kept import kept, kept_key

    if st.checkbox("here", value=True):
        options = ("a", "b", "c") if st.checkbox("all", value=True) else ("a", "b")
        kept("choice", st.selectbox("choice", options, key=kept_key("choice", "b", options)))


def test_a_value_outlives_its_widget_and_gives_way_to_fewer_options() -> None:
    app = AppTest.from_function(_draw).run()
    assert app.selectbox[0].value == "b", "the default"
    app.selectbox[0].select("c").run()
    app.checkbox[0].uncheck().run()
    assert not app.selectbox
    app.checkbox[0].check().run()
    assert app.selectbox[0].value == "c"
    app.checkbox[1].uncheck().run()
    assert app.selectbox[0].value == "b" and not app.exception
