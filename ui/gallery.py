"""Experiments to begin with, as cards and as a menu."""

from __future__ import annotations

import streamlit as st

from dlcore.examples import EXAMPLES, Example
from ui.controls.draft import Draft
from ui.pages import PAGES, PageRow

COLUMNS = 4


def page_of(example: Example) -> PageRow | None:
    """The page where an example opens: the one that it names, else the first of its lab; None where there is none."""
    pages = (page for page in PAGES if example.spec.kind in page.labs and example.page in (None, page.path))
    return next(pages, None)


def gallery(examples: tuple[Example, ...]) -> None:
    """A card for each example that leads to the page where it runs; an example whose lab has no page has none."""
    shown = [(example, page) for example in examples if (page := page_of(example)) is not None]
    for start in range(0, len(shown), COLUMNS):
        row = shown[start : start + COLUMNS]
        for column, (example, page) in zip(st.columns(COLUMNS), row, strict=False):
            with column.container(border=True, height="stretch"):
                st.page_link(page.script, label=f"**{example.title}**", query_params={"example": example.name})
                st.caption(example.summary)


@st.dialog("Experiments to begin with", width="large")
def choose_example(draft: Draft) -> None:
    """Let the learner take an example of the page's kind in place of the present experiment."""
    fitting = [example for example in EXAMPLES if isinstance(example.spec, type(draft.default))]
    for start in range(0, len(fitting), 2):
        for column, example in zip(st.columns(2), fitting[start : start + 2], strict=False):
            with column.container(border=True, height="stretch"):
                if st.button(example.title, key=f"example {example.name}", width="stretch"):
                    draft.put(example.spec)
                    st.rerun()
                st.caption(example.summary)
