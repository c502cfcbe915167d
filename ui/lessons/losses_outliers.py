"""A line through points that are dragged: what one outlier does to the best line of three losses."""

from __future__ import annotations

import streamlit as st

from ui.browser_part import browser_part
from ui.glossary import term
from ui.pages import page_at
from ui.teaching import explain, predict

POINTS = (
    (-4.0, -2.3), (-3.1, -1.2), (-2.2, -1.4), (-1.4, -0.4), (-0.5, -0.6),
    (0.4, 0.5), (1.3, 0.4), (2.2, 1.5), (3.1, 1.3), (4.0, 2.2),
)  # fmt: skip


def outliers_section() -> None:
    """Draw the section."""
    st.markdown(
        f"Ten points lie near a line. A point that lies far off, a typing error or a broken sensor, is an "
        f"{term('outlier')}. Each loss has its own best line $y = wx + b$; all three are computed anew with every "
        "move of a point."
    )
    predict(
        "losses outlier",
        "The last point falls far below the others. Which line follows it most?",
        ("That of the squared error", "That of the absolute error", "All three alike"),
        right=0,
        why="The square makes one error of 6 count as much as 36 errors of 1, so the line gives way to a single point. "
        "For the absolute error it counts as 6, and the line stays with the many. Press “Make the last one an "
        "outlier”.",
    )
    browser_part(
        "layerlab_losses",
        "losses.js",
        key="losses outliers",
        data={"parts": ["outliers"], "points": [list(point) for point in POINTS]},
        on={},
    )
    explain(
        "**Mean and median.** Without a slope, the best number for the squared error is the *mean* of the answers, and "
        "for the absolute error their *median*. One huge value moves a mean as far as you like; a median hardly "
        "notices. The lines do the same.\n\n"
        "**Huber** counts errors up to 1 squared and larger ones straight, so its line lies between: it uses all good "
        "points as least squares does, and an outlier pulls with a force of 1 at most.\n\n"
        "**Robust is not always right.** The loss decides what counts as an outlier. If the far point is the one that "
        "matters (a rare disease, the one flood), a loss that ignores it is the wrong loss. And a far point *at the "
        "edge* of the x axis is still strong: drag the last one far to the right as well, and even the line of the "
        "absolute error may run through it."
    )
    st.page_link(page_at("losses").script, label="Next: sure and wrong", query_params={"section": "wrong"})
