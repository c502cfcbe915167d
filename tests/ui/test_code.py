import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.labs.registry import LABS, as_program
from dlcore.specs.data import DrawnData, GeneratedData, Point, TableData
from ui.code import samples

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("row", LABS, ids=lambda row: row.kind)
def test_every_lab_has_a_program_that_python_can_read(row: Any) -> None:
    text = as_program(row.spec())
    compile(text, "experiment.py", "exec")
    assert "import" in text


@pytest.mark.parametrize(
    ("data", "columns", "count"),
    [
        (GeneratedData(name="circle", samples=40, noise=0.1), ["x1", "x2", "class", "part"], 40),
        (TableData(name="iris"), None, 150),
        (TableData(name="penguins", features=("body mass (g)",)), ["body mass (g)", "species", "part"], 342),
        (DrawnData(points=(Point(x1=1.5, x2=-2.0, label=0),)), ["x1", "x2", "class", "part"], 1),
        (DrawnData(), ["x1", "x2", "class", "part"], 0),
    ],
)
def test_the_samples_are_csv_with_their_part(data: Any, columns: list[str] | None, count: int) -> None:
    header, *rows = csv.reader(io.StringIO(samples(data)))
    assert header == columns or columns is None
    assert len(rows) == count
    assert {row[-1] for row in rows} <= {"train", "test"}


def test_the_share_kept_for_testing_is_that_of_the_spec() -> None:
    _header, *rows = csv.reader(io.StringIO(samples(GeneratedData(samples=200, test_share=0.25))))
    assert sum(row[-1] == "test" for row in rows) == pytest.approx(50, abs=1)


def page(step: str = "auto") -> None:
    from dlcore.specs.supervised import Supervised
    from ui.code import show_code

    show_code(Supervised().replace({"training.step": step}))


def test_the_page_shows_the_program_and_offers_three_files() -> None:
    app = AppTest.from_function(page, default_timeout=20).run()
    assert not app.exception
    assert "torch" in app.code[0].value
    labels = [element.proto.label for element in app.get("download_button")]
    assert labels == ["Program (.py)", "Experiment (.json)", "Data (.csv)"]


def page_of_images() -> None:
    from dlcore.specs.layered import Layered
    from ui.code import show_code

    show_code(Layered())


def test_images_are_not_offered_as_a_table() -> None:
    app = AppTest.from_function(page_of_images, default_timeout=20).run()
    assert not app.exception
    labels = [element.proto.label for element in app.get("download_button")]
    assert labels == ["Program (.py)", "Experiment (.json)"]
    assert "gives the same numbers" in app.caption[0].value


@pytest.mark.slow
def test_nothing_of_it_needs_torch_or_scikit_learn() -> None:
    code = (
        "import json, sys\n"
        "from dlcore.specs.data import GeneratedData, TableData\n"
        "from dlcore.labs.registry import LABS, as_program\n"
        "from ui.code import samples\n"
        "[as_program(row.spec()) for row in LABS]; samples(GeneratedData()); samples(TableData())\n"
        "print(json.dumps([name for name in ('torch', 'sklearn', 'pandas') if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = json.loads(done.stdout)
    assert "torch" not in loaded
    assert "sklearn" not in loaded


@pytest.mark.parametrize(
    ("step", "promise"), [("auto", "may differ by rounding"), ("textbook", "gives the same numbers")]
)
def test_the_page_promises_what_is_true(step: str, promise: str) -> None:
    app = AppTest.from_function(page, default_timeout=20, kwargs={"step": step}).run()
    assert promise in app.caption[0].value
