"""The frame of the Data studio: its title, the choice of a section, and the section that is chosen."""

from __future__ import annotations

import streamlit as st

from ui.pages import title_of
from ui.studio.registry import SECTIONS, Section

PARAMETER = "section"  # of the address
_CHOSEN, _WIDGET = "studio section", "studio section menu"


def studio() -> None:
    """Draw the page. One section at a time is drawn: those that are not seen cost nothing."""
    st.title(title_of("data"), anchor=False)
    section = _present()
    st.session_state[_CHOSEN] = st.session_state[_WIDGET] = section.name
    if len(SECTIONS) > 1:
        titles = {row.name: f"{row.icon} {row.title}" for row in SECTIONS}
        st.segmented_control(
            "Section",
            tuple(titles),
            format_func=titles.__getitem__,
            required=True,
            label_visibility="collapsed",
            key=_WIDGET,
            on_change=_choose,
        )
    if st.query_params.get(PARAMETER) != section.name:
        st.query_params[PARAMETER] = section.name
    section.draw()


def _present() -> Section:
    """The section that the address names, else the one of this visit, else the first."""
    names = {row.name: row for row in SECTIONS}
    asked = st.query_params.get(PARAMETER, st.session_state.get(_CHOSEN, ""))
    return names.get(asked, SECTIONS[0])


def _choose() -> None:
    # a run and an experiment in the address belong to the section that is left
    st.query_params.from_dict({PARAMETER: st.session_state[_WIDGET]})
