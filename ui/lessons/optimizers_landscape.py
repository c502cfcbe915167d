"""The section on the loss of a real network around its weights, with the way that its training went."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from dlcore.export.source import source_of
from ui.browser_part import browser_part
from ui.charts.loss_plane import figure
from ui.glossary import term
from ui.lab_frame import lab_frame
from ui.lessons.kept import kept, kept_key
from ui.lessons.optimizers_source import chosen_source
from ui.lessons.optimizers_survey import SIDE, Plane, Survey, surveyed
from ui.pages import page_at
from ui.teaching import explain, predict, the_code

REACHES = (0.25, 0.5, 1.0, 2.0, 4.0)
_KEY = "optimizers landscape"
_TITLES = {"random": "Two random directions", "main": "The two main directions of the way"}
_AXES = {"random": ("random direction 1", "random direction 2"), "main": ("main direction 1", "main direction 2")}


def landscape_section() -> None:
    """Draw the section."""
    frame = lab_frame("lesson", "controls", "live")
    with frame["lesson"]:
        _lesson()
    with frame["controls"]:
        found = _measured()
    with frame["live"]:
        if found is None:
            st.caption("The pictures come here: choose an experiment and press Measure.")
        else:
            _draw(found)
    explain(
        "**A network has many weights, a picture has room for two directions.** So a picture of a loss surface is a "
        "cut: from the last weights $\\theta^*$ one goes $u$ along one direction and $v$ along another, and measures "
        "the loss on all training samples, at each of 41 × 41 places. Everything beside the cut is unseen.\n\n"
        "**Random directions** are scaled unit by unit, so that a step of 1 is as long as that unit's own weights "
        "(Li et al., 2018). Without that, large weights would look flat and small ones steep. They show how wide "
        "the place is where the training has ended. The way itself is hardly seen there: of its variance mostly a few "
        "per cent lie in such a plane, and the fewer, the more weights there are; in a small network it may by chance "
        "be more.\n\n"
        "**The main directions** are those in which the weights moved most (principal component analysis of the "
        "places on the way). They hold most of it. But that proves little: **even a random walk** with very many "
        "weights would have 76 % of its variance in its first two main directions, and 61 % in the first "
        "(Antognini and Sohl-Dickstein, 2018). So do not read the bend of such a line as a discovery. What was "
        "measured for walks as long as this way, with as many weights, is written under the pictures.\n\n"
        "**The way is not on the plane**, only near it. The solid line in 3-D is the loss at the nearest places on the "
        "plane, the dashed one that of the network itself, and between them is what the plane leaves out. Only at the "
        "end, which the plane goes through, they meet. With mini-batches, dropout or penalties the training does "
        "not even go down *this* surface, but down one that changes with every batch.\n\n"
        "**No bad valleys to be seen** does not mean that there are none: a thousand directions were not looked at."
    )
    the_code(_code())
    st.page_link(page_at("optimizers").script, label="Next: find a learning rate", query_params={"section": "finder"})


def _lesson() -> None:
    st.header("The surface of a real network", anchor=False)
    st.markdown(
        f"The surfaces before had two weights. This one is real: the {term('loss surface')} of a trained network, cut "
        f"along two directions through its last weights. Left: random, with {term('filter normalization')}. Right: the "
        f"{term('principal component', 'main directions')} of its own way."
    )
    predict(
        "optimizers landscape",
        "The weights of the moons' network move through a space of 25 dimensions. How much of the variance of that way "
        "do the *best* two directions hold?",
        ("About 2 of 25, so 8 %", "About half", "Well over half"),
        right=2,
        why="Weights do not wander in all directions alike: they are pulled one way for long. But even a walk by pure "
        "chance, with so many weights and steps, has about three quarters of its variance in its two main "
        "directions. A large share is no proof that the training went straight.",
    )


def _measured() -> Survey | None:
    source = chosen_source("landscape")
    name = kept_key(f"{_KEY} reach", 1.0, REACHES)
    reach = kept(
        name,
        st.select_slider(
            "Random: how far to each side",
            REACHES,
            format_func=lambda value: f"{value:g}",
            help="1 is as far as each unit's weights are long.",
            key=name,
        ),
    )
    seed: int = st.session_state.setdefault(f"{_KEY} seed", 0)
    if st.button("Other random directions", icon=":material/casino:", width="stretch"):
        seed = st.session_state[f"{_KEY} seed"] = seed + 1
    return None if source is None else surveyed(source, reach, seed)


def _draw(found: Survey) -> None:
    browser_part(
        "layerlab_optimizers_landscape",
        "optimizers-landscape.js",
        key=f"{_KEY} part",
        data={
            "made": found.number,
            "steps": found.steps,
            "losses": _plain(found.losses),
            "planes": [_shown(plane) for plane in found.planes],
        },
        on={},
    )
    first, second = found.shares[:2]
    st.caption(
        f"{found.parameters:,} weights and biases, {len(found.steps)} places on a way of {found.steps[-1]:,} updates. "
        f"Main directions: {first:.1%} and {second:.1%} of the variance, together **{first + second:.1%}**; random "
        f"walks of that length with as many weights: {found.walks:.1%}. Steps between lines of equal height are "
        "narrower where it is low: they are even in the root of the height."
    )
    lost = sum(int((~np.isfinite(plane.heights)).sum()) for plane in found.planes)
    if lost:
        st.caption(f"At {lost:,} places the loss is no number; they are painted as the highest. Look less far.")
    for column, plane in zip(st.columns(2), found.planes, strict=True):
        u, v = (np.linspace(*ends, SIDE).tolist() for ends in plane.range)
        chart = figure(u, v, plane.heights, plane.way, plane.below, found.losses, axes=_AXES[plane.name])
        column.plotly_chart(chart, width="stretch", config={"displayModeBar": False}, key=f"{_KEY} 3d {plane.name}")


def _shown(plane: Plane) -> dict[str, Any]:
    finite = plane.heights[np.isfinite(plane.heights)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    heights = np.where(np.isfinite(plane.heights), plane.heights, high) - low
    return {
        "title": _TITLES[plane.name],
        "note": f"{plane.held:.1%} of the way's variance lies in this plane.",
        "axes": list(_AXES[plane.name]),
        "range": [list(ends) for ends in plane.range],
        "side": SIDE,
        "low": low,
        "heights": _plain(heights),
        "way": plane.way.round(6).tolist(),
        "below": _plain(plane.below),
    }


def _plain(values: np.ndarray) -> list[float | None]:
    """Six digits of each; what is no number as None, which JSON can hold."""
    return [float(f"{value:.6g}") if np.isfinite(value) else None for value in values.ravel().tolist()]


def _code() -> str:
    functions = source_of(
        "dlcore/explain/loss_surface.py", "put", "main_directions", "places_on", "held", "heights", "random_directions"
    )
    return (
        "# What the pictures were computed with. `Judge(spec)` holds an experiment's network and training samples,\n"
        "# and gives the loss with any weights.\n"
        f"import numpy as np\nimport torch\n\n\n{functions}\n"
    )
