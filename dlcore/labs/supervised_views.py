"""What there is to see while a network learns from samples: the views of the supervised lab."""

from __future__ import annotations

from typing import Any

from torch import nn

from dlcore.explain.plane import HEIGHT_GRID
from dlcore.labs.lab import Series, View
from dlcore.specs import limits
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
_OUTPUT_HELP = (
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
    both = "train", "test"
    plane = {
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
    per_layer = [*zip(names, [*titles, "Output"], strict=True)]
    score, score_title = ("accuracy", "Accuracy") if data.classes else ("r2", "R²")
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
        View(name="output", kind="plane", title="Output", help=_OUTPUT_HELP, options=plane),
        View(
            name="loss",
            kind="curve",
            title=f"Loss: {loss.title.lower()}",
            help="How wrong the network is, on the samples it learns from and on those it has never seen. "
            "A test loss that rises while the training loss falls is over-fitting.",
            series=tuple(Series(metric=f"{part}_loss", title=part, role=part) for part in both),
            options={"log": False, "unit": loss.unit},
        ),
        View(
            name="score",
            kind="curve",
            title=score_title,
            help="Share of samples whose class is right."
            if data.classes
            else "1 is perfect; 0 is no better than always saying the mean.",
            series=tuple(Series(metric=f"{part}_{score}", title=part, role=part) for part in both),
            options={"unit": ""},
        ),
        View(
            name="output_3d",
            kind="surface",
            title="Output in 3-D",
            help=_OUTPUT_HELP,
            options=plane | {"grid": HEIGHT_GRID},
        ),
        View(
            name="gradient_norm",
            kind="curve",
            title="Gradient norm",
            help="Length of the gradient of each layer's weights in the last update. "
            "Where it is tiny, the layer hardly learns.",
            series=tuple(
                Series(metric=f"gradient_norm/{name}", title=title, role=f"layer:{number}")
                for number, (name, title) in enumerate(per_layer)
            ),
            options={"log": True, "unit": ""},
        ),
        View(
            name="update_ratio",
            kind="curve",
            title="Update / weight",
            help="How far the last update moved each layer's weights, against their size: |Δw| / |w|. About 0.001 is a "
            "common rule of thumb.",
            series=tuple(
                Series(metric=f"update_ratio/{name}", title=title, role=f"layer:{number}")
                for number, (name, title) in enumerate(per_layer)
            ),
            options={"log": True, "unit": ""},
        ),
        View(
            name="learning_rate",
            kind="curve",
            title="Learning rate",
            help="The learning rate after its schedule.",
            series=(Series(metric="learning_rate", title="learning rate", role="train"),),
            options={"unit": "", "from_zero": True},
        ),
        View(
            name="weights",
            kind="histogram",
            title="Weights",
            help="How the weights of each layer are spread.",
            options={"layers": [*titles, "Output"], "quantity": "weight"},
        ),
        View(
            name="gradients",
            kind="histogram",
            title="Gradients",
            help="How the gradients of each layer's weights are spread, in the last update.",
            options={"layers": [*titles, "Output"], "quantity": "gradient"},
        ),
    ]
    if hidden:
        rows.append(
            View(
                name="activations",
                kind="histogram",
                title="Activations",
                help="The outputs of each hidden layer over all training samples. "
                "Saturated: the activation is nearly flat there (|f′| < 0.1). "
                "Dead: a unit that no training sample can change (f′ = 0 for all).",
                options={
                    "layers": titles,
                    "quantity": "activation",
                    "shares": [[f"{share}/{name}" for name in names[:-1]] for share in ("saturated", "dead")],
                },
            )
        )
    if data.classes:
        rows.append(
            View(
                name="confusion",
                kind="confusion",
                title="Confusion matrix",
                help="Test samples: a row is the true class, a column the class that the network says.",
                options={"classes": list(data.classes)},
            )
        )
    return tuple(rows)
