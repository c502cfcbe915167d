from streamlit.testing.v1 import AppTest

from dlcore.specs import limits
from dlcore.specs.supervised import Supervised


def page() -> None:
    import streamlit as st

    from dlcore.specs import limits
    from dlcore.specs.supervised import Supervised
    from ui.controls.chance import draw_anew
    from ui.controls.draft import Draft
    from ui.controls.form import Form

    default = Supervised().replace({"seed": limits.SEED, "data.seed": 4})
    form = Form(draft=Draft(name="test", default=default))
    draw_anew(form, "Both", "seed", "data.seed", help="points and weights")
    draw_anew(form, "Points", "data.seed", key="again")
    st.text(form.spec.as_json())


def test_each_press_takes_the_next_seeds_and_after_the_last_the_first() -> None:
    app = AppTest.from_function(page, default_timeout=20).run()
    assert app.button(key="test:seed").help == "points and weights"
    found = []
    for key in ("test:seed", "test:again", "test:seed"):
        app.button(key=key).click().run()
        spec = Supervised.parse(app.text[0].value)
        found.append((spec.seed, spec.data.seed))
    assert found == [(0, 5), (0, 6), (1, 7)] and limits.SEED > 7
