"""From a data set to the pages on which a network learns from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dlcore.labs.registry import find_lab
from dlcore.networks.starting_points import STARTING_POINTS
from dlcore.specs.experiment import Experiment
from dlcore.specs.layered import Layered
from dlcore.specs.spec import SpecError
from dlcore.training.rows import find
from ui.controls.fitting import with_data
from ui.pages import PAGES, PageRow
from ui.runs import bring

# what to begin with, by the number of a sample's axes: values in a row, a series, an image
_NETWORKS = {1: "mlp", 2: "conv1d", 3: "lenet5"}
_FOR_IMAGES = ("cnn",)  # pages that are about images alone
_LABS = ("supervised", "layered")


def openings(data: Mapping[str, Any], axes: int) -> list[tuple[PageRow, Experiment]]:
    """The pages that can learn from these data (plain values of a spec), each with an experiment to begin with.

    `axes`: of one sample: 1 for a row of values, 2 for a series, 3 for an image.
    """
    found = []
    for page in PAGES:
        if page.lab in _LABS and (axes == 3 or page.path not in _FOR_IMAGES):
            try:
                start = _start(page.lab, axes)
                found.append((page, _without_flatten(start.replace(with_data(start, data)), axes)))
            except SpecError:
                continue  # this lab does not learn from such data
    return found


def _start(lab: str, axes: int) -> Any:
    start = find_lab(lab).spec()
    if not isinstance(start, Layered):
        return start
    point = find(STARTING_POINTS, _NETWORKS[axes], "name")
    fitting = with_data(start, point.data) if point.data else {}
    return start.replace({**fitting, "layers": [layer.as_dict() for layer in point.layers]})


def _without_flatten(spec: Any, axes: int) -> Any:
    """A row of values is flat as it is."""
    if not isinstance(spec, Layered) or axes > 1:
        return spec
    return spec.replace({"layers": [layer.as_dict() for layer in spec.layers if layer.kind != "flatten"]})


def open_in(data: Mapping[str, Any], axes: int) -> None:
    """Draw a button for each of these pages, which takes the experiment in place of the one that it had before."""
    with st.container(horizontal=True, gap="small"):
        for page, spec in openings(data, axes):
            if st.button(f"Open in {page.title}", icon=page.icon, key=f"open in {page.path}", help=page.summary):
                bring(page.path, spec)
                st.switch_page(page.script)
