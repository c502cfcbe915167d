"""The dialogs of a page on which something learns: share it, read its code."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from ui.code import show_code
from ui.controls.draft import Draft
from ui.controls.registry import CHOICES
from ui.runs import KEPT
from ui.share import to_query, too_long


@st.dialog("Share this experiment", width="large")
def share(draft: Draft, hidden: frozenset[str]) -> None:
    """A link that holds the whole experiment, with a choice of controls that whoever opens it does not see."""
    st.markdown("The link holds the whole experiment: data, network, training, seeds. Nothing is stored on the server.")
    if getattr(getattr(draft.spec, "data", None), "upload", None):
        st.info("Your own data stay with you: the link does not hold them, and nobody else can train on them.")
    chosen = st.multiselect(
        "Hide these controls from whoever opens the link",
        list(CHOICES),
        default=sorted(hidden),
        format_func=CHOICES.__getitem__,
        placeholder="nothing is hidden",
        key=f"{draft.name} share hidden",
    )
    query = to_query(draft.spec, frozenset(chosen))
    if sentence := too_long(query):
        st.warning(sentence, icon=":material/link_off:")
    else:
        st.code(_address(query), language=None, wrap_lines=True)
    st.download_button(
        "Download as a file (.json)",
        draft.spec.as_json(indent=2),
        file_name=f"{draft.name}.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
    )


@st.dialog("The program that runs", width="large")
def code(spec: Any) -> None:
    """The very same experiment as a PyTorch program."""
    show_code(spec)


def _address(query: str) -> str:
    parts = urlsplit(st.context.url or "")
    kept = urlencode({name: st.query_params[name] for name in KEPT if name in st.query_params})
    query = f"{kept}&{query}" if kept else query
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
