"""A table at a glance: its rows, how each feature is spread, what goes with what, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from datasets.dataset import Dataset
from datasets.overview import class_counts, correlations, spread, summarize
from datasets.raw import RawTable
from ui.charts import correlation, counts, scatter
from ui.charts import spread as spreads

FIRST = 6  # features that are drawn until others are chosen
WIDEST = 30  # columns of a matrix of correlations
_ROWS = 245  # px of a table: a header and six rows


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Columns:
    """What is drawn: named columns (n, d) with NaN for gaps, and class numbers or values (n,) where there are some.

    Where the target is a number, it is the last of the columns, too.
    """

    names: tuple[str, ...]
    values: np.ndarray
    target: str = ""
    targets: np.ndarray | None = None
    classes: tuple[str, ...] = ()

    @property
    def labels(self) -> np.ndarray:
        """The class of each row, (n,) int64; all of one where there are no classes."""
        if self.targets is None or not self.classes:
            return np.zeros(len(self.values), dtype=np.int64)
        return self.targets


def columns_of(dataset: Dataset) -> Columns:
    """The features of a set of rows."""
    numbers = dataset.task == "regression"
    return Columns(
        names=(*dataset.features, dataset.target) if numbers else dataset.features,
        values=np.column_stack([dataset.inputs, dataset.targets]) if numbers else dataset.inputs,
        target=dataset.target,
        targets=dataset.targets,
        classes=dataset.classes,
    )


def show_chart(figure: object, key: str) -> None:
    """Draw a figure that stands still."""
    st.plotly_chart(figure, key=key, config={"displayModeBar": False}, width="stretch")


def show_balance(labels: np.ndarray, classes: Sequence[str]) -> None:
    """How many samples each class has, and what that says about a score."""
    found = class_counts(labels, len(classes))
    show_chart(counts.figure(classes, found, quantity="samples", whole=int(found.sum()), coloured=True), "balance")
    best = int(found.argmax())
    st.caption(
        f"Always answering “{classes[best]}” would be right in {found[best] / found.sum():.0%} of all cases: an "
        "accuracy means something where it is well above that."
    )


def show_rows(columns: Columns, raw: RawTable | None) -> None:
    """All rows as they are in the file, with what is missing; `columns` are those that a network gets."""
    st.subheader("Rows", anchor=False)
    frame = _frame(columns) if raw is None else _raw_frame(raw)
    gaps = frame.isna()
    if raw is not None and gaps.any(axis=None):
        with_gaps = int(gaps.any(axis=1).sum())
        only = st.toggle(f"Only the {with_gaps} rows with gaps", key="only gaps")
        frame = frame[gaps.any(axis=1)] if only else frame
    if not gaps.any(axis=None):
        st.dataframe(frame, height=_ROWS)
        st.caption(f"{len(frame):,} rows, no value is missing.")
        return
    rows, missing = st.columns([3, 2], gap="medium")
    rows.dataframe(frame, height=_ROWS)
    with missing:
        found = gaps.sum().to_numpy()
        show_chart(counts.figure(list(frame.columns), found, quantity="missing values", whole=len(gaps)), "gaps")
    said = f"{int((~gaps.any(axis=1)).sum()):,} of {len(gaps):,} rows are complete."
    if raw is not None:
        said += f" {len(columns.values):,} have all that the network is given: {', '.join(columns.names)}."
    st.caption(said)


def _frame(columns: Columns) -> pd.DataFrame:
    frame = pd.DataFrame(columns.values, columns=list(columns.names))
    if columns.targets is not None and columns.classes:
        frame[columns.target] = np.array(columns.classes, dtype=object)[columns.targets]
    return frame


def _raw_frame(raw: RawTable) -> pd.DataFrame:
    frame = pd.DataFrame(raw.rows, columns=list(raw.columns))
    for name in frame.columns:
        numbers = pd.to_numeric(frame[name], errors="coerce")
        if not (numbers.isna() & frame[name].notna()).any():
            frame[name] = numbers
    return frame


def show_spreads(columns: Columns) -> None:
    """How the values of the chosen features are spread, by class."""
    st.subheader("How values are spread", anchor=False)
    chosen = list(range(len(columns.names)))
    if len(chosen) > FIRST:
        names = st.multiselect(
            "Features", columns.names, default=columns.names[:FIRST], key=f"spread of {','.join(columns.names)[:200]}"
        )
        chosen = [columns.names.index(name) for name in names]
    known = [number for number in chosen if not np.isnan(columns.values[:, number]).all()]
    if not known:
        st.caption("Choose a feature.")
        return
    labels, classes = columns.labels, columns.classes
    figures = []
    for number in known:
        edges, found = spread(columns.values[:, number], labels, max(1, len(classes)))
        figures.append(spreads.Spread(title=columns.names[number], edges=edges, counts=found))
    show_chart(spreads.figure(figures, classes), "spreads")
    st.caption("Where the colours lie apart, that feature alone tells the classes apart." if classes else "")
    with st.expander("In numbers", icon=":material/calculate:"):
        rows = [summarize(columns.values[:, number]) for number in known]
        table = {
            "feature": [columns.names[number] for number in known],
            "mean": [row.mean for row in rows],
            "standard deviation": [row.deviation for row in rows],
            "least": [row.least for row in rows],
            "lower quartile": [row.lower for row in rows],
            "median": [row.median for row in rows],
            "upper quartile": [row.upper for row in rows],
            "most": [row.most for row in rows],
            "missing": [row.missing for row in rows],
        }
        st.dataframe(pd.DataFrame(table).set_index("feature"))


def show_pairs(columns: Columns) -> None:
    """Two features against each other, and how all go together."""
    names = columns.names
    if len(names) < 2:
        return
    left, right = st.columns([1, 1], gap="medium")
    with left:
        st.subheader("One against another", anchor=False)
        across, up = st.columns(2)
        x = across.selectbox("Across", names, key=f"across {len(names)} {names[0]}")
        y = up.selectbox("Up", names, index=1 if columns.classes else len(names) - 1, key=f"up {len(names)} {names[0]}")
        targets = columns.labels if columns.targets is None else columns.targets
        show_chart(
            scatter.figure(
                columns.values[:, names.index(x)],
                columns.values[:, names.index(y)],
                targets,
                titles=(x, y),
                target=columns.target,
                classes=columns.classes if columns.targets is not None else ("rows",),
            ),
            "scatter",
        )
    with right:
        st.subheader("What goes with what", anchor=False)
        values, titles = columns.values[:, -WIDEST:], names[-WIDEST:]
        show_chart(correlation.figure(titles, correlations(values)), "correlations")
        st.caption(
            "Pearson's r: 1 or −1 where one is a straight line of the other, 0 where no straight line helps to guess "
            "it; a curve may hide behind 0."
        )
