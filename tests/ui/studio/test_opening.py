"""Every data set opens on the pages that can learn from it."""

from __future__ import annotations

import pytest

from datasets.dataset import Card
from datasets.registry import DATASETS
from dlcore.labs.registry import find_lab
from dlcore.specs.layered import Layered
from ui.share import decode, encode
from ui.studio.opening import openings


@pytest.mark.parametrize("card", DATASETS, ids=lambda card: card.name)
def test_every_data_set_can_be_learned_somewhere(card: Card) -> None:
    found = openings({"kind": card.kind, "name": card.name}, len(card.shape or (1,)))
    pages = [page.path for page, _ in found]
    expected = ["builder", "cnn"] if card.kind == "images" else ["builder"]
    assert pages == (["playground", "builder"] if card.kind in ("generated", "table") else expected)
    for page, spec in found:
        assert page.lab is not None and isinstance(spec, find_lab(page.lab).spec)
        assert spec.data.name == card.name  # type: ignore[attr-defined]  # each of these learns from data
        assert decode(encode(spec))[0] == spec


def test_images_begin_with_convolutions_and_rows_with_dense_layers() -> None:
    kinds = {}
    for name, kind, axes in (("mnist", "images", 3), ("wine", "table", 1), ("waves", "series", 2)):
        spec = dict((page.path, spec) for page, spec in openings({"kind": kind, "name": name}, axes))["builder"]
        assert isinstance(spec, Layered)
        kinds[name] = {layer.kind for layer in spec.layers}
    assert "conv2d" in kinds["mnist"] and "conv1d" in kinds["waves"]
    assert kinds["wine"] == {"dense", "activation"}
