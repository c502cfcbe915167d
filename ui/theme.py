"""The little that Streamlit's theme options cannot say."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_STYLE = Path(__file__).with_suffix(".css").read_text()


def apply_theme() -> None:
    """Put our style sheet into the page."""
    st.html(f"<style>{_STYLE}</style>")
