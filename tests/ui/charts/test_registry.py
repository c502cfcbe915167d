import json
from typing import Any

from ui.charts.registry import KINDS, figures

VIEWS: list[dict[str, Any]] = [
    {"name": "network", "kind": "network", "title": "Network", "series": [], "options": {}},
    *({"name": f"a_{row.name}", "kind": row.name, "title": "A view", "series": [], "options": {}} for row in KINDS),
    {
        "name": "loss",
        "kind": "curve",
        "title": "Loss",
        "series": [{"metric": "train_loss", "title": "train", "role": "train"}],
        "options": {"log": False},
    },
]


def test_every_view_that_plotly_draws_gets_a_figure_of_plain_values() -> None:
    found = figures({"lab": "supervised", "views": VIEWS})
    assert set(found) == {view["name"] for view in VIEWS if view["kind"] != "network"}
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["loss"]["data"][0]["meta"]["feeds"]["y"] == "train_loss"


def test_every_figure_has_axes_with_titles_even_without_data() -> None:
    for name, figure in figures({"views": VIEWS}).items():
        assert '"title": {' in json.dumps(figure["layout"]), name
        assert len(json.dumps(figure)) < 6000
