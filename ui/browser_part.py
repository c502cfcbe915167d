"""A part of a page that our own JavaScript draws: a Streamlit component whose module our own route serves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st

from ui.live.assets import asset, version


def browser_part(
    name: str, script: str, *, key: str, data: Mapping[str, Any], on: Mapping[str, Callable[[Any], None] | None]
) -> None:
    """Let the module `script` draw `data`: its `open(parent, props)` is called at first and at every change.

    `on`: what to do with the values of each event that the module triggers; it is done before the page is drawn again.
    """
    handlers = {f"on_{event}_change": _handler(key, event, handle) for event, handle in on.items()}
    _component(name)(key=key, data={**data, "script": script, "version": version()}, **handlers)


def _handler(key: str, event: str, handle: Callable[[Any], None] | None) -> Callable[[], None]:
    def changed() -> None:
        value = getattr(st.session_state[key], event, None)
        if handle is not None and value is not None:
            handle(value)

    return changed


@cache
def _component(name: str) -> Any:
    # Plotly puts its styles into the document's head, so ours are prefixed instead of isolated
    return st.components.v2.component(name, js=asset("loader.js").decode(), isolate_styles=False)
