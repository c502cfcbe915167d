"""The Data tab of those who brought data of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import ui.uploads
from dlcore.specs.layered import Layered
from dlcore.specs.own_table import OwnTable
from dlcore.specs.supervised import Supervised
from tests.own import flowers, own_images, own_table, sketches
from ui.controls.data_kinds import kinds_for
from ui.studio.own_kept import remember


@pytest.fixture
def mine(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The ids of a table and of pictures that somebody keeps."""
    monkeypatch.setattr(ui.uploads, "owner", lambda: "somebody")
    store = ui.uploads.open_uploads()
    table, images = flowers(), sketches()
    found = {"table": store.add("somebody", "t", table).id, "images": store.add("somebody", "i", images).id}
    remember(own_table(found["table"], table))
    remember(own_images(found["images"], images))
    yield found
    ui.uploads.close_uploads()


def kinds(spec: Layered | Supervised) -> dict[str, object]:
    return {row.kind: row for row in kinds_for(spec, plane=True)}


def test_own_data_are_offered_to_who_has_some(mine: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"own_table", "own_images"} <= set(kinds(Layered()))
    assert "own_table" in kinds(Supervised()) and "own_images" not in kinds(Supervised())
    monkeypatch.setattr(ui.uploads, "owner", lambda: "another")
    assert not {"own_table", "own_images"} & set(kinds(Layered()))


@pytest.mark.parametrize("spec", [Layered(), Supervised()], ids=["layered", "supervised"])
def test_taking_them_keeps_the_experiment_whole(mine: dict[str, str], spec: Layered | Supervised) -> None:
    for row in kinds_for(spec, plane=True):
        if row.kind.startswith("own_"):
            taken = spec.replace(row.take(spec))
            assert taken.data.kind == row.kind
            assert taken.data.upload in mine.values()  # type: ignore[union-attr]  # both own kinds have one
    table = spec.replace(next(row for row in kinds_for(spec, plane=True) if row.kind == "own_table").take(spec))
    assert isinstance(table.data, OwnTable) and table.training.loss == "cross_entropy"
