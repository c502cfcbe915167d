"""The frame of a lab, under AppTest: its parts stand in the order of the page, whichever is drawn first."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _page(parts: tuple[str, ...]) -> None:
    import streamlit as st

    from ui.lab_frame import lab_frame

    frame = lab_frame(*parts)
    for part in sorted(frame, reverse=True):
        with frame[part]:
            st.markdown(part)


def test_parts_stand_in_the_order_of_the_page_and_there_are_no_others() -> None:
    for parts in (("lesson", "editor", "live", "controls"), ("controls", "live")):
        app = AppTest.from_function(_page, args=(parts,)).run()
        assert not app.exception
        assert tuple(each.value for each in app.markdown) == parts
