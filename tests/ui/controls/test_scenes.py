"""The controls of experiments with scenes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dlcore.specs.detection import Detection
from dlcore.specs.segmentation import Segmentation

Open = Callable[..., Any]
BOTH = pytest.mark.parametrize("made", [Detection(), Segmentation()], ids=["detection", "segmentation"])


@BOTH
def test_all_that_can_be_set_is_offered_and_nothing_that_is_refused(open_page: Open, made: Any) -> None:
    page = open_page(made)
    assert {
        "Samples ↻",
        "Figures a scene ↻",
        "Clutter ↻",
        "Noise ↻",
        "Data seed ↻",
        "Levels ↻",
        "Channels ↻",
    } <= page.labels
    assert {"Loss ↻", "Optimizer ↻", "Learning rate", "Batch size", "Schedule ↻"} <= page.labels
    absent = {"Dropout", "Class weights ↻", "Over-sampling ↻", "Update ↻", "Data set ↻", "Source ↻", "Hidden layers ↻"}
    assert not page.labels & absent
    assert not page.app.get("download_button")  # scenes are no table


@BOTH
def test_what_is_chosen_goes_into_the_experiment(open_page: Open, made: Any) -> None:
    page = open_page(made)
    for path, value in (
        ("data.samples", 200),
        ("data.objects", 2),
        ("data.clutter", 9),
        ("data.noise", 0.2),
        ("network.levels", 2),
        ("network.channels", 4),
        ("training.loss", made.losses[-1].name),
    ):
        page.choose(path, value)
        assert page.spec.replace({}) == page.spec
        group, field = path.split(".")
        assert getattr(getattr(page.spec, group), field) == value
    assert not page.refusals


def test_a_detector_has_cells_of_four_to_sixteen_pixels_and_a_unet_one_to_three_levels(open_page: Open) -> None:
    bounds = {
        type(made): [(widget.min, widget.max) for widget in open_page(made).app.slider if widget.label == "Levels ↻"]
        for made in (Detection(), Segmentation())
    }
    assert bounds == {Detection: [(2, 4)], Segmentation: [(1, 3)]}


def test_what_the_network_costs_stands_under_it(open_page: Open) -> None:
    said = [caption.value for caption in open_page(Detection()).app.caption]
    assert "37,152 parameters, 6.1 million multiply-adds a scene." in said


def test_a_refused_batch_is_told(open_page: Open) -> None:
    page = open_page(Segmentation())
    page.choose("training.batch_size", "all")
    assert page.spec == Segmentation() and "batches of 258 at most" in page.refusals[0]
