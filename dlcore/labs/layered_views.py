"""What there is to see while a stack of layers learns: the views of its lab."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dlcore.explain.weight_layers import WeightLayer, title_of
from dlcore.labs.drawing import drawing
from dlcore.labs.lab import View
from dlcore.labs.layered_image_views import image_views
from dlcore.labs.layered_probes import CHANNELS, HISTOGRAM_SAMPLES, VALUES
from dlcore.labs.ranking_views import class_views
from dlcore.labs.training_views import (
    activation_histograms,
    confusion_view,
    layer_curves,
    loss_view,
    score_view,
    weight_histograms,
)
from dlcore.networks.shapes import Row, every_row
from dlcore.specs.layered import Layered
from dlcore.specs.layers import ActivationLayer
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.losses import LOSSES
from dlcore.training.rows import find
from dlcore.training.samples import Samples
from dlcore.training.targets import threshold

if TYPE_CHECKING:
    from dlcore.labs.layered_probes import LayeredProbes


def views(spec: Layered, data: Samples, probes: LayeredProbes) -> tuple[View, ...]:
    """The views of one experiment; what is measured on a sample says so."""
    whole = {"train": len(data.x_train), "test": len(data.x_test)}
    parts = {
        part: part if probes.sizes[part] == count else f"{part} ({probes.sizes[part]:,} of {count:,})"
        for part, count in whole.items()
    }
    sampled = any(title != part for part, title in parts.items())
    note = (
        " While it trains, this is measured on a fixed random sample; when it ends, on everything." if sampled else ""
    )
    layers = [(layer.name, layer.title) for layer in probes.weights]
    found = [
        loss_view(find(LOSSES, spec.training.loss, "loss"), parts=parts, note=note),
        score_view(classes=bool(data.classes), parts=parts, note=note),
        *layer_curves(layers),
        *weight_histograms([title for _, title in layers]),
        View(
            name="maps",
            kind="maps",
            title="Feature maps",
            help="What each layer makes of one sample, from input to answer; blue is positive, orange negative. "
            "Or how the loss of that sample would change with each value: the gradients.",
            options={
                "input": list(spec.given.shape),
                "classes": list(data.classes),
                "samples": whole,
                "layers": [_map_options(row) for row in probes.shown],
                "drawing": drawing(spec),
                "threshold": threshold(spec),
            },
        ),
    ]
    if probes.filters:
        found.append(
            View(
                name="filters",
                kind="filters",
                title="Filters",
                help="The kernels of each convolution: the patterns that it looks for. A dense layer that sees the "
                "image itself has one picture a unit.",
                options={"layers": [_filter_options(spec, probes, layer) for layer in probes.filters]},
            )
        )
    if probes.bends:
        samples = min(HISTOGRAM_SAMPLES, probes.sizes["train"])
        titles = [(row.name, _title(row)) for row, _ in probes.bends]
        found.append(activation_histograms(titles, f"activation layer over {samples} training samples"))
    if data.classes:
        confusion = confusion_view(data.classes, note=note)
        behind = {"images": probes.images.shows, "probability": probes.images.probability}
        found.append(replace(confusion, options={**confusion.options, **behind}))
        found += class_views(data, note=note)
    found += image_views(data, probes.images, note=note)
    return tuple(found)


def _title(row: Row) -> str:
    if isinstance(row.layer, ActivationLayer):
        return f"{title_of(row.name)}, {find(ACTIVATIONS, row.layer.function, 'function').title}"
    return title_of(row.name)


def _map_options(row: Row) -> dict[str, Any]:
    shape = row.output.shape
    return {
        "name": row.name,
        "title": _title(row),
        "kind": row.layer.kind,
        "shape": list(shape),
        "shown": min(shape[0], CHANNELS if len(shape) > 1 else VALUES),
        "layer": row.layer.as_dict(),
        "field": {"first": [a.tolist() for a in row.field.first], "last": [a.tolist() for a in row.field.last]},
    }


def _filter_options(spec: Layered, probes: LayeredProbes, layer: WeightLayer) -> dict[str, Any]:
    row = next((row for row in every_row(spec.walk.rows) if row.name == layer.name), None)
    return {
        "name": layer.name,
        "title": layer.title,
        "kind": "projection" if row is None else row.layer.kind,
        "shape": list(layer.weight.shape),
        "parameter": f"weight/{probes.weights.index(layer)}",
        "layer": None if row is None else row.layer.as_dict(),
    }
