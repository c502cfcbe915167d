"""Losses: one number that says how wrong the predictions are; training makes it small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Task = Literal["regression", "binary", "multiclass"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One loss, told without PyTorch.

    `module` names the class in `torch.nn`, always averaged over samples and outputs. `outputs` lists, for each task
    that makes sense, the output activations it may be used with, the usual one first. Where the class in `torch.nn`
    works on the scores before the output activation ("logits", for numerical safety), `logits` is True.
    """

    name: str
    title: str
    formula: str
    module: str
    outputs: dict[Task, tuple[str, ...]]
    logits: bool = False
    unit: str = ""


LOSSES = (
    Loss(
        name="mse",
        title="Mean squared error",
        formula=r"\frac{1}{n}\sum (y-\hat y)^2",
        module="MSELoss",
        outputs={
            "regression": ("linear", "tanh", "sigmoid"),
            "binary": ("tanh", "sigmoid", "linear"),
            "multiclass": ("softmax", "sigmoid", "linear"),
        },
    ),
    Loss(
        name="mae",
        title="Mean absolute error",
        formula=r"\frac{1}{n}\sum |y-\hat y|",
        module="L1Loss",
        outputs={
            "regression": ("linear", "tanh", "sigmoid"),
            "binary": ("tanh", "sigmoid", "linear"),
            "multiclass": ("softmax", "sigmoid", "linear"),
        },
    ),
    Loss(
        name="huber",
        title="Huber",
        formula=r"\frac{1}{n}\sum \begin{cases}\tfrac12 e^2 & |e|\le 1\\ |e|-\tfrac12 & |e|>1\end{cases}",
        module="HuberLoss",
        outputs={
            "regression": ("linear", "tanh", "sigmoid"),
            "binary": ("tanh", "sigmoid", "linear"),
            "multiclass": ("softmax", "sigmoid", "linear"),
        },
    ),
    Loss(
        name="bce",
        title="Binary cross-entropy",
        formula=r"-\frac{1}{n}\sum \left[y\ln p+(1-y)\ln(1-p)\right]",
        module="BCEWithLogitsLoss",
        outputs={"binary": ("sigmoid",)},
        logits=True,
        unit="nats",
    ),
    Loss(
        name="cross_entropy",
        title="Cross-entropy",
        formula=r"-\frac{1}{n}\sum \ln p_{y}",
        module="CrossEntropyLoss",
        outputs={"binary": ("softmax",), "multiclass": ("softmax",)},
        logits=True,
        unit="nats",
    ),
)
