"""The section on surfaces: eight optimizers start at one place and roll down."""

from __future__ import annotations

import streamlit as st


def surfaces_section() -> None:
    """Draw the section."""
    st.header("Eight ways down", anchor=False)
    st.markdown(
        "A loss is a landscape over the weights. An optimizer feels only the slope under its feet, the **gradient**, "
        "and has to find the way down from it."
    )
