"""The section with a card for every data set, under AppTest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import ui.uploads
from datasets.registry import DATASETS, card
from datasets.upload.columns import Column
from datasets.upload.images import Images
from datasets.upload.table import Table
from ui.studio.images import class_rows


@pytest.fixture
def section(monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setattr(ui.uploads, "owner", lambda: "somebody")
    store = ui.uploads.open_uploads()
    monkeypatch.setenv("LAYERLAB_UPLOADS", str(store.folder))
    try:
        yield AppTest.from_function(_draw, default_timeout=60).run()
    finally:
        ui.uploads.close_uploads()


def _draw() -> None:
    from ui.studio.sets import data_sets

    data_sets()


def _choose(app: AppTest, name: str) -> AppTest:
    app.selectbox(key="studio set menu").set_value(name).run()
    assert not app.exception, (name, app.exception)
    return app


def _charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def _said(app: AppTest) -> str:
    parts: list[Any] = [*app.markdown, *app.caption, *app.subheader]
    return "\n".join(part.value for part in parts)


@pytest.mark.slow  # twenty pages
def test_every_card_says_what_it_is_and_shows_what_is_in_it(section: AppTest) -> None:
    for row in DATASETS:
        app = _choose(section, row.name)
        said = _said(app).replace("\\", "")
        assert row.title in said and row.summary in said, row.name
        for text in (row.source, row.licence, row.flaws, *row.classes):
            assert text in said, (row.name, text)
        assert app.button[0].label.startswith("Open in"), row.name
        pictures = {"images": 2, "series": 2}.get(row.kind, 4 if row.classes else 3)
        assert _charts(app) >= pictures, row.name
        assert app.query_params["set"] == row.name


def test_penguins_are_shown_with_their_gaps(section: AppTest) -> None:
    app = _choose(section, "penguins")
    frame = app.dataframe[0].value
    assert len(frame) == 344 and list(frame.columns)[:2] == ["species", "island"]
    assert frame.isna().to_numpy().sum() == 2 * 4 + 11
    assert "333 of 344 rows are complete. 342 have all" in _said(app)
    app.toggle(key="only gaps").set_value(True).run()
    assert len(app.dataframe[0].value) == 11 and app.dataframe[0].value.isna().any(axis=1).all()


def test_features_are_chosen_and_a_made_set_is_made_anew(section: AppTest) -> None:
    app = _choose(section, "breast-cancer")
    features = app.multiselect[0]
    assert len(features.value) == 6 and len(features.options) == 30
    features.set_value([]).run()
    assert not app.exception and "Choose a feature." in _said(app)
    app = _choose(section, "moons")
    before = app.dataframe[0].value.to_numpy()[:, 0].astype(float)
    app.slider(key="set noise").set_value(0.5).run()
    assert not np.allclose(before, app.dataframe[0].value.to_numpy()[:, 0].astype(float))
    made = card("moons").load(samples=500, noise=0.5, seed=0).inputs[:, 0]
    np.testing.assert_allclose(app.dataframe[0].value.to_numpy()[:, 0].astype(float), made)


def test_an_address_names_a_set_and_a_wrong_one_is_the_first(section: AppTest) -> None:
    section.query_params["set"] = "wine"
    assert section.run().selectbox(key="studio set menu").value == "wine"
    section.query_params["set"] = "no such set"
    assert section.run().selectbox(key="studio set menu").value == DATASETS[0].name and not section.exception


def test_own_data_have_their_overview_and_only_for_their_owner(
    section: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    columns = (
        Column(name="height <b>", kind="number"),
        Column(name="empty", kind="number"),
        Column(name="island", kind="category", categories=("Dream", "Biscoe")),
    )
    values = np.array([[1.0, np.nan, 0], [2.0, np.nan, 1], [np.nan, np.nan, np.nan], [4.0, np.nan, 1]])
    table = ui.uploads.keep("my table", Table(columns=columns, values=values))
    pictures = np.arange(4 * 3 * 16 * 16).reshape(4, 3, 16, 16).astype(np.uint8)
    images = ui.uploads.keep(
        "my pictures", Images(pictures=pictures, labels=np.array([0, 1, 1, 0]), classes=("cat", "<script>"))
    )
    app = _choose(section.run(), table.id)
    assert "0 of 4 rows are complete" in _said(app)
    assert _charts(_choose(section, images.id)) == 2
    monkeypatch.setattr(ui.uploads, "owner", lambda: "somebody else")
    app = section.run()
    assert app.selectbox(key="studio set menu").value == DATASETS[0].name
    assert not any("yours" in option for option in app.selectbox(key="studio set menu").options)


def test_names_of_classes_are_letters_and_an_empty_class_is_left_out() -> None:
    images = np.zeros((2, 1, 4, 4), dtype=np.float32)
    rows = class_rows(images, np.array([0, 0]), ["<script>", "none"])
    assert "&lt;script&gt;" in rows and "<script>" not in rows and "none" not in rows
    assert rows.count("data:image/png") == 2
