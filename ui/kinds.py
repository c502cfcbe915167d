"""Which of several kinds of experiment a page shows, where more than one runs there."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dlcore.examples import example
from dlcore.specs.experiment import Experiment
from dlcore.specs.spec import SpecError
from ui import runs
from ui.engine import the_engine
from ui.share import PARAMETER, decode


def kind_of_visit(page: str, kinds: tuple[str, ...]) -> str:
    """The kind that a page shows: what the learner chose (`kind_switch`).

    On arrival, and after Back or Forward, it is that of the experiment in the address, else the first.
    """
    name = f"{page} kind"
    if name not in st.session_state or "example" in st.query_params or runs.went_back():
        found = _in_address()
        if found in kinds:
            st.session_state[name] = found
    kind: str = st.session_state.setdefault(name, kinds[0])
    return kind


def kind_switch(page: str, titles: Mapping[str, str], defaults: Mapping[str, Experiment]) -> None:
    """Let the learner switch between kinds, by name with their titles; each keeps its experiment and its run.

    `defaults` are the experiments to begin with.
    """
    name = f"{page} kind"
    key = f"_{name}"
    st.session_state[key] = st.session_state[name]
    st.segmented_control(
        "What to learn",
        tuple(titles),
        format_func=titles.__getitem__,
        required=True,
        label_visibility="collapsed",
        width="stretch",
        key=key,
        on_change=_switch,
        args=(name, key, defaults),
    )


def _switch(name: str, key: str, defaults: Mapping[str, Experiment]) -> None:
    before, kind = st.session_state[name], st.session_state[key]
    st.session_state[name] = kind
    if f"{kind} spec" not in st.session_state:  # else the address, which still holds the other kind, would be read
        runs.bring(kind, defaults[kind])
        st.session_state[f"{kind} hidden"] = st.session_state.get(f"{before} hidden", frozenset())


def _in_address() -> str | None:
    """The kind of the experiment in the address; None where there is none that can be read."""
    query = st.query_params
    try:
        if "example" in query:
            return example(query["example"]).spec.kind
        if PARAMETER in query:
            return decode(query[PARAMETER])[0].kind
    except (ValueError, SpecError):  # the page says so when it reads the address itself
        return None
    run = the_engine().find(query["run"]) if "run" in query else None
    return run.spec.kind if run is not None else None
