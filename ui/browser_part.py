"""A part of a page that our own JavaScript draws: a Streamlit component whose module our own route serves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import streamlit as st

from ui.live.assets import asset, version


def browser_part(
    name: str, script: str, *, key: str, data: Mapping[str, Any], on: Mapping[str, Callable[[Any], None]]
) -> None:
    """Let the module `script` draw `data`: its `open(parent, props)` is called at first and at every change.

    `on`: what to do with the values of each event that the module triggers; it is done once, in the order of the
    events, before the page is drawn again. Streamlit hands on only the newest message of a component, so a browser
    repeats what it has not seen among `heard` (ui/live/js/outbox.js).
    """
    written = {**data, "script": script, "version": version(), "heard": st.session_state.get(_heard(key), ("", 0))}
    _component(name)(key=key, data=written, on_said_change=partial(_listen, key, on))


def _heard(key: str) -> str:
    return f"{key} heard"


def _listen(key: str, on: Mapping[str, Callable[[Any], None]]) -> None:
    match getattr(st.session_state[key], "said", None):
        case {"from": str(sender), "letters": [*letters]}:
            for letter in letters:
                _read(key, on, sender, letter)


def _read(key: str, on: Mapping[str, Callable[[Any], None]], sender: str, letter: Any) -> None:
    last_sender, last = st.session_state.get(_heard(key), ("", 0))
    match letter:
        case [int(number), str(event), value] if sender != last_sender or number > last:
            st.session_state[_heard(key)] = (sender, number)  # first of all: what fails once fails again
            if event in on:
                on[event](value)


@cache
def _component(name: str) -> Any:
    # Plotly puts its styles into the document's head, so ours are prefixed instead of isolated
    return st.components.v2.component(name, js=asset("loader.js").decode(), isolate_styles=False)
