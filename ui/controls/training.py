"""The Training tab: loss, optimizer, learning rate, regularization, when to stop, where to compute, seed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.dense.knows import why_textbook
from dlcore.specs import limits
from dlcore.training.optimizers import OPTIMIZERS, Optimizer
from dlcore.training.rows import find
from dlcore.training.schedules import SCHEDULES, Schedule
from ui.controls.abilities import has_two_ways, takes
from ui.controls.fitting import fitting_losses, with_loss
from ui.controls.form import Draw, Form
from ui.controls.pickers import number, pick, scale, seed, segments
from ui.glossary import term
from ui.plain_text import plain

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
# The name of the control, the values on offer, the help
_SCALES: tuple[tuple[str, tuple[float, ...], str], ...] = (
    (
        "training.l1",
        _PENALTIES,
        r"Adds $\lambda_1\sum|w|$ to the loss; keeps needless weights about 0 (exactly 0: see More).",
    ),
    ("training.l2", _PENALTIES, r"Adds $\tfrac{\lambda_2}{2}\sum w^2$ to the loss; keeps weights small."),
    (
        "training.dropout",
        tuple(k / 10 for k in range(10)),
        f"{term('dropout', 'Dropout')}: the share of each hidden layer's units that sit out an update, chosen by "
        "chance each time.",
    ),
)
# The name of the control, the least, the most, the step, what an empty field says, the help
_NUMBERS: tuple[tuple[str, float, float, float, str, str], ...] = (
    (
        "training.gradient_clip", 0.0, 1e6, 0.1, "off",
        f"{term('gradient clipping', 'Clipping')}: "
        r"shortens a longer gradient to this length: $g\leftarrow g\,\min(1, c/|g|)$. Empty: off.",
    ),
    (
        "training.epochs", 1, limits.EPOCHS, 10, "never",
        f"Stops after so many {term('epoch', 'epochs')}, rounds through the training data. Empty: goes on until you "
        "pause.",
    ),
    (
        "training.stop_loss", 0.0, 1e6, 0.01, "never",
        "Stops when the training loss is at or below this. Empty: never.",
    ),
)  # fmt: skip
_WEIGHTS = {"none": "None", "balanced": "Balanced"}
_STEPS = {"auto": "Auto", "textbook": "Textbook"}
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
    form.rows(tuple(tuple(name for name in row if _has_meaning(name, form)) for row in _ROWS), _CONTROLS)
    popovers = [
        ("Stop when", ":material/flag:", _STOPS, _CONTROLS),
        ("More", ":material/tune:", tuple((name,) for name in _MORE if _has_meaning(name, form)), _MORE),
    ]
    offered = [place for place in popovers if any(form.path(name) is not None for row in place[2] for name in row)]
    if offered:
        for column, (title, icon, rows, drawn) in zip(st.columns(len(offered)), offered, strict=True):
            with column.popover(title, icon=icon, width="stretch"):
                form.rows(rows, drawn)
    form.rows((("training.seed",),), _CONTROLS)


# settings that not every experiment takes, with a value to ask about
_ASKED = {
    "training.dropout": 0.5,
    "training.class_weights": "balanced",
    "training.oversampling": True,
    "training.label_smoothing": 0.0,
}


def _has_meaning(name: str, form: Form) -> bool:
    """Whether this kind of experiment takes a setting at all: where dropout is a layer, say, it is set there."""
    if name in _ASKED:
        return takes(form.spec, name, _ASKED[name])
    return name != "training.step" or has_two_ways(form.spec)


def _kind(name: str, rows: tuple[Optimizer | Schedule, ...], help: str) -> Draw:
    def draw(form: Form, path: str) -> None:
        formula = find(rows, form.value(path).kind, name).formula
        titles = {row.name: row.title for row in rows}
        said = f"{help}: ${formula}$. Its settings are under More."
        pick(form, f"{path}.kind", form.label(name, path), titles, help=said)

    return draw


def _scale(name: str, values: tuple[float, ...], help: str) -> Draw:
    return lambda form, path: scale(form, path, form.label(name, path), values, help=help)


def _number(name: str, least: float, most: float, step: float, empty: str, help: str) -> Draw:
    return lambda form, path: number(
        form, path, form.label(name, path), least=least, most=most, step=step, placeholder=empty, help=help
    )


def _loss(form: Form, path: str) -> None:
    own = getattr(form.spec, "losses", ())  # of an experiment whose losses are none of the usual ones
    rows = own or fitting_losses(form.spec.data.task)
    present = find(rows, form.value(path), "loss")
    pick(
        form,
        path,
        form.label("training.loss", path),
        {row.name: row.title for row in rows},
        help=f"The {term('loss')}: how wrong the answers are, as one number: ${present.formula}$. Only fitting ones "
        "are offered.",
        write=None if own else with_loss,
    )


def _optimizer_settings(form: Form, path: str) -> None:
    present = find(OPTIMIZERS, form.value(path).kind, "optimizer")
    _settings(form, path, present.title, {name: (least, below) for name, _, _, least, below in present.settings})


def _schedule_settings(form: Form, path: str) -> None:
    present = find(SCHEDULES, form.value(path).kind, "schedule")
    fields = type(form.value(path)).model_fields
    bounds = {name: (fields[name].metadata[0].ge, fields[name].metadata[1].le) for name, _default in present.settings}
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
        help=f"η, the {term('learning rate')}: how far one {term('update')} goes. Too small learns slowly, too large "
        f"jumps about or {term('divergence', 'diverges')}.{usual}",
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
        else f"How many training samples one update looks at, its {term('batch')}: few make noisy, quick steps.",
        **form.bind(path, present),
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


def _has_classes(form: Form) -> bool:
    return getattr(form.spec.data, "task", "regression") != "regression"


def _class_weights(form: Form, path: str) -> None:
    if not _has_classes(form):
        return
    segments(
        form,
        path,
        form.label("training.class_weights", path),
        _WEIGHTS,
        help=r"Balanced: in the loss that is learned from, a sample counts $n/(C\,n_c)$: $n_c$ of the $n$ training "
        "samples are of its class, and there are $C$ classes. Every class then counts as much. Losses that are shown "
        "stay without weights.",
    )


def _oversampling(form: Form, path: str) -> None:
    if not _has_classes(form):
        return
    st.toggle(
        form.label("training.oversampling", path),
        help="An epoch draws as many samples as there are, at random and with replacement, every class as often as the "
        "others. Samples of a rare class come many times, some of a frequent one not at all.",
        **form.bind(path, form.value(path)),
    )


def _label_smoothing(form: Form, path: str) -> None:
    own = getattr(form.spec, "losses", ())  # those of scenes have no classes to spread a share over
    if own or form.value(path.replace("label_smoothing", "loss")) != "cross_entropy":
        return
    scale(
        form,
        path,
        form.label("training.label_smoothing", path),
        (0.0, 0.05, 0.1, 0.2, 0.3),
        help=rf"Learns from $(1-\epsilon)\,y+\epsilon/C$ instead of the {term('one-hot')} target $y$ of $C$ classes. "
        "Losses that are shown stay without.",
    )


def _l1_proximal(form: Form, path: str) -> None:
    st.toggle(
        form.label("training.l1_proximal", path),
        help=r"L1 acts in a step of its own: after each update every weight moves towards 0 by $\eta\lambda_1$ and "
        "stays there once it arrives. Its gradient alone makes weights jump about 0 and never lie on it.",
        **form.bind(path, form.value(path)),
    )


def _device(form: Form, path: str) -> None:
    present = form.value(path)
    offered = {name: _DEVICES[name] for name in _DEVICES if name != "cuda" or form.cuda or present == "cuda"}
    segments(
        form,
        path,
        form.label("training.device", path),
        offered,
        help="Where to compute: auto takes a CUDA graphics card where there is one with memory left.",
    )
    if not form.cuda:
        st.caption("This server has no CUDA graphics card: training runs on the CPU.")
    if form.remark:
        st.caption(plain(form.remark))


def _step(form: Form, path: str) -> None:
    segments(
        form,
        path,
        form.label("training.step", path),
        _STEPS,
        help="Two ways to the same numbers. Textbook: autograd and an optimizer of PyTorch, as the code shows it. "
        "Auto: backpropagation written out for many networks at once where it can be, several times faster; it "
        "differs by rounding only, which a long training can magnify.",
    )
    why = why_textbook(form.spec)
    st.caption("The fast path runs." if why is None else f"The textbook's update runs. {why}")


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
    "training.optimizer": _kind("training.optimizer", OPTIMIZERS, "How the gradient g changes the weights w"),
    "training.learning_rate": _learning_rate,
    "training.batch_size": _batch_size,
    "training.schedule": _kind("training.schedule", SCHEDULES, "How the learning rate changes with the epoch t"),
    **{row[0]: _scale(*row) for row in _SCALES},
    **{row[0]: _number(*row) for row in _NUMBERS},
    "training.early_stopping": _early_stopping,
    "training.seed": _seed,
}
_MORE: dict[str, Draw] = {
    "training.optimizer": _optimizer_settings,
    "training.schedule": _schedule_settings,
    "training.class_weights": _class_weights,
    "training.oversampling": _oversampling,
    "training.label_smoothing": _label_smoothing,
    "training.l1_proximal": _l1_proximal,
    "training.device": _device,
    "training.step": _step,
}
