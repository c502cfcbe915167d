"""The frame of a lab: its parts in the order of a phone; `ui/theme.css` puts them side by side where there is room."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

Part = Literal["lesson", "editor", "live", "controls"]


def lab_frame(*parts: Part) -> dict[Part, DeltaGenerator]:
    """A container for each part of a page, or of a section, in which something trains or is measured."""
    frame = st.container(key="lab")
    return {part: frame.container(key=f"lab_{part}", gap="xsmall" if part == "lesson" else "small") for part in parts}
