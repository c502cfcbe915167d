"""The Training tab: loss, optimizer, learning rate, regularization, when to stop, where to compute, seed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.specs import limits
from dlcore.training.losses import LOSSES
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find
from dlcore.training.schedules import SCHEDULES
from ui.controls.fitting import fitting_losses, with_loss
from ui.controls.form import Draw, Form
from ui.controls.pickers import number, pick, scale, seed

_RATES = (1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_BATCHES = (1, 2, 5, 10, 20, 30, 50, 100, 200, 500)
_PENALTIES = (0.0, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_SYMBOLS = {
    "momentum": "momentum μ",
    "alpha": "memory α",
    "beta1": "memory β₁",
    "beta2": "memory β₂",
    "weight_decay": "weight decay λ",
    "every": "every k epochs",
    "decay": "factor d",
    "epochs": "epochs T",
}
_DEVICES = {"auto": "Auto", "cpu": "CPU", "cuda": "CUDA"}

_ROWS = (
    ("training.loss",),
    ("training.optimizer", "training.learning_rate"),
    ("training.schedule", "training.batch_size"),
    ("training.l1", "training.l2"),
    ("training.dropout", "training.gradient_clip"),
)
_STOPS = (("training.epochs",), ("training.stop_loss",), ("training.early_stopping",))


def training_controls(form: Form) -> None:
    """Draw the controls of training."""
    form.rows(_ROWS, _CONTROLS)
    popovers = [
        ("Stop when", ":material/flag:", _STOPS, _CONTROLS),
        ("More", ":material/tune:", (("training.optimizer",), ("training.schedule",), ("training.device",)), _MORE),
    ]
    offered = [place for place in popovers if any(form.path(name) is not None for row in place[2] for name in row)]
    if offered:
        for column, (title, icon, rows, drawn) in zip(st.columns(len(offered)), offered, strict=True):
            with column.popover(title, icon=icon, width="stretch"):
                form.rows(rows, drawn)
    form.rows((("training.seed",),), _CONTROLS)


def _loss(form: Form, path: str) -> None:
    present = find(LOSSES, form.value(path), "loss")
    pick(
        form,
        path,
        form.label("training.loss", path),
        {row.name: row.title for row in fitting_losses(form.spec.data.task)},
        help=f"How wrong the answers are, as one number: ${present.formula}$. Only fitting ones are offered.",
        write=with_loss,
    )


def _optimizer(form: Form, path: str) -> None:
    present = find(OPTIMIZERS, form.value(path).kind, "optimizer")
    pick(
        form,
        f"{path}.kind",
        form.label("training.optimizer", path),
        {row.name: row.title for row in OPTIMIZERS},
        help=f"How the gradient g changes the weights w: ${present.formula}$. Its settings are under More.",
    )


def _optimizer_settings(form: Form, path: str) -> None:
    present = find(OPTIMIZERS, form.value(path).kind, "optimizer")
    _settings(form, path, present.title, {name: (least, below) for name, _, _, least, below in present.settings})


def _schedule(form: Form, path: str) -> None:
    present = find(SCHEDULES, form.value(path).kind, "schedule")
    pick(
        form,
        f"{path}.kind",
        form.label("training.schedule", path),
        {row.name: row.title for row in SCHEDULES},
        help=f"How the learning rate changes with the epoch t: ${present.formula}$. Its settings are under More.",
    )


def _schedule_settings(form: Form, path: str) -> None:
    present = find(SCHEDULES, form.value(path).kind, "schedule")
    bounds = {name: (0.0, float(limits.EPOCHS)) for name, _default in present.settings}
    _settings(form, path, f"{present.title} schedule", bounds)


def _settings(form: Form, path: str, title: str, bounds: dict[str, tuple[float, float]]) -> None:
    for name, (least, most) in bounds.items():
        number(
            form,
            f"{path}.{name}",
            f"{title}: {_SYMBOLS.get(name, name)}",
            least=least,
            most=most,
            step=0.01 if most <= 1 or form.value(f"{path}.{name}") < 1 else 1.0,
            help=f"Between {least:g} and {most:g}; it may change while training runs.",
        )


def _learning_rate(form: Form, path: str) -> None:
    kind = form.path("training.optimizer")
    usual = (
        f" Usual for this optimizer: {find(OPTIMIZERS, form.value(kind).kind, 'optimizer').learning_rate:g}."
        if kind
        else ""
    )
    scale(
        form,
        path,
        form.label("training.learning_rate", path),
        _RATES,
        help=f"η, how far one update goes: too small learns slowly, too large jumps about or diverges.{usual}",
    )


def _batch_size(form: Form, path: str) -> None:
    present = form.value(path)
    sizes = sorted({*_BATCHES, present} - {"all"})
    full = find(OPTIMIZERS, form.spec.training.optimizer.kind, "optimizer").full_batch
    st.selectbox(
        form.label("training.batch_size", path),
        [*sizes, "all"],
        format_func=str,
        disabled=full,
        help="Batch gradient descent always uses all training samples for an update."
        if full
        else "How many training samples one update looks at: few make noisy, quick steps.",
        **form.bind(path, present),
    )


def _l1(form: Form, path: str) -> None:
    scale(
        form,
        path,
        form.label("training.l1", path),
        _PENALTIES,
        help=r"Adds $\lambda_1\sum|w|$ to the loss; drives needless weights to exactly 0.",
    )


def _l2(form: Form, path: str) -> None:
    scale(
        form,
        path,
        form.label("training.l2", path),
        _PENALTIES,
        help=r"Adds $\tfrac{\lambda_2}{2}\sum w^2$ to the loss; keeps weights small.",
    )


def _dropout(form: Form, path: str) -> None:
    scale(
        form,
        path,
        form.label("training.dropout", path),
        tuple(k / 10 for k in range(10)),
        help="Share of each hidden layer's units that sit out an update, chosen by chance each time.",
    )


def _gradient_clip(form: Form, path: str) -> None:
    number(
        form,
        path,
        form.label("training.gradient_clip", path),
        least=0.0,
        most=1e6,
        step=0.1,
        placeholder="off",
        help=r"Shortens a longer gradient to this length: $g\leftarrow g\,\min(1, c/|g|)$. Empty: off.",
    )


def _epochs(form: Form, path: str) -> None:
    number(
        form,
        path,
        form.label("training.epochs", path),
        least=1,
        most=limits.EPOCHS,
        step=10,
        placeholder="never",
        help="Stops after so many rounds through the training data. Empty: goes on until you pause.",
    )


def _stop_loss(form: Form, path: str) -> None:
    number(
        form,
        path,
        form.label("training.stop_loss", path),
        least=0.0,
        most=1e6,
        step=0.01,
        placeholder="never",
        help="Stops when the training loss is at or below this. Empty: never.",
    )


def _early_stopping(form: Form, path: str) -> None:
    present = form.value(path)

    def write(_spec: Any, patience: int | None) -> dict[str, Any]:
        kept = present.as_dict() if present else {}
        return {path: None if patience is None else kept | {"patience": patience}}

    number(
        form,
        path,
        form.label("training.early_stopping", path),
        least=1,
        most=limits.EPOCHS,
        step=5,
        placeholder="off",
        value=present.patience if present else None,
        write=write,
        help="Patience: stops when the test loss has not fallen for so many epochs, and keeps the best weights.",
    )
    if present:
        number(
            form,
            f"{path}.min_delta",
            "Counts as fallen from",
            least=0.0,
            most=1.0,
            step=0.001,
            help="The smallest fall of the test loss that counts.",
        )


def _device(form: Form, path: str) -> None:
    present = form.value(path)
    offered = [name for name in _DEVICES if name != "cuda" or form.cuda or present == "cuda"]
    st.segmented_control(
        form.label("training.device", path),
        offered,
        format_func=_DEVICES.__getitem__,
        required=True,
        width="stretch",
        help="Where to compute: auto takes a CUDA graphics card where there is one.",
        **form.bind(path, present),
    )
    if not form.cuda:
        st.caption("This server has no CUDA graphics card: training runs on the CPU.")


def _seed(form: Form, path: str) -> None:
    seed(
        form,
        path,
        form.label("training.seed", path),
        "New seed",
        "Start weights, order of samples and dropout follow from it: the same seed gives the same run.",
    )


_CONTROLS: dict[str, Draw] = {
    "training.loss": _loss,
    "training.optimizer": _optimizer,
    "training.learning_rate": _learning_rate,
    "training.batch_size": _batch_size,
    "training.schedule": _schedule,
    "training.l1": _l1,
    "training.l2": _l2,
    "training.dropout": _dropout,
    "training.gradient_clip": _gradient_clip,
    "training.epochs": _epochs,
    "training.stop_loss": _stop_loss,
    "training.early_stopping": _early_stopping,
    "training.seed": _seed,
}
_MORE: dict[str, Draw] = {
    "training.optimizer": _optimizer_settings,
    "training.schedule": _schedule_settings,
    "training.device": _device,
}
