"""The views of a race on the clock name metrics that there are, and say what they are drawn against."""

import pytest

from dlcore.labs.registry import make_lab
from dlcore.specs.race import Race

LAB = make_lab(
    Race.parse(
        {
            "base": {"kind": "supervised", "data": {"kind": "table", "name": "diabetes"}, "training": {"loss": "mse"}},
            "variants": [{"title": "one"}, {"title": "two", "changes": {"training.batch_size": "all"}}],
            "timed": True,
            "goal": 35,
        }
    )
)
VIEWS = {view.name: view for view in LAB.views}


@pytest.mark.parametrize("axis", ["update", "second"])
def test_curves_have_an_x_of_their_own(axis):
    metrics = LAB.frame().metrics
    for of in ("loss", "score"):
        view = VIEWS[f"{of}_by_{axis}"]
        assert view.options["x"].startswith(f"{axis}s")
        for number, series in enumerate(view.series):
            assert series.x == f"{number}/{axis}s" and series.x in metrics and series.metric in metrics
    assert VIEWS[f"score_by_{axis}"].title == f"Test R²: against {axis}s"


def test_the_tables_have_a_number_for_every_cell():
    LAB.step()
    metrics = LAB.frame().metrics
    for name in ("standings", "clock"):
        options = VIEWS[name].options
        assert [row["title"] for row in options["rows"]] == ["one", "two"]
        for column in options["columns"]:
            assert all(f"{row}/{column['metric']}" in metrics for row in (0, 1))
    titles = {column["title"] for column in VIEWS["standings"].options["columns"]}
    assert {"Updates to R² 0.35", "Test R²"} <= titles
    LAB.change(LAB.spec.replace({"goal": 20}))
    table = next(view for view in LAB.views if view.name == "standings")
    assert "Seconds to R² 0.20" in {column["title"] for column in table.options["columns"]}
