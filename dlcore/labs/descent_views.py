"""What there is to see of balls on a surface: the picture from above, the landscape, and the heights step by step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from dlcore.labs.lab import View
from dlcore.training.optimizers import OPTIMIZERS

if TYPE_CHECKING:
    from dlcore.labs.descent import Ball, DescentLab

GRID, COARSE = 121, 61  # places along each axis, from above and in 3-D
POINTS = 600  # of a trail that are drawn
EDGE = 0.1  # added before the logarithm of a height, so that the floor of a valley has one
AXES = ("w₁", "w₂")


def shown_heights(heights: np.ndarray, *, steep: bool) -> np.ndarray:
    """Heights above the minimum as they are drawn: log10(h + 0.1) on steep surfaces, else as they are."""
    return np.log10(heights + EDGE) if steep else heights


def views_of(lab: DescentLab) -> tuple[View, ...]:
    """The views of one surface and its balls; one that has left is called so."""
    row = lab.row
    names = [ball.name if ball.lost is None else f"{ball.name} (diverged)" for ball in lab.balls]
    lines = [
        {"title": name, "role": f"variant:{colour}", "dashed": bool(colour % 2)}
        for name, colour in zip(names, _colours(lab), strict=True)
    ]
    place: dict[str, Any] = {
        "axes": list(AXES),
        "range": [list(ends) for ends in row.range],
        "lines": lines,
        "start": list(lab.spec.start),
    }
    return (
        View(
            name="descent",
            kind="descent",
            title=row.title,
            help="The surface from above; thin lines join places of equal height. Drag the ring, or click anywhere, to "
            "drop the balls there. Crosses are minima. Each ball goes where its optimizer takes it and leaves its way.",
            options={
                **place,
                "minima": [list(pair) for pair in row.minima],
                "saddles": [list(pair) for pair in row.saddles],
                "edge": EDGE if row.steep else 0.0,
            },
        ),
        View(
            name="heights",
            kind="lines",
            title="Loss above the minimum",
            help="How high each ball is above the minimum, after each step. On the logarithmic scale a straight line "
            "falls by the same factor with every step.",
            options={"x": "step", "y": "loss above the minimum", "log": True, "lines": lines},
        ),
        View(
            name="landscape",
            kind="landscape",
            title="The landscape",
            help="The same surface and the same ways, from the side. Turn it with the mouse.",
            options={
                **place,
                "grid": COARSE,
                "height": "log₁₀(loss + 0.1)" if row.steep else "loss above the minimum",
            },
        ),
        *(_directions(lab, lines) if row.name == "valley" else ()),
    )


def _directions(lab: DescentLab, lines: list[dict[str, Any]]) -> tuple[View, ...]:
    """How far each ball is from the minimum in the two main directions of a valley."""
    help = "How far each ball is from the minimum in this direction, step by step: passing 0 is overshooting."
    return tuple(
        View(
            name=name,
            kind="lines",
            title=f"{title} the valley (λ = {curvature:g})",
            help=help,
            options={"x": "step", "y": "distance", "log": False, "lines": lines},
        )
        for name, title, curvature in (("along", "Along", 1.0), ("across", "Across", lab.spec.settings["condition"]))
    )


def _colours(lab: DescentLab) -> list[int]:
    """An optimizer keeps its colour whoever else rolls; where one rolls twice, balls have colours in their order."""
    order = [row.name for row in OPTIMIZERS]
    found = [order.index(ball.row.name) for ball in lab.balls]
    return found if len(set(found)) == len(found) else list(range(len(found)))


def constants_of(lab: DescentLab) -> dict[str, np.ndarray]:
    """Heights above the minimum on a grid, row 0 the smallest w2; for the landscape as they are drawn."""
    return {
        "descent/heights": _grid(lab, GRID).astype(np.float32),
        "landscape/heights": shown_heights(_grid(lab, COARSE), steep=lab.row.steep).astype(np.float32),
    }


def arrays_of(lab: DescentLab, watched: frozenset[str]) -> dict[str, np.ndarray]:
    """Places and trails for the watched views."""
    found: dict[str, np.ndarray] = {}
    if "descent" in watched:
        found["descent/weight/0"] = np.array([ball.w.detach().numpy() for ball in lab.balls], dtype=np.float64)
        # where a ball that has left is now, nobody could draw: the last place of its trail stands for it
        for number, ball in enumerate(lab.balls):
            if ball.lost is not None:
                found["descent/weight/0"][number] = ball.trail[-1]
        found["descent/weight/0"] = found["descent/weight/0"].astype(np.float32)
        found["descent/lost"] = np.array([-1 if ball.lost is None else ball.lost for ball in lab.balls], dtype=np.int32)
    for number, ball in enumerate(lab.balls):
        chosen = thinned(len(ball.trail))
        if "descent" in watched:
            found[f"descent/trail/{number}"] = np.array([ball.trail[i] for i in chosen], dtype=np.float32)
        if "heights" in watched:
            kept = thinned(len(ball.heights))
            found[f"heights/x/{number}"] = np.array(kept, dtype=np.float32)
            found[f"heights/y/{number}"] = np.array([ball.heights[i] for i in kept], dtype=np.float32)
        if watched & {"along", "across"} and lab.row.name == "valley":
            found |= _distances(lab, number, ball, watched)
        if "landscape" in watched:
            found |= _path(lab, number, ball)
    return found


def _distances(lab: DescentLab, number: int, ball: Ball, watched: frozenset[str]) -> dict[str, np.ndarray]:
    """The coordinates of a way in the valley's own axes."""
    kept = thinned(len(ball.heights))
    turn = math.radians(lab.spec.settings["angle"])
    x, y = np.array([ball.trail[i] for i in kept], dtype=np.float64).T
    found: dict[str, np.ndarray] = {}
    for name, values in (
        ("along", math.cos(turn) * x + math.sin(turn) * y),
        ("across", math.cos(turn) * y - math.sin(turn) * x),
    ):
        if name in watched:
            found |= {f"{name}/x/{number}": np.array(kept, dtype=np.float32)}
            found |= {f"{name}/y/{number}": values.astype(np.float32)}
    return found


def thinned(count: int, most: int = POINTS) -> Sequence[int]:
    """Numbers of at most about `most` of `count` items, evenly spaced, the first and the last among them."""
    stride = max(1, math.ceil(count / most))
    return [*range(0, count - 1, stride), count - 1]


def _path(lab: DescentLab, number: int, ball: Ball) -> dict[str, np.ndarray]:
    """The part of a way that is over the landscape, a little above it."""
    chosen = [i for i in thinned(len(ball.heights), POINTS // 2) if _inside(lab, ball.trail[i])]
    heights = shown_heights(np.array([ball.heights[i] for i in chosen], dtype=np.float64), steep=lab.row.steep)
    places = np.array([ball.trail[i] for i in chosen], dtype=np.float64).reshape(-1, 2)
    columns = {"x": places[:, 0], "y": places[:, 1], "z": heights}
    return {f"landscape/{axis}/{number}": values.astype(np.float32) for axis, values in columns.items()}


def _inside(lab: DescentLab, place: tuple[float, float]) -> bool:
    return all(low <= value <= high for value, (low, high) in zip(place, lab.row.range, strict=True))


def _grid(lab: DescentLab, side: int) -> np.ndarray:
    x, y = (np.linspace(*ends, side) for ends in lab.row.range)
    heights: np.ndarray = lab.height(x[None, :] + 0 * y[:, None], y[:, None] + 0 * x[None, :])
    return np.maximum(heights - lab.row.lowest, 0.0)
