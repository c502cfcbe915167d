"""Views of how well classes are told apart beside plain accuracy: precision, recall and F1; ROC; precision-recall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from torch import Tensor

from dlcore.explain.ranking import RANKINGS, positive_scores
from dlcore.explain.report import report, with_macro_mean
from dlcore.explain.scores import confusion
from dlcore.labs.lab import View
from dlcore.specs.learns import Learns
from dlcore.training.targets import decode

MEASURES = (("precision", "Precision"), ("recall", "Recall"), ("f1", "F1"))
ROLES = {"accuracy": "muted", "precision": "class:1", "recall": "class:0", "f1": "class:2"}
Line = tuple[str, str, str]  # title, colour role, and what stands before the names of its metrics


def report_view(rows: Sequence[str], measures: Sequence[tuple[str, str]] = MEASURES, *, help: str) -> View:
    """Bars of each measure, (name, title), for each of the rows: classes, or variants of an experiment."""
    return View(
        name="report",
        kind="report",
        title="Precision and recall",
        help=help,
        options={
            "rows": list(rows),
            "measures": [{"name": name, "title": title, "role": ROLES[name]} for name, title in measures],
        },
    )


def class_report_view(classes: Sequence[str], *, note: str = "") -> View:
    """Precision, recall and F1 of every class, and their means."""
    return report_view(
        [*classes, "Mean"],
        help="Of the test samples. Precision: of those called so, how many are. Recall: of those that are so, how many "
        "are called so. F1 is their harmonic mean. The mean counts a rare class as much as a frequent one." + note,
    )


def ranking_views(
    positive: str, share: float, lines: Sequence[Line] = (("", "test", ""),), *, note: str = ""
) -> tuple[View, View]:
    """ROC and precision-recall curves: a line a network. `share` of the test samples is of the class `positive`."""

    def drawn(view: str) -> list[dict[str, str]]:
        return [{"title": title, "role": role, "area": f"{prefix}area/{view}"} for title, role, prefix in lines]

    usual = "The dot is the border in use; the dotted line is what guessing gives." + note
    roc = View(
        name="roc",
        kind="ranking",
        title="ROC curve",
        help=f"How many of the class “{positive}” are found (up) and how many others are called so wrongly (across), "
        f"for every border between the classes, on test samples. AUC is the area under the curve. {usual}",
        options={
            "x": "false positive rate",
            "y": "true positive rate",
            "lines": drawn("roc"),
            "guessing": [[0.0, 0.0], [1.0, 1.0]],
            "area": "AUC",
            "shape": "linear",
            "free": "right",
        },
    )
    precision_recall = View(
        name="precision_recall",
        kind="ranking",
        title="Precision-recall curve",
        help=f"Of those called “{positive}”, how many are so (up), against how many of the class are found (across), "
        f"for every border between the classes, on test samples. AP is the average precision, the area under the "
        f"curve. {usual}",
        options={
            "x": "recall",
            "y": "precision",
            "lines": drawn("precision_recall"),
            "guessing": [[0.0, share], [1.0, share]],
            "area": "AP",
            "free": "left",
            "shape": "vh",  # as high as the right one of two points: that is how the area is measured
        },
    )
    return roc, precision_recall


class Tested(Protocol):
    """Data with classes: their names, and those of the test samples, (n,)."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Names."""

    @property
    def y_test(self) -> np.ndarray:
        """Class numbers."""


def class_views(data: Tested, *, note: str = "") -> list[View]:
    """All of these views that make sense for one network on such data: the curves need two classes."""
    found = [class_report_view(data.classes, note=note)]
    if len(data.classes) == 2:
        found += ranking_views(data.classes[1], float((data.y_test == 1).mean()), note=note)
    return found


def ranking_probes(
    watched: frozenset[str], outputs: Tensor, y: Tensor, spec: Learns, classes: int
) -> tuple[dict[str, np.ndarray], dict[str, float]]:
    """Arrays of the watched ones of these views, and the areas `area/<view>` as metrics.

    `outputs` (n, outputs) of test samples as the network gives them, `y` (n,) their class numbers. Nothing is computed
    that nobody watches.
    """
    arrays: dict[str, np.ndarray] = {}
    metrics: dict[str, float] = {}
    asked = watched & {"report", *RANKINGS}
    if not asked or not classes:
        return arrays, metrics
    predicted = decode(outputs, spec)
    counts = confusion(predicted, y, classes)
    if "report" in asked:
        arrays |= {f"report/{name}": with_macro_mean(values) for name, values in report(counts).items()}
    for name in asked & set(RANKINGS):
        found = RANKINGS[name](positive_scores(outputs), y.numpy(force=True) == 1) if classes == 2 else None
        if found is None:
            continue
        at = _border(name, counts)
        arrays |= {f"{name}/x/0": found.x, f"{name}/y/0": found.y, f"{name}/at_x/0": at[:1], f"{name}/at_y/0": at[1:]}
        metrics[f"area/{name}"] = found.area
    return arrays, metrics


def _border(name: str, counts: np.ndarray) -> np.ndarray:
    """Where on the curve the border in use lies, (2,) float32, from the counts (2, 2) of true and said classes."""
    measures = report(counts)
    recall = measures["recall"][1]
    place = (1 - measures["recall"][0], recall) if name == "roc" else (recall, measures["precision"][1])
    return np.array(place, dtype=np.float32)


def constant_report(y: np.ndarray, classes: int) -> Mapping[str, Any]:
    """The accuracy and `report`'s measures (C,) of saying the most frequent class of y (n,) every time: `said`."""
    true = np.bincount(y, minlength=classes)
    said = int(true.argmax())
    counts = np.zeros((classes, classes), dtype=np.int64)
    counts[:, said] = true
    return {"said": said, "accuracy": true[said] / true.sum(), **report(counts)}
