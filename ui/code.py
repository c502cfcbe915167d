"""The program behind the pictures: the same experiment as text to read, copy and download."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from datasets.csv_text import to_csv
from datasets.upload.saving import table_as_csv
from datasets.upload.table import Table
from dlcore.labs.registry import as_program
from dlcore.specs.data import AnyData, DataSpec, ImageData, SeriesData
from dlcore.specs.experiment import Experiment
from dlcore.specs.own_images import OwnImages
from dlcore.specs.own_table import OwnTable
from dlcore.training.parts import parts_of
from dlcore.training.prepare import load_data

_PROMISE = "Run alone, it gives the same numbers."
_PROMISE_TO_ROUNDING = (
    "Run alone, it prints what `layerlab train` prints, to the last digit. What you see here may differ by rounding, "
    "which a long training can magnify: where the fast path trains, sums are added in another order. Under "
    "Training, More, choose the textbook's update for these very digits here too."
)


def samples(data: DataSpec) -> str:
    """The samples of an experiment as CSV text, with a column that says `train` or `test`."""
    dataset = load_data(data)
    try:
        parts = parts_of(data, dataset)
    except ValueError:
        # too few to learn from, yet what somebody drew by hand can be kept
        parts = np.arange(len(dataset.targets)), np.arange(0)
    if not isinstance(data, OwnTable):
        return to_csv(dataset, parts)
    said = np.full(len(dataset.targets), "train")
    said[parts[1]] = "test"
    columns = tuple(column.as_column() for column in (*data.columns, data.target))
    values = np.column_stack([dataset.inputs, dataset.targets])
    return table_as_csv(Table(columns=columns, values=values), said.tolist())


def show_code(spec: Experiment) -> None:
    """Draw the program of an experiment with buttons that download it, the experiment as a file, and its samples."""
    text = as_program(spec)
    st.caption(f"The exact program of this experiment. {_PROMISE if spec.exact() == spec else _PROMISE_TO_ROUNDING}")
    with st.container(horizontal=True, gap="small"):
        _download("Program (.py)", ":material/code:", text, "experiment.py", "text/x-python", "The program below.")
        _download(
            "Experiment (.json)",
            ":material/data_object:",
            spec.as_json(indent=2) + "\n",
            "experiment.json",
            "application/json",
            "All settings, for `layerlab train experiment.json`.",
        )
        data: AnyData | None = getattr(spec, "data", None)
        # images and series are no table
        if data is not None and not isinstance(data, ImageData | SeriesData | OwnImages):
            _download(
                "Data (.csv)",
                ":material/table:",
                lambda: samples(data),
                "samples.csv",
                "text/csv",
                "Every sample with its answer, and whether it is for training or testing.",
            )
    st.code(text, language="python", height=480)


def _download(label: str, icon: str, data: str | Callable[[], str], name: str, kind: str, help: str) -> None:
    # "ignore": a download changes nothing, so the page's script need not run again
    st.download_button(label, data, name, kind, icon=icon, help=help, on_click="ignore")
