"""The section in which learners bring data of their own: upload, confirm, prepare, train."""

from __future__ import annotations

import streamlit as st


def own_data() -> None:
    """Draw the section."""
    st.markdown("Bring a table (CSV) or pictures of your own, see what is in them, and train a network on them.")
