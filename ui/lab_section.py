"""The frame of a section in which something learns: a lesson, a few settings of its own, the live view."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dlcore.engine.run import Run
from dlcore.specs.experiment import Experiment
from ui.controls.draft import Draft
from ui.controls.form import Form
from ui.dialogs import code, share
from ui.engine import the_engine
from ui.lab_frame import lab_frame
from ui.live.component import Layout, live_view
from ui.plain_text import plain
from ui.runs import lose_run, message_of, open_draft, run_of

_RUNS = "runs of sections"  # the names of the drafts of all sections of this visit


def section_draft(page: str, name: str, default: Experiment) -> Draft:
    """The experiment of a section, before and without drawing it."""
    return Draft(name=f"{page} {name}", default=default)


def lab_section(
    page: str,
    name: str,
    *,
    default: Experiment,
    suits: Callable[[Any], bool],
    lesson: Callable[[], None],
    settings: Callable[[Form], None],
    layout: Layout,
    on: Mapping[str, Callable[[Draft, Any], None]] | None = None,
    pace: float | None = None,
) -> None:
    """Draw the section `name` of a page, in which `default` or a change of it trains.

    `lesson` draws its heading and what is to be read before Play, `settings` its controls; `suits` says whether an
    experiment of a link, of the kind of `default`, belongs here. `on` says what to do with the draft when a picture
    asks for something (event → function), `pace` how many updates a second a new run makes, until the learner chooses.
    """
    draft, hidden = open_draft(section_draft(page, name, default).name, default)
    if not (isinstance(draft.spec, type(default)) and suits(draft.spec)):
        draft.put(default)
    _leave_others(draft)
    frame = lab_frame("lesson", "live", "controls")
    with frame["lesson"]:
        lesson()
        st.html('<a class="lab-jump" href="#lab-controls">Controls ↓</a>')  # phones only
        if message := message_of(draft):
            st.info(message, icon=":material/info:")
    run = run_of(draft, hidden)
    _pace(draft, run, pace)
    with frame["live"]:
        if run is None:
            st.warning("Nothing is running: change a setting, then it starts.")
        else:
            live_view(
                run,
                layout,
                key=f"{draft.name} live",
                hidden=hidden if on and "network" in on else hidden | {"network.layers"},  # nobody would listen
                refusals=draft.refusals,
                on={
                    "lost": lambda _said: lose_run(draft),
                    **{event: functools.partial(answer, draft) for event, answer in (on or {}).items()},
                },
            )
    with frame["controls"]:
        st.html('<span id="lab-controls"></span>')
        settings(Form(draft=draft, hidden=hidden))
        if draft.refusal:
            st.warning(plain(draft.refusal), icon=":material/block:")
        with st.container(horizontal=True, gap="small"):
            if st.button("Share", width="stretch"):
                share(draft, hidden)
            if st.button("Code", width="stretch"):
                code(draft.spec)


def _pace(draft: Draft, run: Run | None, pace: float | None) -> None:
    key = f"{draft.name} paced"
    if run is not None and pace is not None and st.session_state.get(key) != run.id and not run.step_now:
        run.speed(pace)
        st.session_state[key] = run.id


def _leave_others(draft: Draft) -> None:
    """End the runs of the other sections: somebody looks at one at a time, and keeps a few runs at most."""
    names = st.session_state.setdefault(_RUNS, set())
    for other in names - {draft.name}:
        key = f"{other} run"
        if key in st.session_state:
            run = the_engine().find(st.session_state[key])
            if run is not None:
                run.stop()
            del st.session_state[key]
    names.add(draft.name)
