"""What a learner predicted, and how often it was right: kept in the learner's own browser, for nobody else to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ui.browser_part import browser_part

_GIVEN, _KNOWN, _ASKED = "predictions", "predictions known", "predictions asked"


@dataclass(frozen=True, slots=True)
class Prediction:
    """The number of the answer that was chosen, and whether it was the right one."""

    chosen: int
    right: bool


def given(key: str) -> Prediction | None:
    """What was predicted in answer to a question; None before it was compared with what happens."""
    st.session_state[_ASKED] = True
    return _all().get(key)


def note(key: str, prediction: Prediction) -> None:
    """Remember a prediction that was compared."""
    st.session_state[_GIVEN] = {**_all(), key: prediction}


def clear() -> None:
    """Forget all predictions, here and in the browser."""
    st.session_state[_GIVEN] = {}
    st.session_state[_KNOWN] = True


def recall(stored: Any) -> None:
    """Take over what a browser has kept from earlier visits; what was answered in this one counts."""
    kept = {}
    for key, row in stored.items() if isinstance(stored, Mapping) else ():
        match row:
            case [int(chosen), bool(right)]:
                kept[str(key)] = Prediction(chosen, right)
    st.session_state[_GIVEN] = {**kept, **_all()}
    st.session_state[_KNOWN] = True


def score_line(*, always: bool = False) -> None:
    """The score so far and a button that clears it, where this run of the script asked for a prediction."""
    asked = st.session_state.pop(_ASKED, False)
    if not (asked or always):
        return
    rows = _all()
    if rows:
        right = sum(row.right for row in rows.values())
        with st.container(key="score_line", horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"Your predictions: **{right} of {len(rows)}** right. Only this browser keeps them.")
            st.button("Clear", type="tertiary", key="predictions clear", on_click=clear)
    browser_part(
        "layerlab_predictions",
        "predictions.js",
        key="predictions part",
        data={
            "known": st.session_state.get(_KNOWN, False),
            "given": {key: [row.chosen, row.right] for key, row in rows.items()},
        },
        on={"recalled": recall},
    )


def _all() -> dict[str, Prediction]:
    found: dict[str, Prediction] = st.session_state.get(_GIVEN, {})
    return found
