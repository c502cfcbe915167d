"""All controls of an experiment in one narrow column: a tab a group, and what was refused under them."""

from __future__ import annotations

import streamlit as st

from dlcore.specs.spec import Spec
from ui.controls.data import data_controls
from ui.controls.draft import Draft
from ui.controls.form import REBUILDS, Form
from ui.controls.network import network_controls
from ui.controls.registry import CONTROLS, GROUPS
from ui.controls.training import training_controls
from ui.plain_text import plain

_GROUPS = {"data": data_controls, "network": network_controls, "training": training_controls}


def controls(
    draft: Draft, hidden: frozenset[str] = frozenset(), *, cuda: bool = False, remark: str = "", plane: bool = True
) -> Spec:
    """Draw all controls that are not hidden, in the order in which one thinks, and return the present spec.

    A group without controls gets no tab. `cuda`: whether this server has a graphics card that can train; `remark`: what
    the run says about how it trains; `plane`: whether the page shows the samples on a plane.
    """
    form = Form(draft=draft, hidden=hidden, cuda=cuda, remark=remark, plane=plane)
    titles = {
        name: title
        for name, title in GROUPS
        if any(row.group == name and form.path(row.name) is not None for row in CONTROLS)
    }
    places = st.tabs(list(titles.values()), width="stretch") if len(titles) > 1 else [st.container()]
    for name, place in zip(titles, places, strict=False):
        with place:
            _GROUPS[name](form)
    if draft.refusal:
        st.warning(plain(draft.refusal), icon=":material/block:")
    if titles:
        st.caption(f"{REBUILDS} starts the network afresh; the others take effect while it trains.")
    return draft.spec
