"""Points of a curve that are measured on workers: asked for all at once, kept while their settings stay."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import TimeoutError as Late
from typing import Any, Literal

import streamlit as st

from ui.answers import answer_of
from ui.engine import the_engine

Found = list[dict[str, Any]]
_PATIENCE = 60.0  # seconds for one point, where many learners share the workers


def measured(
    key: str,
    function: str,
    points: Sequence[Mapping[str, Any]],
    *,
    button: str = "Measure",
    width: Literal["content", "stretch"] = "content",
) -> Found | None:
    """What `function` says of each point, after the learner has pressed the button; None before.

    Each point is a small computation of its own, so that whoever trains meanwhile is not kept waiting.
    """
    asked = json.dumps([function, *map(dict, points)], sort_keys=True)
    kept = f"{key} measured"
    known: tuple[str, Found] | None = st.session_state.get(kept)
    fresh = known is not None and known[0] == asked
    kind: Literal["secondary", "primary"] = "secondary" if fresh else "primary"
    if st.button(button, icon=":material/science:", key=f"{key} button", type=kind, width=width):
        found = _ask(function, points)
        if found is not None:
            st.session_state[kept] = known = (asked, found)
            fresh = True
    if known is not None and not fresh:
        st.caption(f"These settings are not measured yet: press {button}.")
    return known[1] if known is not None and fresh else None


def _ask(function: str, points: Sequence[Mapping[str, Any]]) -> Found | None:
    engine, found = the_engine(), []
    bar = st.progress(0.0, text="Training…")
    waiting = [engine.ask(function, **point) for point in points]
    try:
        for number, future in enumerate(waiting, start=1):
            found.append(answer_of(future, _PATIENCE))
            bar.progress(number / len(waiting), text=f"{number} of {len(waiting)} points")
    except Late:
        st.warning("The training processes are busy; try again in a moment.")
        return None
    finally:
        bar.empty()
    return found
