"""The section on eigenvalues under AppTest with a real engine: its settings, its table, and what belongs there."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.engine.local import LocalEngine
from ui.lessons.optimizers import SECTIONS
from ui.lessons.optimizers_valley import DEFAULT, _suits, valley_of


def _draw() -> None:
    from ui.lessons.optimizers_valley import valley_section

    valley_section()


def widget(app: AppTest, key: str) -> Any:
    return app.get_by_key(key)


def shown(touched: Any) -> AppTest:
    app: AppTest = touched.run()
    assert not app.exception, app.exception
    return app


def rows(app: AppTest) -> list[list[str]]:
    """The cells of the table, a list a row."""
    text = next(text.value for text in app.markdown if text.value.startswith("| | direction"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()[2:]]


def test_settings_race_and_table_agree(web_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    links: list[dict[str, str]] = []
    monkeypatch.setattr("streamlit.page_link", lambda *_, **options: links.append(options["query_params"]))
    app = shown(AppTest.from_function(_draw, default_timeout=60))
    run = web_engine.find(app.query_params["run"])
    assert run is not None
    run.built.result(60)
    assert run.spec == DEFAULT
    assert links[0]["section"] in {row.name for row in SECTIONS} - {"valley"}, "the way on"
    assert [row[5] for row in rows(app)[:2]] == ["creeps up to it"] * 2
    shown(widget(app, "optimizers valley:racers.0.learning_rate").set_value(2.01))
    assert [racer.learning_rate for racer in run.spec.racers[:2]] == [2.01 / 25] * 2 and run.generation == 1
    across = rows(app)[1]
    assert across[3:] == ["1.0100", "1.0100", "diverges"] and rows(app)[3][5] == "swings about it"
    shown(widget(app, "optimizers valley:racers.1.optimizer.momentum").set_value(0.5))
    assert run.spec.racers[1].optimizer.momentum == 0.5
    shown(widget(app, "optimizers valley:surface.condition").set_value(100.0))
    assert run.spec.settings["condition"] == 100 and run.spec.racers[0].learning_rate == pytest.approx(2.01 / 100)
    assert run.spec.racers[1].optimizer.momentum == 0.5 and _suits(run.spec)
    for row in rows(app):
        assert float(row[3]) == pytest.approx(float(row[4]), abs=0.02), row


def test_what_belongs_here() -> None:
    assert _suits(DEFAULT) and _suits(DEFAULT.replace(valley_of(1.0, 0.5, 0.0)))
    assert not _suits(DEFAULT.replace({"surface": "saddle", "start": [0.0, 0.5]}))
    assert not _suits(DEFAULT.replace({"racers.0.title": "mine"}))
