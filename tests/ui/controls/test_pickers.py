from typing import Any

from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from dlcore.specs.supervised import Supervised
    from ui.controls.draft import Draft
    from ui.controls.form import Form
    from ui.controls.pickers import number, pick, scale, seed, segments, share

    form = Form(draft=Draft(name="test", default=Supervised()))
    pick(form, "training.loss", "Loss", {"bce": "Binary", "mse": "Squares"}, help="which")
    scale(form, "training.l2", "L2", (0.0, 0.5), help="how much")
    number(form, "training.epochs", "Epochs", least=1, most=10, step=1, placeholder="never", help="how many")
    share(form, "data.test_share", "Test", 0.1, 0.9, help="how much")
    segments(form, "training.device", "Device", {"auto": "Auto", "cpu": "CPU"}, help="where")
    seed(form, "seed", "Seed", "New seed", "which")
    st.text(form.spec.as_json())


def pressed(app: AppTest, label: str) -> Any:
    return next(widget for widget in app.button if widget.label == label).click().run()


def test_each_shows_and_writes_its_value() -> None:
    from dlcore.specs.supervised import Supervised

    app = AppTest.from_function(page, default_timeout=20).run()
    assert app.selectbox[0].options == ["Binary", "Squares"]
    app.selectbox[0].set_value("mse").run()
    app.selectbox[1].set_value(0.5).run()
    app.number_input[0].set_value(7).run()
    assert app.button_group[0].options == ["Auto", "CPU"]
    app.button_group[0].set_value("cpu").run()
    app.slider[0].set_value(0.1 + 0.05).run()  # 0.15000000000000002
    pressed(app, "New seed")
    pressed(app, "New seed")
    assert not app.exception
    spec = Supervised.parse(app.text[0].value)
    assert (spec.training.loss, spec.training.l2, spec.training.epochs, spec.seed) == ("mse", 0.5, 7, 2)
    assert (spec.training.device, spec.data.test_share) == ("cpu", 0.15)


def test_every_widget_has_a_name_and_a_help() -> None:
    app = AppTest.from_function(page, default_timeout=20).run()
    for widget in (*app.selectbox, *app.number_input, *app.slider, *app.button_group, *app.button):
        assert widget.label
        assert widget.help
