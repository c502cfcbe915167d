"""The parts of a page that teaches: the concept, a prediction before the button, and what one saw."""

from __future__ import annotations

import streamlit as st

from ui.pages import page_after
from ui.predictions import Prediction, given, note


def concept(title: str, text: str) -> None:
    """The heading of a page and its idea in about three sentences."""
    st.title(title, anchor=False)
    st.markdown(text)


def predict(key: str, question: str, answers: tuple[str, ...], *, right: int, why: str) -> None:
    """Ask before the learner tries; `why` explains whichever answer was chosen, once it was tried."""
    widget = f"predict {key}"
    with st.expander(f"Predict: {question}", icon=":material/help:"):
        before = given(key)
        if before is not None:
            st.session_state[widget] = answers[before.chosen] if before.chosen < len(answers) else None
        chosen = st.radio(
            question, answers, index=None, key=widget, label_visibility="collapsed", disabled=before is not None
        )
        if before is not None:
            said = "Right. " if before.right else f"Not quite: “{answers[right].lower()}”. "
            st.markdown(said + why)
        elif chosen is not None:
            at = answers.index(chosen)
            st.caption("Noted. Now try it; then compare.")
            st.button(
                "Compare", key=f"{widget} compare", on_click=note, args=(key, Prediction(chosen=at, right=at == right))
            )


def explain(text: str) -> None:
    """What was to be seen, and why."""
    with st.expander("What you saw, and why", icon=":material/lightbulb:"):
        st.markdown(text)


def section(title: str, text: str) -> None:
    """The heading of a further part of a page and what it is for."""
    st.subheader(title, anchor=False)
    st.markdown(text)


def the_code(text: str) -> None:
    """The PyTorch that gives the very numbers of a section, to copy."""
    with st.expander("The code", icon=":material/code:"):
        st.code(text, language="python")


def onward(path: str) -> None:
    """Under a lesson: the way to the next one."""
    following = page_after(path)
    if following is not None:
        st.page_link(following.script, label=f"Next page: **{following.title}**", icon=":material/arrow_forward:")
