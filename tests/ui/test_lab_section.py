"""Sections in which variants race, under AppTest with a real engine: one run at a time, and none of another section."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from dlcore.engine.local import LocalEngine
from ui.share import encode
from ui.studio.rare_classes import RARE


def _draw() -> None:
    import streamlit as st

    from ui.studio.cross_validation import cross_validation_section
    from ui.studio.rare_classes import rare_classes_section

    {"folds": cross_validation_section, "rare": rare_classes_section}[st.query_params["section"]]()


def opened(section: str, **query: str) -> AppTest:
    app = AppTest.from_function(_draw, default_timeout=60)
    app.query_params["section"] = section
    for name, value in query.items():
        app.query_params[name] = value
    return shown(app)


def shown(touched: Any) -> AppTest:
    """The page once it has answered: to a widget, or to another address."""
    app: AppTest = touched.run()
    assert not app.exception, app.exception
    return app


def widget(app: AppTest, key: str) -> Any:
    return app.get_by_key(key)


def run_of(app: AppTest, engine: LocalEngine) -> Any:
    run = engine.find(app.query_params["run"])
    assert run is not None
    run.built.result(60)
    return run


def test_whoever_goes_to_another_section_leaves_no_run_behind(web_engine: LocalEngine) -> None:
    app = opened("folds")
    first = run_of(app, web_engine)
    assert len(first.spec.variants) == 5 and app.query_params["section"] == "folds"
    app.query_params.clear()  # as the menu of sections does
    app.query_params["section"] = "rare"
    second = run_of(shown(app), web_engine)
    assert second.spec == RARE and web_engine.find(first.id) is None
    app.query_params.clear()
    app.query_params["section"] = "folds"
    third = run_of(shown(app), web_engine)
    assert third.spec == first.spec and web_engine.find(second.id) is None
    assert len(app.get("bidi_component")) == 1


def test_a_link_to_a_race_of_another_section_gives_the_sections_own(web_engine: LocalEngine) -> None:
    assert len(run_of(opened("folds", spec=encode(RARE)), web_engine).spec.variants) == 5
    own = RARE.replace({"base.data.positives": 0.05})
    assert run_of(opened("rare", spec=encode(own)), web_engine).spec == own


def test_folds_data_and_dealing_are_chosen(web_engine: LocalEngine) -> None:
    app = opened("folds")
    run = run_of(app, web_engine)
    shown(widget(app, "data folds:folds").set_value(3))
    assert [variant.title for variant in run.spec.variants] == ["Fold 1", "Fold 2", "Fold 3"]
    assert {(member.data.folds, member.data.name) for member in run.spec.members} == {(3, "iris")}
    assert any("about 100 and is tested on 50" in text.value for text in app.caption)
    shown(widget(app, "data folds:deal").click())
    assert run.spec.base.data.seed == 1
    box = next(box for box in app.selectbox if box.label.startswith("Data set"))
    assert box.value == "iris"
    shown(box.set_value("diabetes"))
    assert run.spec.base.data.name == "diabetes" and len(run.spec.variants) == 3
    next(button for button in app.button if button.label == "Code").click()
    assert "variant_3" in shown(app).code[0].value
    next(button for button in app.button if button.label == "Share").click()
    assert "?section=folds&spec=" in shown(app).code[0].value  # the link leads to this section


def test_the_share_of_fraud_is_a_slider_and_the_cures_stay(web_engine: LocalEngine) -> None:
    app = opened("rare")
    run = run_of(app, web_engine)
    shown(widget(app, "data rare:base.data.positives").set_value(0.5))
    assert run.spec.base.data.positives == 0.5 and run.spec.variants == RARE.variants
    assert any("2,500 of them fraud" in text.value for text in app.caption)
