"""What a learner asks for in training: loss, optimizer, learning rate, batch, regularization, when to stop."""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, create_model, field_validator, model_validator

from dlcore.specs import limits
from dlcore.specs.spec import Spec, live
from dlcore.training.losses import LOSSES
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find
from dlcore.training.schedules import SCHEDULES


def _named(value: Any) -> Any:
    return {"kind": value} if isinstance(value, str) else value


def _choice(prefix: str, rows: dict[str, dict[str, Any]]) -> Any:
    # one spec class a registry row: a learner's settings of that optimizer or schedule, and nothing else, are allowed
    classes = []
    for name, settings in rows.items():
        fields: dict[str, Any] = {"kind": (Literal[name], name)}
        fields |= {setting: (float, field) for setting, field in settings.items()}
        classes.append(create_model(f"{prefix}_{name}", __base__=Spec, **fields))
    union = functools.reduce(operator.or_, classes)
    return Annotated[union, Field(discriminator="kind"), BeforeValidator(_named)]


if TYPE_CHECKING:
    OptimizerSpec = Any
    ScheduleSpec = Any
else:
    OptimizerSpec = _choice(
        "Optimizer",
        {
            row.name: {name: live(default, ge=least, lt=below) for name, _, default, least, below in row.settings}
            for row in OPTIMIZERS
        },
    )
    ScheduleSpec = _choice(
        "Schedule",
        {
            # a decay above 1 would overflow, and so would a period of next to nothing
            row.name: {
                name: live(default, ge=0.01, le=1.0 if name == "decay" else float(limits.EPOCHS))
                for name, default in row.settings
            }
            for row in SCHEDULES
        },
    )
_OPTIMIZER: TypeAdapter[Any] = TypeAdapter(OptimizerSpec)
_SCHEDULE: TypeAdapter[Any] = TypeAdapter(ScheduleSpec)


class EarlyStopping(Spec):
    """Stop when the test loss has not fallen by `min_delta` for `patience` epochs; the best weights are kept."""

    patience: int = live(20, ge=1, le=limits.EPOCHS)
    min_delta: float = live(0.0, ge=0.0, le=1.0)


class TrainingSpec(Spec):
    """How the network learns."""

    loss: str = "bce"
    optimizer: OptimizerSpec = _OPTIMIZER.validate_python("sgd")
    learning_rate: float = live(0.03, gt=0.0, le=limits.LEARNING_RATE)
    schedule: ScheduleSpec = _SCHEDULE.validate_python("constant")
    batch_size: Annotated[int, Field(ge=1, le=limits.BATCH)] | Literal["all"] = live(10)
    label_smoothing: float = Field(0.0, ge=0.0, le=0.9)  # share of a target that is spread over all classes evenly
    l1: float = live(0.0, ge=0.0, le=10.0)  # adds l1 * sum |w| to the loss
    l1_proximal: bool = False  # instead, L1 shrinks the weights after each update, so that some are exactly 0
    l2: float = live(0.0, ge=0.0, le=10.0)  # adds l2/2 * sum w^2 to the loss
    dropout: float = live(0.0, ge=0.0, le=0.9)  # share of every hidden layer's units left out of an update
    gradient_clip: float | None = live(None, gt=0.0, le=1e6)  # largest length of the whole gradient
    class_weights: Literal["none", "balanced"] = "none"  # balanced: a sample counts n / (C n_c) in the loss
    oversampling: bool = False  # an epoch draws its samples with replacement, every class as often as the others
    early_stopping: EarlyStopping | None = live(None)
    epochs: int | None = live(None, ge=1, le=limits.EPOCHS)  # stop after so many; None goes on until paused
    stop_loss: float | None = live(None, gt=0.0)  # stop when the training loss is at or below
    device: Literal["auto", "cpu", "cuda"] = "auto"
    step: Literal["auto", "textbook"] = "auto"  # auto: the fast path of `dlcore.dense` where it knows the network

    @field_validator("loss")
    @classmethod
    def _loss(cls, name: str) -> str:
        return find(LOSSES, name, "loss").name

    @model_validator(mode="after")
    def _draws_from_many(self) -> TrainingSpec:
        if self.oversampling and self.full_batch:
            raise ValueError(
                "oversampling: an update that looks at all samples draws none of them more often; expected "
                "mini-batches, or class_weights instead"
            )
        return self

    @model_validator(mode="after")
    def _smooths_classes(self) -> TrainingSpec:
        if self.label_smoothing and self.loss != "cross_entropy":
            raise ValueError(
                "label_smoothing: it spreads a share of the target over all classes, which only cross_entropy has; "
                f"with the loss {self.loss} expected 0, received {self.label_smoothing:g}"
            )
        return self

    @property
    def full_batch(self) -> bool:
        """Whether every update looks at all training samples, however many there are."""
        return self.batch_size == "all" or find(OPTIMIZERS, self.optimizer.kind, "optimizer").full_batch
