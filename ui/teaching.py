"""The parts of a page that teaches: the concept, a prediction before the button, and what one saw."""

from __future__ import annotations

import streamlit as st


def concept(title: str, text: str) -> None:
    """The heading of a page and its idea in about three sentences."""
    st.title(title, anchor=False)
    st.markdown(text)


def predict(key: str, question: str, answers: tuple[str, ...], *, right: int, why: str) -> None:
    """Ask before the learner tries; `why` explains whichever answer was chosen."""
    with st.expander(f"Predict: {question}", icon=":material/help:"):
        chosen = st.radio(question, answers, index=None, key=f"predict {key}", label_visibility="collapsed")
        if chosen is not None:
            said = "Right. " if chosen == answers[right] else f"Not quite: “{answers[right].lower()}”. "
            st.markdown(said + why)


def explain(text: str) -> None:
    """What was to be seen, and why."""
    with st.expander("What you saw, and why", icon=":material/lightbulb:"):
        st.markdown(text)


def section(title: str, text: str) -> None:
    """The heading of a further part of a page and what it is for."""
    st.subheader(title, anchor=False)
    st.markdown(text)
