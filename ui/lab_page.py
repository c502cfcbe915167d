"""The frame of a page on which something learns: experiments, share and code, the controls, and the live view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dlcore.specs.experiment import Experiment
from ui.controls.draft import Draft
from ui.controls.fitting import with_points
from ui.controls.layers import act
from ui.controls.panel import controls
from ui.controls.registry import is_hidden
from ui.dialogs import code, share
from ui.engine import has_cuda
from ui.gallery import choose_example
from ui.lab_frame import lab_frame
from ui.live.component import Layout, live_view
from ui.pages import title_of
from ui.runs import lose_run, message_of, open_draft, run_of

EDITING = 0.25  # seconds that a page with an editor waits for a worker: the next edit may be under way


def lab_page(
    name: str,
    *,
    default: Experiment,
    layout: Layout,
    lesson: Callable[[], None] | None = None,
    editor: Callable[[Draft, frozenset[str]], None] | None = None,
) -> None:
    """Draw the page `name`, which begins with the experiment `default` and shows its views as `layout` says.

    `lesson` draws the page's heading and what is to be read before Play; without one the heading is the menu's title.
    `editor(draft, hidden)` draws a large control above the live view; it is answered before any worker is asked.
    Lesson, editor, live view and controls stand in this order on a phone; `ui/theme.css` puts the first and the last
    into a column on the left where there is room.
    """
    draft, hidden = open_draft(name, default)
    frame = lab_frame("lesson", *(() if editor is None else ("editor",)), "live", "controls")
    with frame["lesson"]:
        if lesson is None:
            with st.container(key="lab_title"):
                st.title(title_of(name), anchor=False)
        else:
            lesson()
        st.html('<a class="lab-jump" href="#lab-controls">Controls ↓</a>')  # phones only
        if message := message_of(draft):
            st.info(message, icon=":material/info:")
    if editor is not None:
        with frame["editor"]:
            editor(draft, hidden)
    run = run_of(draft, hidden) if editor is None else run_of(draft, hidden, patience=EDITING)
    with frame["live"]:  # before the controls: the browser connects while those are being drawn
        if run is None:
            st.warning("Nothing is running: change the experiment on the left, then it starts.")
        else:
            live_view(
                run,
                layout,
                key=f"{name} live",
                hidden=hidden,
                refusals=draft.refusals,
                on={
                    "network": lambda said: _edit_network(draft, hidden, said),
                    "points": lambda said: _take_points(draft, hidden, said),
                    "lost": lambda said: lose_run(draft),
                },
            )
    with frame["controls"]:
        st.html('<span id="lab-controls"></span>')
        _menu(draft, hidden)
        controls(draft, hidden, cuda=has_cuda(), remark=run.remark if run else "", plane="output" in layout.named)


def _menu(draft: Draft, hidden: frozenset[str]) -> None:
    with st.container(horizontal=True, gap="small"):
        if "examples" not in hidden and st.button("Examples", width="stretch"):
            choose_example(draft)
        if "share" not in hidden and st.button("Share", width="stretch"):
            share(draft, hidden)
        if "code" not in hidden and st.button("Code", width="stretch"):
            code(draft.spec)


def _edit_network(draft: Draft, hidden: frozenset[str], said: Any) -> None:
    if isinstance(said, Mapping) and not is_hidden("network.layers", hidden):
        draft.change(lambda spec: act(spec, str(said.get("action")), said.get("layer")))


def _take_points(draft: Draft, hidden: frozenset[str], said: Any) -> None:
    if isinstance(said, list) and not is_hidden("data.points", hidden):
        draft.change(lambda spec: with_points(spec, [(x1, x2, label) for x1, x2, label in said]))
