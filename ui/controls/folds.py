"""Which part is tested: one fold of a cross-validation in place of a share of the samples; how many learn."""

from __future__ import annotations

import streamlit as st

from dlcore.specs import limits
from ui.controls.form import Draw, Form
from ui.controls.pickers import number


def folds_popover(form: Form, path: str) -> None:
    """A button that opens the two settings; nothing where the set itself says what is for testing."""
    card = getattr(form.spec.data, "card", None)
    if card is not None and card.held_out:
        return
    data = form.spec.data
    title = "Folds" if data.folds is None else f"Fold {data.fold + 1} of {data.folds}"
    with st.popover(f"{title} ↻", icon=":material/splitscreen:", width="stretch"):
        form.rows((("data.folds",), ("data.fold",), ("data.train_samples",)), FOLDS)
        st.caption("The Data studio trains all folds side by side: Data, Cross-validation.")


def _folds(form: Form, path: str) -> None:
    number(
        form,
        path,
        form.label("data.folds", path),
        least=2,
        most=limits.FOLDS,
        step=1,
        placeholder="off",
        write=lambda _spec, chosen: {path: chosen, "data.fold": 0},
        help="Divides the samples into so many equal parts, every class dealt evenly. One of them is the test part. "
        "Empty: the test share decides.",
    )


def _fold(form: Form, path: str) -> None:
    folds = form.spec.data.folds
    if folds is None:
        return
    st.select_slider(
        form.label("data.fold", path),
        range(folds),
        format_func=lambda fold: str(fold + 1),
        help="Which of the parts is tested; the network learns from all others.",
        **form.bind(path, form.value(path)),
    )


def _train_samples(form: Form, path: str) -> None:
    number(
        form,
        path,
        form.label("data.train_samples", path),
        least=2,
        most=limits.SAMPLES,
        step=10,
        placeholder="all of the training part",
        help="So many samples of the training part take part; the test part stays as it is. Empty: all of them.",
    )


FOLDS: dict[str, Draw] = {"data.folds": _folds, "data.fold": _fold, "data.train_samples": _train_samples}
