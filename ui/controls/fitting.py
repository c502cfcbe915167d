"""Changes that keep an experiment whole when its data change: another task asks for another loss and output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dlcore.specs.data import AnyData, DataSpec, GeneratedData, Task
from dlcore.specs.spec import Spec
from dlcore.training.losses import LOSSES, Loss
from dlcore.training.prepare import load_data
from dlcore.training.rows import find
from ui.controls.fields import has_field

FIRST_POINTS = 40  # of the present set, to begin drawing with
LOSS, OUTPUT = "training.loss", "network.output"  # fields that an experiment may have, and that its task rules


class _Data(Spec):
    data: AnyData


def fitting_losses(task: Task) -> tuple[Loss, ...]:
    """The losses that make sense for a task."""
    return tuple(row for row in LOSSES if task in row.outputs)


def usual_loss(task: Task) -> Loss:
    """The loss that one takes first: a cross-entropy for classes, the mean squared error for numbers."""
    rows = fitting_losses(task)
    return next((row for row in rows if row.logits), rows[0])


def with_data(spec: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    """Changes that give a spec other data; what must follow does (loss, output, layers), and all else stays.

    A loss that was the usual one for the old task becomes the usual one for the new; another stays if it fits.
    Raises: SpecError: the data are not allowed.
    """
    changes: dict[str, Any] = {"data": dict(data)}
    if not has_field(spec, LOSS):
        return dict(spec.adapted(changes))
    old, new = spec.data.task, _Data.parse(changes).data.task
    loss = spec.training.loss
    if new not in find(LOSSES, loss, "loss").outputs or loss == usual_loss(old).name:
        loss = usual_loss(new).name
    adapted: dict[str, Any] = spec.adapted(changes | _loss(spec, loss, new) | _without_classes(spec, new))
    return adapted


def _without_classes(spec: Any, task: Task) -> dict[str, Any]:
    """Numbers to predict have no rare classes: what was asked for against them goes."""
    asked = {"training.class_weights": "none", "training.oversampling": False} if task == "regression" else {}
    return {path: value for path, value in asked.items() if getattr(spec.training, path.split(".")[1]) != value}


def first_points(data: DataSpec) -> list[tuple[float, float, int]]:
    """Points (x1, x2, class) to begin drawing with: some of the present set, or two clouds where it has no classes."""
    if not isinstance(data, GeneratedData) or data.task == "regression":
        data = GeneratedData(name="gauss")
    dataset = load_data(data)
    rows = zip(dataset.inputs[:FIRST_POINTS], dataset.targets[:FIRST_POINTS], strict=True)
    return [(float(x1), float(x2), int(label)) for (x1, x2), label in rows]


def with_loss(spec: Any, loss: str) -> dict[str, Any]:
    """Changes that give a spec another loss; an output that does not fit becomes the usual one, layers follow."""
    adapted: dict[str, Any] = spec.adapted(_loss(spec, loss, spec.data.task))
    return adapted


def _loss(spec: Any, loss: str, task: Task) -> dict[str, Any]:
    changes: dict[str, Any] = {LOSS: loss}
    if loss != "cross_entropy" and spec.training.label_smoothing:
        changes["training.label_smoothing"] = 0.0  # it belongs to that loss
    if not has_field(spec, OUTPUT):
        return changes
    output = spec.network.output
    if output != "auto" and output not in find(LOSSES, loss, "loss").outputs.get(task, ()):
        changes[OUTPUT] = "auto"
    return changes


def with_points(spec: Spec, points: Sequence[tuple[float, float, int]]) -> dict[str, Any]:
    """Changes that make hand-drawn points (x1, x2, class) the data, their places rounded to 0.01.

    Raises: SpecError: a point lies outside the plane, or there are too many.
    """
    data = spec.as_dict()["data"]
    kept = {name: data[name] for name in ("test_share", "seed") if data.get(name) is not None}
    rows = [{"x1": round(float(x1), 2), "x2": round(float(x2), 2), "label": int(label)} for x1, x2, label in points]
    return with_data(spec, {"kind": "drawn", "points": rows} | kept)
