"""Views that both labs have which look at scenes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasets.scenes import KINDS, SIDE
from dlcore.explain.filters import filter_options
from dlcore.labs.lab import Series, View
from dlcore.labs.training_views import PARTS, layer_curves, weight_histograms

if TYPE_CHECKING:
    from dlcore.labs.scene_lab import SceneLab


def note_of(lab: SceneLab[Any]) -> str:
    """A sentence about what is measured while it trains, where that is not everything."""
    sizes = {part: (lab.sizes[part], len(x)) for part, x in lab.x.items()}
    if all(some == count for some, count in sizes.values()):
        return ""
    some_of = " and ".join(f"{some:,} of {count:,} {part} scenes" for part, (some, count) in sizes.items())
    return f" While it trains, this is measured on {some_of}; when it ends, on all."


def scene_view(*, task: str, help: str, **options: Any) -> View:
    """The shown test scenes with what the network makes of them."""
    return View(
        name="scene",
        kind="scene",
        title="Test scenes",
        help=help,
        options={"task": task, "side": SIDE, "classes": list(KINDS), **options},
    )


def both_parts(name: str, title: str, help: str) -> View:
    """A curve of the score `train_<name>` and `test_<name>`, from 0 to 1."""
    return View(
        name=name,
        kind="curve",
        title=title,
        help=help,
        series=tuple(Series(metric=f"{part}_{name}", title=title, role=part) for part, title in PARTS.items()),
        options={"unit": "", "from_zero": True},
    )


def class_curves(name: str, metric: str, title: str, help: str) -> View:
    """One line a class of figures, of the test part."""
    return View(
        name=name,
        kind="curve",
        title=title,
        help=help,
        series=tuple(
            Series(metric=f"{metric}/{kind}", title=kind, role=f"class:{number}") for number, kind in enumerate(KINDS)
        ),
        options={"unit": "", "from_zero": True},
    )


def inside_views(lab: SceneLab[Any]) -> tuple[View, ...]:
    """What happens inside: norms a layer, histograms, kernels."""
    layers = [(layer.name, layer.title) for layer in lab.layers]
    return (
        *layer_curves(layers),
        *weight_histograms([title for _, title in layers]),
        View(
            name="filters",
            kind="filters",
            title="Filters",
            help="The kernels of each convolution: the patterns that it looks for.",
            options={"layers": filter_options(lab.layers)},
        ),
    )
