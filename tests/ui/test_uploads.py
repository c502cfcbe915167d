"""Whose data are whose, and what ends with them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from streamlit.runtime.caching import clear_session_resource_cache
from streamlit.testing.v1 import AppTest

import ui.uploads
from datasets.upload.folder import VARIABLE
from dlcore.engine.errors import Refused
from dlcore.engine.local import LocalEngine
from dlcore.specs.layered import Layered
from dlcore.specs.supervised import Supervised
from tests.own import flowers, own_images, own_table, sketches

SESSION = "test session id"  # of every AppTest
FIRST = {"loss": "cross_entropy"}


@pytest.fixture
def store() -> Iterator[ui.uploads.Uploads]:
    clear_session_resource_cache(SESSION)  # pages of other tests in this process, whose connection never ended
    found = ui.uploads.open_uploads()
    yield found
    ui.uploads.close_uploads()


def test_one_store_a_server_that_ends_with_it(store: ui.uploads.Uploads) -> None:
    assert ui.uploads.open_uploads() is store is ui.uploads.the_uploads()
    assert os.environ[VARIABLE] == str(store.folder) and store.folder.is_dir()
    ui.uploads.close_uploads()
    assert not store.folder.exists() and VARIABLE not in os.environ
    with pytest.raises(RuntimeError, match="layerlab serve"):
        ui.uploads.the_uploads()


def test_texts_that_name_anothers_data_are_refused_in_whatever_form(store: ui.uploads.Uploads) -> None:
    upload = store.add("anna", "flowers.csv", flowers()).id
    spec = Supervised.parse({"data": own_table(upload, flowers()), "training": FIRST})
    assert ui.uploads.why_not(spec.as_json(), "anna") is None
    assert ui.uploads.why_not(Supervised().as_json(), "ben") is None
    for text in (spec.as_json(), f'{{"data.upload": "{upload}"}}', f'[["x", {{"changes": "{upload}"}}]]'):
        assert "uploaded by somebody else and stay with them" in str(ui.uploads.why_not(text, "ben"))
    store.drop(upload, "anna")
    assert "gone with the visit" in str(ui.uploads.why_not(spec.as_json(), "anna"))


@pytest.mark.slow  # an engine
def test_a_run_of_anothers_data_cannot_be_had_and_ends_with_them(web_engine: LocalEngine) -> None:
    store, table, images = ui.uploads.the_uploads(), flowers(), sketches()
    mine = store.add("anna", "flowers.csv", table).id
    pictures = store.add("anna", "sketches.zip", images).id
    spec = Supervised.parse({"data": own_table(mine, table), "training": FIRST})
    layers = [{"kind": "flatten"}, {"kind": "dense", "units": 2}]
    stack = Layered.parse({"data": own_images(pictures, images), "layers": layers, "training": FIRST})
    run, other = web_engine.start(spec, owner="anna"), web_engine.start(stack, owner="anna")
    assert run.built.result(60)["generation"] == other.built.result(60)["generation"] == 1
    run.step(3).result(60)
    with pytest.raises(Refused, match="uploaded by somebody else"):
        web_engine.start(spec, owner="ben")
    bens = web_engine.start(Supervised(), owner="ben")
    bens.built.result(60)
    for command in (
        lambda: bens.change({"data": spec.data.as_dict(), "training.loss": "cross_entropy"}),
        lambda: bens.change({"data.upload": mine}),
        lambda: bens.reset(spec),
    ):
        with pytest.raises(Refused, match="uploaded by somebody else"):
            command().result(60)
    store.drop(mine, "anna")
    assert web_engine.find(run.id) is None and "gone with the visit" in str(web_engine.farewell(run.id))
    assert web_engine.find(other.id) is other and web_engine.find(bens.id) is bens
    bens.step(2).result(60)
    with pytest.raises(Refused, match="gone with the visit"):
        web_engine.start(spec, owner="anna")
    store.drop(pictures, "anna")


def _page() -> None:
    from ui.uploads import here, mine

    here()
    import streamlit as st

    st.session_state["mine"] = [upload.title for upload in mine()]


def test_an_open_page_keeps_its_owners_data(store: ui.uploads.Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui.uploads, "owner", lambda: "anna")
    store.add("anna", "flowers.csv", flowers())
    store.add("ben", "other.csv", flowers())
    app = AppTest.from_function(_page).run()
    assert not app.exception and app.session_state["mine"] == ["flowers.csv"]
    assert list(store._visits.values()) == ["anna"] and list(store._left) == ["ben"]
    clear_session_resource_cache(SESSION)  # as Streamlit does when the browser's connection ends
    assert not store._visits and set(store._left) == {"anna", "ben"}


@pytest.mark.parametrize("text", ["soon", "0", "-1", "nan", "1e9"])
def test_a_time_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERLAB_UPLOADS_AWAY", text)
    with pytest.raises(ValueError, match="LAYERLAB_UPLOADS_AWAY: expected a number of seconds above 0"):
        ui.uploads.open_uploads()
