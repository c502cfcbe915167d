from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from dlcore.specs.supervised import Supervised
    from ui.controls.draft import Draft

    one = Draft(name="one", default=Supervised())
    other = Draft(name="other", default=Supervised(seed=9))
    one.change({"seed": 3})
    st.text(f"{one.spec.seed} {other.spec.seed} {one.refusal}")  # type: ignore[attr-defined]  # both are Supervised
    one.change({"seed": -1})
    st.text(f"{one.spec.seed} {one.refusal}")  # type: ignore[attr-defined]  # both are Supervised
    one.change(lambda spec: {"seed": spec.seed + 1})
    st.text(f"{one.spec.seed} {one.refusal}")  # type: ignore[attr-defined]  # both are Supervised
    one.refuse("No.")
    st.text(f"{one.refusal} {other.refusal}")
    st.text(f"{one.refusals} {other.refusals}")


def test_a_change_is_taken_or_refused_and_the_last_good_spec_stays() -> None:
    app = AppTest.from_function(page, default_timeout=20).run()
    assert not app.exception
    taken, refused, again, said, counted = (text.value for text in app.text)
    assert taken == "3 9 None"
    assert refused.startswith("3 seed: ")
    assert refused.endswith("received -1.")
    assert again == "4 None"
    assert said == "No. None"
    assert counted == "2 0"
