"""What the variants of a race do layer by layer: their gradients, and their units that no longer answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dlcore.explain.weight_layers import weight_layers
from dlcore.labs.lab import Series, View

if TYPE_CHECKING:
    from dlcore.labs.race import RaceLab

PROFILE, DEAD = "layer_gradients", "dead"  # views in which all variants are side by side
_OWN = ("gradient_norm", "activations")  # views of a variant's own lab: `gradient_norm_0`, `activations_0` …
_SHARES = ("saturated/", "dead/")
_SEEN = " Measured while it is on the screen."


def layer_views(lab: RaceLab, titles: Sequence[str]) -> list[View]:
    """The views; those of activations only where a variant has hidden layers with one."""
    depths = [len(_hidden(lab, number)) for number in range(len(titles))]
    own = [{view.name: view for view in runner.lab.views} for runner in lab.runners]
    bent = [number for number, views in enumerate(own) if "activations" in views]
    found = []
    if any(depths):
        found.append(
            View(
                name=PROFILE,
                kind="profile",
                title="Gradient norm, layer by layer",
                help="Length of the gradient of each hidden layer's weights in the last update, from the first layer "
                "to the last, on a logarithmic scale. A line that falls to the left vanishes on its way back: the "
                "first layers hardly learn.",
                options={
                    "lines": [
                        {"title": title, "role": f"variant:{number}", "layers": depth, "line": number}
                        for number, (title, depth) in enumerate(zip(titles, depths, strict=True))
                        if depth
                    ],
                    "quantity": "Length of ∂loss/∂W",
                },
            )
        )
    if bent:
        found.append(
            View(
                name=DEAD,
                kind="curve",
                title="Dead units",
                help="Share of units whose slope f′(z) is 0 for every training sample, averaged over the hidden "
                "layers. No sample can change their weights." + _SEEN,
                series=tuple(
                    Series(
                        metric=f"{number}/{DEAD}", title=titles[number], role=f"variant:{number}", x=f"{number}/epoch"
                    )
                    for number in bent
                ),
                options={"unit": "", "bar": False},
            )
        )
    for number, views in enumerate(own):
        found += [_of_variant(views[name], name, number, titles[number]) for name in _OWN if name in views]
    return found


def _of_variant(view: View, name: str, number: int, title: str) -> View:
    options = dict(view.options)
    if "shares" in options:
        options["shares"] = [[f"{number}/{metric}" for metric in metrics] for metrics in options["shares"]]
    options |= {"bar": False} if view.series else {}
    series = tuple(replace(row, metric=f"{number}/{row.metric}", x=f"{number}/epoch") for row in view.series)
    return replace(
        view,
        name=f"{name}_{number}",
        title=f"{view.title}: {title}",
        help=view.help + _SEEN,
        series=series,
        options=options,
    )


def asked_of(watched: frozenset[str], number: int) -> frozenset[str]:
    """The views of a variant's own lab that have to be computed for the watched ones."""
    wanted = DEAD in watched or f"activations_{number}" in watched
    return frozenset({"activations"} if wanted else ())


def layer_metrics(watched: frozenset[str], number: int, metrics: Mapping[str, float]) -> dict[str, float]:
    """`<number>/<metric>` of what its lab has measured, where a watched view wants it."""
    told: tuple[str, ...] = ("gradient_norm/",) if f"gradient_norm_{number}" in watched else ()
    told += _SHARES if f"activations_{number}" in watched else ()
    found = {f"{number}/{name}": value for name, value in metrics.items() if name.startswith(told)} if told else {}
    dead = [value for name, value in metrics.items() if name.startswith("dead/")]
    if DEAD in watched and dead:
        found[f"{number}/{DEAD}"] = sum(dead) / len(dead)
    return found


def layer_arrays(
    lab: RaceLab, watched: frozenset[str], number: int, metrics: Mapping[str, float]
) -> dict[str, np.ndarray]:
    """`layer_gradients/<number>`, float32 (hidden layers); nothing before the first update."""
    if PROFILE not in watched:
        return {}
    lengths = [metrics.get(f"gradient_norm/{name}") for name in _hidden(lab, number)]
    known = [length for length in lengths if length is not None]
    whole = bool(lengths) and len(known) == len(lengths)
    return {f"{PROFILE}/{number}": np.array(known, dtype=np.float32)} if whole else {}


def _hidden(lab: RaceLab, number: int) -> list[str]:
    """The names of a variant's layers with weights, but the last, which gives the answer."""
    return [layer.name for layer in weight_layers(lab.runners[number].lab.network)][:-1]
