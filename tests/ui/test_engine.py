from __future__ import annotations

import pytest

from ui import engine
from ui.charts.registry import figures

CURVE = {
    "name": "loss",
    "kind": "curve",
    "title": "Loss",
    "series": [{"metric": "train_loss", "title": "training", "role": "train"}],
    "options": {},
}
PLANE = {"name": "output", "kind": "plane", "title": "Output", "series": [], "options": {}}


def test_a_description_gets_the_figures_of_its_views() -> None:
    description = {"lab": "supervised", "views": [CURVE, PLANE]}
    found = engine.with_figures(description)
    assert found == {**description, "figures": figures(description)}
    assert list(found["figures"]) == ["loss"]
    assert "figures" not in description


def test_a_view_that_was_seen_before_is_not_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    views = []

    def counted(description: dict[str, list[dict[str, object]]]) -> dict[str, object]:
        views.append(description["views"][0])
        return {}

    monkeypatch.setattr(engine, "figures", counted)
    engine._figures_of.cache_clear()
    other = CURVE | {"title": "Another loss"}
    for view in (CURVE, PLANE, CURVE, other, CURVE):
        engine.with_figures({"views": [view]})
    engine._figures_of.cache_clear()
    assert views == [CURVE, PLANE, other]


def test_without_a_server_there_is_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_engine", None)
    with pytest.raises(RuntimeError, match="layerlab serve"):
        engine.the_engine()
