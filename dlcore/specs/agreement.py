"""Rules that the parts of one experiment keep between them."""

from __future__ import annotations

from dlcore.specs import limits
from dlcore.specs.data import Task
from dlcore.specs.training import TrainingSpec
from dlcore.training.losses import LOSSES
from dlcore.training.rows import find

_TARGETS = {
    "regression": "numbers, not classes,",
    "binary": "two classes",
    "multiclass": "more than two classes",
}


def require_fitting_loss(loss: str, task: Task) -> None:
    """Refuse a loss that makes no sense for a task. Raises: ValueError, with the losses that do."""
    row = find(LOSSES, loss, "training.loss")
    if task not in row.outputs:
        fitting = ", ".join(other.name for other in LOSSES if task in other.outputs)
        wants = "two classes" if row.name == "bce" else "classes"
        raise ValueError(
            f"training.loss: {row.title.lower()} needs {wants} to predict, and this data set has {_TARGETS[task]} "
            f"as its targets; use one of {fitting}"
        )


def require_drawable(inputs: int) -> None:
    """Refuse more inputs than the Playground draws. Raises: ValueError."""
    if inputs > limits.PLAYGROUND_INPUTS:
        raise ValueError(
            f"data: the Playground draws every input, {limits.PLAYGROUND_INPUTS} at most; this table has {inputs}. "
            "Keep the best inputs only, or train in the Builder"
        )


def require_batch_of_two(training: TrainingSpec, *, batch_norm: bool) -> None:
    """Refuse batch normalization with batches of one sample. Raises: ValueError."""
    if batch_norm and training.batch_size == 1:
        raise ValueError(
            "training.batch_size: batch normalization compares the samples of a batch, so a batch needs at "
            "least 2; received 1"
        )


def require_bearable_batch(batch: int, *, memory: int, multiply_adds: int, of: str = "samples") -> None:
    """Refuse a batch over a limit; `memory` in bytes of activations and `multiply_adds` are those of one sample.

    Raises: ValueError, with the largest batch that is allowed.
    """
    for used, limit, title in (
        (memory, limits.BATCH_BYTES, "bytes of activations"),
        (multiply_adds, limits.BATCH_MULTIPLY_ADDS, "multiply-adds"),
    ):
        if batch * used > limit:
            raise ValueError(
                f"training.batch_size: a batch of {batch:,} {of} takes {batch * used:,} {title} in this network, and "
                f"{limit:,} are allowed; take batches of {limit // used:,} at most, or a smaller network"
            )


def require_classes(training: TrainingSpec, task: Task) -> None:
    """Refuse class weights and over-sampling where there are no classes. Raises: ValueError."""
    if task != "regression":
        return
    if training.class_weights != "none":
        raise ValueError(
            "training.class_weights: this data set has numbers to predict, not classes; expected none, "
            f"received {training.class_weights}"
        )
    if training.oversampling:
        raise ValueError(
            "training.oversampling: this data set has numbers to predict, not classes; expected false, received true"
        )
