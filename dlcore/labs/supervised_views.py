"""What there is to see while a network learns from samples: the views of the supervised lab."""

from __future__ import annotations

from typing import Any

from torch import nn

from dlcore.explain.bends import REACH
from dlcore.explain.plane import HEIGHT_GRID
from dlcore.labs.lab import View
from dlcore.labs.ranking_views import class_views
from dlcore.labs.training_views import (
    activation_histograms,
    confusion_view,
    dropout_view,
    layer_curves,
    loss_view,
    preactivation_histograms,
    score_view,
    weight_histograms,
)
from dlcore.specs import limits
from dlcore.specs.learns import Learns
from dlcore.specs.supervised import Supervised
from dlcore.training.losses import LOSSES
from dlcore.training.prepare import Prepared
from dlcore.training.rows import find

_PLANAR_HELP = (
    "Every unit shows what it answers over the plane; blue is positive, orange negative. "
    "A line is a weight: the thicker, the larger. Point at one for its numbers, click to set it."
)
_SAMPLE_HELP = (
    "Every unit shows its output for one sample; blue is positive, orange negative. "
    "Click a point in the output to choose another sample."
)
OUTPUT_HELP = (
    "What the network answers at every place, with the samples on it: "
    "filled dots are for training, hollow ones for testing."
)


def views(spec: Supervised, data: Prepared, network: nn.Sequential, scale: tuple[float, float]) -> tuple[View, ...]:
    """The views of one experiment; `scale` are the values at the two ends of the output's colours."""
    linears = [module for module in network if isinstance(module, nn.Linear)]
    names = [name for name, module in network.named_children() if isinstance(module, nn.Linear)]
    hidden = names[:-1]
    titles = [f"Hidden {number}" for number in range(1, len(hidden) + 1)]
    layers: list[dict[str, Any]] = [
        {"name": title, "units": linear.out_features, "activation": layer.activation}
        for title, linear, layer in zip(titles, linears, spec.network.layers, strict=False)
    ]
    outputs = linears[-1].out_features
    output_titles = list(data.classes) if outputs > 1 else [data.classes[1] if data.classes else data.dataset.target]
    layers.append({"name": "Output", "units": outputs, "activation": spec.output, "titles": output_titles})
    loss = find(LOSSES, spec.training.loss, "loss")
    plane = plane_options(spec, data, scale)
    per_layer = [*zip(names, [*titles, "Output"], strict=True)]
    rows = [
        View(
            name="network",
            kind="network",
            title="Network",
            help=_PLANAR_HELP if data.planar else _SAMPLE_HELP,
            options={
                "inputs": list(data.input_titles),
                "layers": layers,
                "heatmaps": data.planar,
                "batch_norm": spec.network.batch_norm,
                "edit": {"max_layers": limits.HIDDEN_LAYERS, "max_units": limits.UNITS},
            },
        ),
        View(name="output", kind="plane", title="Output", help=OUTPUT_HELP, options=plane),
        loss_view(loss),
        score_view(classes=bool(data.classes)),
        View(
            name="output_3d",
            kind="surface",
            title="Output in 3-D",
            help=OUTPUT_HELP,
            options=plane | {"grid": HEIGHT_GRID},
        ),
        *layer_curves(per_layer),
        *weight_histograms([*titles, "Output"]),
    ]
    if hidden:
        rows.append(dropout_view(titles))
        over = "hidden layer over all training samples"
        rows += [activation_histograms(per_layer[:-1], over), preactivation_histograms(per_layer[:-1], over, REACH)]
    if data.classes:
        rows += [confusion_view(data.classes), *class_views(data)]
    return tuple(rows)


def plane_options(spec: Learns, data: Prepared, scale: tuple[float, float]) -> dict[str, Any]:
    """The options of a picture of the output over the plane; `scale` are the values at the two ends of its colours."""
    return {
        "axes": list(data.axes),
        "range": [list(pair) for pair in data.axis_range],
        "classes": list(data.classes),
        "scale": list(scale),
        "draw": spec.data.kind == "drawn",
        "max_points": limits.DRAWN_POINTS,
        "pick": not data.planar,
        "note": "" if data.planar else "A slice: all other inputs are held at their mean.",
        "target": data.dataset.target,
    }
