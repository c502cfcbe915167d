"""What a learner asks for in training: loss, optimizer, learning rate, batch, regularization, when to stop."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model, field_validator

from dlcore.specs import limits
from dlcore.specs.spec import Spec, live, tag
from dlcore.training.losses import LOSSES
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find
from dlcore.training.schedules import SCHEDULES


def _named(value: Any) -> Any:
    return {"kind": value} if isinstance(value, str) else value


# One spec class a registry row: a learner's own settings of an optimizer or a schedule, and nothing else, are allowed.
_OPTIMIZER_SPECS = tuple(
    create_model(
        f"{row.module}_{row.name}",
        __base__=Spec,
        kind=(Literal[row.name], row.name),
        **{
            name: (float, live(default, ge=least, lt=below))
            for name, _argument, default, least, below in row.settings
        },
    )
    for row in OPTIMIZERS
)
_SCHEDULE_SPECS = tuple(
    create_model(
        f"Schedule_{row.name}",
        __base__=Spec,
        kind=(Literal[row.name], row.name),
        **{name: (float, live(default, gt=0.0, le=float(limits.EPOCHS))) for name, default in row.settings},
    )
    for row in SCHEDULES
)
tag(*(row.name for row in OPTIMIZERS), *(row.name for row in SCHEDULES))


def _union(classes: tuple[type[Spec], ...]) -> Any:
    choice: Any = classes[0]
    for other in classes[1:]:
        choice = choice | other
    return Annotated[choice, Field(discriminator="kind"), BeforeValidator(_named)]


OptimizerSpec = _union(_OPTIMIZER_SPECS)
ScheduleSpec = _union(_SCHEDULE_SPECS)


class EarlyStopping(Spec):
    """Stop when the test loss has not fallen by `min_delta` for `patience` epochs; the best weights are kept."""

    patience: int = live(20, ge=1, le=limits.EPOCHS)
    min_delta: float = live(0.0, ge=0.0, le=1.0)


class TrainingSpec(Spec):
    """How the network learns."""

    loss: str = "bce"
    optimizer: OptimizerSpec = _OPTIMIZER_SPECS[1]()
    learning_rate: float = live(0.03, gt=0.0, le=limits.LEARNING_RATE)
    schedule: ScheduleSpec = _SCHEDULE_SPECS[0]()
    batch_size: Annotated[int, Field(ge=1, le=limits.BATCH)] | Literal["all"] = live(10)
    l1: float = live(0.0, ge=0.0, le=10.0)  # adds l1 * sum |w| to the loss
    l2: float = live(0.0, ge=0.0, le=10.0)  # adds l2/2 * sum w^2 to the loss
    dropout: float = live(0.0, ge=0.0, le=0.9)  # share of every hidden layer's units left out of an update
    gradient_clip: float | None = live(None, gt=0.0, le=1e6)  # largest length of the whole gradient
    early_stopping: EarlyStopping | None = live(None)
    epochs: int | None = live(None, ge=1, le=limits.EPOCHS)  # stop after so many; None goes on until paused
    stop_loss: float | None = live(None, gt=0.0)  # stop when the training loss is at or below
    device: Literal["auto", "cpu", "cuda"] = "auto"

    @field_validator("loss")
    @classmethod
    def _loss(cls, name: str) -> str:
        return find(LOSSES, name, "loss").name
