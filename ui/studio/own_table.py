"""A learner's own table, once it is kept: how it is prepared, what each step changes, and where to train on it."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from datasets.preprocess.missing import TITLES as FILLS
from datasets.upload.folder import read_upload_table
from datasets.upload.saving import TABLE_FILE, table_as_csv
from datasets.upload.table import Table
from dlcore.specs.own_table import OwnTable
from dlcore.specs.spec import SpecError
from ui.plain_text import plain
from ui.studio.own_kept import remember
from ui.studio.own_leak import leak_panel
from ui.studio.own_preview import Preview, preview_of, steps_of
from ui.studio.own_toolbar import toolbar

_SCALINGS = {"standard": "Standard", "minmax": "Min–max", "robust": "Robust", "none": "None"}
_SPLITS = {"class": "By class", "random": "By chance", "time": "By time"}
_FILE_ORDER = "order of the file"


def prepare_table(data: OwnTable) -> None:
    """Draw the settings on the left, what they do on the right, and the buttons."""
    left, right = st.columns([2, 5], gap="large")
    with left:
        data = _settings(data)
    with right:
        try:
            preview = preview_of(data)
        except ValueError as refusal:
            text = str(refusal).removeprefix("data: ").removesuffix(".")
            st.warning(plain(f"{text}."), icon=":material/block:")
            preview = None
        if preview is not None:
            _summary(preview)
            _steps(preview)
            toolbar(data, lambda: _saved(data), TABLE_FILE, "text/csv")
            leak_panel(data)


def _settings(data: OwnTable) -> OwnTable:
    """The data as the widgets want them; where that is refused, as they were, with the reason."""

    def key(name: str) -> str:
        return f"own {name} {data.upload}"

    chosen: dict[str, Any] = {}
    chosen["missing"] = st.selectbox(
        "Missing values",
        list(FILLS),
        index=list(FILLS).index(data.missing),
        format_func=lambda kind: FILLS[kind].capitalize(),
        key=key("missing"),
        help="Categories have no mean: with it, theirs are filled with the most frequent one.",
    )
    chosen["scaling"] = st.segmented_control(
        "Scaling of numbers",
        tuple(_SCALINGS),
        format_func=_SCALINGS.__getitem__,
        default=data.scaling,
        required=True,
        key=key("scaling"),
        help=r"Standard: $\frac{x-\bar x}{s}$, min–max: $\frac{x-\min}{\max-\min}$, robust: "
        r"$\frac{x-\text{median}}{Q_3-Q_1}$.",
    )
    width = len(data.plan.encoded)
    keeps = st.toggle(
        "Keep the best inputs only",
        data.keep is not None,
        key=key("keeps"),
        help="Those that go along with the target most. The network sees no others.",
    )
    chosen["keep"] = None
    if keeps:
        usual = data.keep or max(1, min(10, width // 2))
        chosen["keep"] = int(st.number_input("Inputs to keep", 1, width, usual, key=key("keep")))
    splits = [name for name in _SPLITS if data.classes or name != "class"]
    present = data.split if data.split in splits else "random"
    chosen["split"] = st.segmented_control(
        "Test part",
        splits,
        format_func=_SPLITS.__getitem__,
        default=present,
        required=True,
        key=key("split"),
        help="By class: every class keeps its share. By time: the last rows, for one learns from the past.",
    )
    chosen["order"] = _order(data, key("order")) if chosen["split"] == "time" else None
    share = st.slider("Test share", 0.1, 0.9, data.test_share, 0.05, format="percent", key=key("share"))
    chosen["test_share"] = round(share, 4)
    chosen["leak"] = st.toggle(
        "Leak (a mistake, on purpose)",
        data.leak,
        key=key("leak"),
        help="All of the above is measured on the test part, too. See below what that does to the test score.",
    )
    if chosen["keep"] != data.keep:
        chosen["axes"] = None
    try:
        new = data.replace(chosen)
    except SpecError as refusal:
        st.warning(plain(str(refusal)), icon=":material/block:")
        return data
    if new != data:
        remember(new)
    return new


def _order(data: OwnTable, key: str) -> dict[str, Any] | None:
    table = read_upload_table(data.upload)
    columns = {column.name: column for column in table.columns if column.kind != "category"}
    names = [_FILE_ORDER, *(name for name, column in columns.items() if not _gaps(table, name))]
    dates = [name for name in names[1:] if columns[name].kind == "date"]
    present = data.order.name if data.order else dates[0] if dates and data.split != "time" else _FILE_ORDER
    name = st.selectbox("Order", names, index=names.index(present) if present in names else 0, key=key)
    if name == _FILE_ORDER:
        return None
    return {"name": name, "kind": columns[name].kind}


def _gaps(table: Table, name: str) -> bool:
    number = next(number for number, column in enumerate(table.columns) if column.name == name)
    return bool(np.isnan(table.values[:, number]).any())


def _summary(preview: Preview) -> None:
    data = preview.data
    what = f"{len(data.classes)} classes of {data.target.name}" if data.classes else f"{data.target.name}, a number"
    st.markdown(
        plain(
            f"Predict {what} from {len(data.columns)} columns, {len(data.inputs)} inputs of the network. "
            f"{len(preview.train):,} rows to learn from, {len(preview.test):,} to test on."
        )
    )


def _steps(preview: Preview) -> None:
    steps = steps_of(preview)
    if not steps:
        return
    name = st.segmented_control(
        "Before and after",
        tuple(steps),
        format_func=lambda name: steps[name].title,
        default=next(iter(steps)),
        required=True,
        key=f"own step {preview.data.upload} {'-'.join(steps)}",
        help="Above: before the step. Below: after it.",
    )
    steps[name].draw(preview)


def _saved(data: OwnTable) -> str:
    """The columns in use as a file: what was left out stays out."""
    table = read_upload_table(data.upload)
    names = {column.name for column in data.columns} | {data.target.name} | ({data.order.name} if data.order else set())
    kept = [number for number, column in enumerate(table.columns) if column.name in names]
    return table_as_csv(Table(columns=tuple(table.columns[number] for number in kept), values=table.values[:, kept]))
