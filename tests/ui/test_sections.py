"""A page of sections: one at a time, and the address says which."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ui.sections import Section
from ui.studio.registry import SECTIONS

REGISTRIES = (SECTIONS,)


def _draw() -> None:
    from dataclasses import replace

    import streamlit as st

    import ui.sections
    import ui.studio.registry

    def drawer(name: str):  # type: ignore[no-untyped-def]  # runs within the page's script
        return lambda: st.text(f"section {name}")

    rows = tuple(replace(row, draw=drawer(row.name)) for row in ui.studio.registry.SECTIONS)
    ui.sections.sections_page("data", rows)


@pytest.mark.parametrize("rows", REGISTRIES)
def test_every_section_has_a_name_of_its_own(rows: tuple[Section, ...]) -> None:
    assert len({row.name for row in rows}) == len({row.title for row in rows}) == len(rows)


@pytest.mark.parametrize("name", [row.name for row in SECTIONS])
def test_the_address_chooses_the_section(name: str) -> None:
    app = AppTest.from_function(_draw)
    app.query_params["section"] = name
    app.run()
    assert not app.exception and [text.value for text in app.text] == [f"section {name}"]


def test_another_section_leaves_the_run_of_the_last_one_behind() -> None:
    app = AppTest.from_function(_draw)
    app.query_params["section"] = "own"
    app.query_params["run"] = "abc"
    app.run()
    assert app.query_params["run"] == "abc", "the section's own run stays in its address"
    app.get("button_group")[0].set_value("sets").run()
    assert not app.exception and [text.value for text in app.text] == ["section sets"]
    assert dict(app.query_params) == {"section": "sets"}


def test_an_unknown_section_is_the_first() -> None:
    app = AppTest.from_function(_draw)
    app.query_params["section"] = "unicorns"
    app.run()
    assert [text.value for text in app.text] == [f"section {SECTIONS[0].name}"]
