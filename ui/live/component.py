"""The live view as a Streamlit element: one component, mounted once, that talks to its run by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dlcore.engine.run import Run
from ui.browser_part import browser_part
from ui.controls.registry import hidden_in_view

Row = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which view stands where: `top` and `below` are rows of (view, width), `tabs` are (title, views).

    Views that the run does not have are left out; views that are not named go to a last tab, and nowhere with `only`.
    """

    top: Row = ()
    below: Row = ()
    tabs: Sequence[tuple[str, Sequence[str]]] = field(default_factory=tuple)
    only: bool = False

    @property
    def named(self) -> frozenset[str]:
        """The views that have a place of their own."""
        rows = {name for name, _ in (*self.top, *self.below)}
        return frozenset(rows.union(*(views for _, views in self.tabs)))

    def as_dict(self) -> dict[str, Any]:
        """The layout as plain values."""
        return {
            "top": [list(cell) for cell in self.top],
            "below": [list(cell) for cell in self.below],
            "tabs": [{"title": title, "views": list(views)} for title, views in self.tabs],
            "only": self.only,
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
    data = {
        "token": run.token,
        "layout": layout.as_dict(),
        "hidden": hidden_in_view(hidden),
        "refusals": refusals,
    }
    browser_part("layerlab_live_view", "main.js", key=key, data=data, on=on or {})
