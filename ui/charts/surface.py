"""The output as a landscape over the plane, in 3-D, with the training samples in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from ui.charts.blank import blank
from ui.charts.palette import LIGHT, Palette


def figure(view: Mapping[str, Any], palette: Palette = LIGHT) -> go.Figure:
    """The figure of a `surface` view: one surface for one output, else one a class, as high as its probability.

    A class's surface is there where it is the most probable one; together they are one landscape in several colours.

    `view["options"]` is a plane's (`axes`, `range`, `classes`, `scale`, `target`) and `grid`, the number of places
    along each axis; without `grid` the axes carry titles and no numbers. Samples come from the constants `x1/<k>`,
    `x2/<k>` and `height/<k>`, one group a class k (one group 0 in regression).
    """
    options, name = view.get("options", {}), str(view["name"])
    classes = list(options.get("classes", ()))
    several = len(classes) > 2
    low, high = (0.0, 1.0) if several else options.get("scale", (-1.0, 1.0))
    titles = options.get("axes", ("x₁", "x₂"))
    places = [_places(ends, options.get("grid")) for ends in options.get("range", ((-6, 6), (-6, 6)))]
    height = "probability" if several else str(options.get("target") or "output") if not classes else "output"
    chart = blank(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=bool(classes),
        legend={"itemsizing": "constant", "x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "orientation": "v"},
        scene={
            "xaxis": _axis(titles[0], places[0]),
            "yaxis": _axis(titles[1], places[1]),
            "zaxis": {"title": {"text": height}, "range": _with_air(low, high), "nticks": 5},
            "aspectmode": "manual",
            "aspectratio": {"x": 1, "y": 1, "z": 0.6},
            # several classes are seen from higher up: the hills of some stand behind those of others
            "camera": {
                "eye": {"x": 1.15, "y": -1.32, "z": 1.2 if several else 0.82},
                "center": {"x": 0, "y": 0, "z": -0.16},
            },
        },
    )
    chart.add_traces(
        [_class_surface(name, k, title, places, palette) for k, title in enumerate(classes)]
        if several
        else [_surface(name, places, (low, high), height, palette)]
    )
    return chart.add_traces([_samples(name, k, title, palette) for k, title in enumerate(classes or [""])])


def _with_air(low: float, high: float) -> list[float]:
    # heights at the very ends, after rounding a little beyond them, would be cut off here and there
    air = 0.02 * (high - low)
    return [low - air, high + air]


def _axis(title: str, places: list[float] | None) -> dict[str, Any]:
    return {"title": {"text": title}, "nticks": 5, "showticklabels": places is not None}


def _places(ends: Sequence[float], count: int | None) -> list[float] | None:
    if count is None:
        return None
    low, high = ends
    return [low + (high - low) * k / (count - 1) for k in range(count)]


def _surface(
    view: str, places: list[list[float] | None], scale: tuple[float, float], title: str, palette: Palette
) -> go.Surface:
    return go.Surface(
        x=places[0],
        y=places[1],
        cmin=scale[0],
        cmax=scale[1],
        colorscale=palette.diverging,
        colorbar={"title": {"text": title}, "thickness": 10, "len": 0.6, "x": 1},
        opacity=0.92,
        meta={"feeds": {"z": f"array:{view}/heights"}, "colour": "diverging"},
        hovertemplate="%{x:.3g}, %{y:.3g}: %{z:.3g}<extra></extra>",
    )


def _class_surface(
    view: str, number: int, title: str, places: list[list[float] | None], palette: Palette
) -> go.Surface:
    return go.Surface(
        name=title,
        x=places[0],
        y=places[1],
        cmin=0,
        cmax=1,
        colorscale=[[0, palette.zero], [1, palette.colour(f"class:{number}")]],
        showscale=False,
        # only where it is the highest: whole surfaces would hide one another
        meta={"feeds": {"z": f"highest:{view}/heights@{number}"}, "colour": f"class:{number}"},
        hovertemplate="%{x:.3g}, %{y:.3g}: %{z:.1%}<extra>" + title + "</extra>",
    )


def _samples(view: str, number: int, title: str, palette: Palette) -> go.Scatter3d:
    role = f"class:{number}" if title else "muted"
    return go.Scatter3d(
        name=title or "samples",
        mode="markers",
        # class 0 as circles, 1 as diamonds, 2 as squares …: colour is never the only sign
        marker={
            "size": 2.5,
            "color": palette.colour(role),
            "symbol": ("circle", "diamond", "square", "cross")[number % 4],
        },
        meta={
            "feeds": {
                axis: f"array:{view}/{array}/{number}" for axis, array in (("x", "x1"), ("y", "x2"), ("z", "height"))
            },
            "colour": role,
        },
        hovertemplate="%{x:.3g}, %{y:.3g}<extra>%{fullData.name}</extra>",
    )
