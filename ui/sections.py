"""A page of several sections: its title, the choice of a section, and the section that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ui.pages import title_of

PARAMETER = "section"  # of the address


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section: its name in the address (`/data?section=own`), its title, and what draws it."""

    name: str
    title: str
    icon: str
    draw: Callable[[], None]


def sections_page(path: str, sections: tuple[Section, ...], title: str | None = None) -> None:
    """Draw the page at `path`. One section at a time is drawn: those that are not seen cost nothing.

    `title` stands over it where that of the menu is too short.
    """
    section = _present(path, sections)
    st.session_state[_chosen(path)] = st.session_state[_widget(path)] = section.name
    with st.container(key="sections", horizontal=True, vertical_alignment="center", gap="small"):
        st.title(title or title_of(path), anchor=False, width="content")
        if len(sections) > 1:
            titles = {row.name: f"{row.icon} {row.title}" for row in sections}
            st.segmented_control(
                "Section",
                tuple(titles),
                format_func=titles.__getitem__,
                required=True,
                label_visibility="collapsed",
                key=_widget(path),
                on_change=_choose,
                args=(path,),
            )
    if st.query_params.get(PARAMETER) != section.name:
        st.query_params[PARAMETER] = section.name
    section.draw()


def _chosen(path: str) -> str:
    return f"{path} section"


def _widget(path: str) -> str:
    return f"{path} section menu"


def _present(path: str, sections: tuple[Section, ...]) -> Section:
    """The section that the address names, else the one of this visit, else the first."""
    names = {row.name: row for row in sections}
    asked = st.query_params.get(PARAMETER, st.session_state.get(_chosen(path), ""))
    return names.get(asked, sections[0])


def _choose(path: str) -> None:
    # a run and an experiment in the address belong to the section that is left
    st.query_params.from_dict({PARAMETER: st.session_state[_widget(path)]})
