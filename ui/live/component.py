"""The live view as a Streamlit element: one component, mounted once, that talks to its run by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import streamlit as st

from dlcore.engine.run import Run
from ui.controls.registry import hidden_in_view
from ui.live.assets import asset, version

Row = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which view stands where: `top` and `below` are rows of (view, width), `tabs` are (title, views).

    Views that the run does not have are left out; views that are not named go to a last tab.
    """

    top: Row = ()
    below: Row = ()
    tabs: Sequence[tuple[str, Sequence[str]]] = field(default_factory=tuple)

    def as_dict(self) -> dict[str, Any]:
        """The layout as plain values."""
        return {
            "top": [list(cell) for cell in self.top],
            "below": [list(cell) for cell in self.below],
            "tabs": [{"title": title, "views": list(views)} for title, views in self.tabs],
        }


def live_view(
    run: Run,
    layout: Layout,
    *,
    key: str,
    hidden: frozenset[str] = frozenset(),
    refusals: int = 0,
    on: Mapping[str, Callable[[Any], None]] | None = None,
) -> None:
    """Show a run without the `hidden` controls. `on` says what to do with what the learner changes in the pictures.

    What a picture shows of a change that is still under way goes when `refusals` grows.

    Events: `network` ({"action", "layer"}: a layer or unit added or removed on the diagram), `points` (the points
    drawn by hand), `lost` (the run is gone).
    """
    handlers = {
        f"on_{event}_change": _handler(key, event, (on or {}).get(event)) for event in ("network", "points", "lost")
    }
    data = {
        "token": run.token,
        "version": version(),
        "layout": layout.as_dict(),
        "hidden": hidden_in_view(hidden),
        "refusals": refusals,
    }
    _component()(key=key, data=data, **handlers)


def _handler(key: str, event: str, handle: Callable[[Any], None] | None) -> Callable[[], None]:
    def changed() -> None:
        value = getattr(st.session_state[key], event, None)
        if handle is not None and value is not None:
            handle(value)

    return changed


@cache
def _component() -> Any:
    # Plotly puts its styles into the document's head, so the component's own are prefixed instead of isolated
    return st.components.v2.component("layerlab_live_view", js=asset("loader.js").decode(), isolate_styles=False)
