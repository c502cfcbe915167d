import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dlcore.labs.registry import LABS
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.supervised import Supervised
from ui.pages import PAGES

Open = Callable[..., Any]
ROOT = Path(__file__).parents[3]
PAGE = """
import ui.charts.registry, ui.code, ui.share
from dlcore.specs.supervised import Supervised
from ui.controls.draft import Draft
from ui.controls.panel import controls
controls(Draft(name="a", default=Supervised()))
"""


WITH_A_PAGE = [row for row in LABS if any(row.kind in page.labs for page in PAGES)]


@pytest.mark.parametrize("row", WITH_A_PAGE, ids=lambda row: row.kind)
def test_every_lab_with_a_page_gets_controls(open_page: Open, row: Any) -> None:
    page = open_page(row.spec())
    assert "Learning rate" in page.labels
    assert {"Data set ↻", "Figures a scene ↻"} & page.labels


def test_tabs_come_in_the_order_in_which_one_thinks(open_page: Open) -> None:
    assert [tab.label for tab in open_page(Supervised()).app.tabs] == ["Data", "Network", "Training"]
    assert [tab.label for tab in open_page(Perceptron()).app.tabs] == ["Data", "Training"]


def test_an_instructor_can_hand_out_a_bare_page(open_page: Open) -> None:
    everything = open_page(Supervised()).labels
    page = open_page(Supervised(), ["data", "network", "training.loss"])
    assert not page.app.tabs
    assert "Learning rate" in page.labels
    assert not page.labels & {"Loss ↻", "Samples ↻", "Output ↻"}
    assert page.labels < everything
    assert open_page(Supervised(), ["data", "network", "training"]).labels == set()


def test_every_widget_has_a_name_and_a_visible_one_a_help(open_page: Open) -> None:
    app = open_page(Supervised().replace({"training.optimizer": "adamw", "training.schedule": "step"})).app
    kinds = ("selectbox", "slider", "select_slider", "number_input", "button", "menu_button", "button_group", "toggle")
    for widget in (widget for kind in kinds for widget in getattr(app, kind)):
        assert widget.label
        assert widget.help or "of hidden layer" in widget.label, widget.label


def test_drawing_the_controls_twice_changes_nothing(open_page: Open) -> None:
    page = open_page(Supervised())
    for _ in range(3):
        page.app.run()
    assert page.spec == Supervised()


@pytest.mark.slow
def test_the_controls_need_no_torch() -> None:
    code = f"""
import json, sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_string({PAGE!r}, default_timeout=30).run()
print(json.dumps([len(app.selectbox), len(app.exception), "torch" in sys.modules, "sklearn" in sys.modules]))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    widgets, exceptions, torch, sklearn = json.loads(done.stdout)
    assert widgets > 5
    assert (exceptions, torch, sklearn) == (0, False, False)
