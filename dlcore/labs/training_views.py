"""Views that every lab has which trains a network on samples: curves of the whole, curves and histograms a layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dlcore.labs.lab import Series, View
from dlcore.training.losses import Loss

PARTS = {"train": "train", "test": "test"}  # how the legend calls them


def loss_view(loss: Loss, *, parts: Mapping[str, str] = PARTS, note: str = "") -> View:
    """The loss of both parts; `parts` are their titles, `note` a sentence about what is measured."""
    return View(
        name="loss",
        kind="curve",
        title=f"Loss: {loss.title.lower()}",
        help="How wrong the network is, on the samples it learns from and on those it has never seen. "
        "A test loss that rises while the training loss falls is over-fitting." + note,
        series=tuple(Series(metric=f"{part}_loss", title=title, role=part) for part, title in parts.items()),
        options={"log": False, "unit": loss.unit},
    )


def score_view(*, classes: bool, parts: Mapping[str, str] = PARTS, note: str = "") -> View:
    """Accuracy where there are classes, else R², of both parts."""
    score, title = ("accuracy", "Accuracy") if classes else ("r2", "R²")
    what = (
        "Share of samples whose class is right."
        if classes
        else "1 is perfect; 0 is no better than always saying the mean."
    )
    return View(
        name="score",
        kind="curve",
        title=title,
        help=what + note,
        series=tuple(Series(metric=f"{part}_{score}", title=name, role=part) for part, name in parts.items()),
        options={"unit": ""},
    )


def layer_curves(layers: Sequence[tuple[str, str]]) -> tuple[View, View, View]:
    """Gradient norm and update / weight of every layer, (name in metrics, title), and the learning rate."""
    gradient, update = (
        tuple(
            Series(metric=f"{metric}/{name}", title=title, role=f"layer:{number}")
            for number, (name, title) in enumerate(layers)
        )
        for metric in ("gradient_norm", "update_ratio")
    )
    return (
        View(
            name="gradient_norm",
            kind="curve",
            title="Gradient norm",
            help="Length of the gradient of each layer's weights in the last update. "
            "Where it is tiny, the layer hardly learns.",
            series=gradient,
            options={"log": True, "unit": ""},
        ),
        View(
            name="update_ratio",
            kind="curve",
            title="Update / weight",
            help="How far the last update moved each layer's weights, against their size: |Δw| / |w|. About 0.001 is a "
            "common rule of thumb.",
            series=update,
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
    )


def weight_histograms(titles: Sequence[str]) -> tuple[View, View]:
    """How the weights and their gradients are spread, layer by layer."""
    return (
        View(
            name="weights",
            kind="histogram",
            title="Weights",
            help="How the weights of each layer are spread.",
            options={"layers": list(titles), "quantity": "weight"},
        ),
        View(
            name="gradients",
            kind="histogram",
            title="Gradients",
            help="How the gradients of each layer's weights are spread, in the last update.",
            options={"layers": list(titles), "quantity": "gradient"},
        ),
    )


def activation_histograms(layers: Sequence[tuple[str, str]], what: str) -> View:
    """How the outputs of activation layers, (name in metrics, title), are spread; `what` says over which samples."""
    return View(
        name="activations",
        kind="histogram",
        title="Activations",
        help=f"The outputs of each {what}. "
        "Saturated: the activation is nearly flat there (|f′| < 0.1). "
        "Dead: a unit that none of these samples can change (f′ = 0 for all).",
        options={
            "layers": [title for _, title in layers],
            "quantity": "activation",
            "shares": [[f"{share}/{name}" for name, _ in layers] for share in ("saturated", "dead")],
        },
    )


def preactivation_histograms(layers: Sequence[tuple[str, str]], what: str, reach: float) -> View:
    """What enters each activation function, with the function drawn over it from -reach to reach."""
    spread = activation_histograms(layers, what)
    return View(
        name="preactivations",
        kind="bends",
        title="Pre-activations",
        help=f"Bars: the sums z = w·a + b that enter the activation function of each {what}. Lines: the function and "
        "its slope. Where the bars stand on flat ground, hardly any gradient comes through.",
        options={**spread.options, "quantity": "z", "range": [-reach, reach]},
    )


def confusion_view(classes: Sequence[str], *, of: str = "Test samples", note: str = "") -> View:
    """Which class the network calls which; `of` says what is counted."""
    return View(
        name="confusion",
        kind="confusion",
        title="Confusion matrix",
        help=f"{of}: a row is the true class, a column the class that the network says." + note,
        options={"classes": list(classes)},
    )


def dropout_view(titles: Sequence[str]) -> View:
    """Which hidden units dropout left out for each sample of the last update."""
    return View(
        name="dropout",
        kind="dropout",
        title="Dropout",
        help="Who was left out in the last update: a row is a sample of its batch, a column a hidden unit. Each sample "
        "has a draw of its own. While the network is measured, all units are in.",
        options={"layers": list(titles)},
    )
