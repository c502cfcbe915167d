"""What the previews of each step show is what the preparation does."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from datasets.upload.store import Uploads
from tests.own import OWNER, flowers, own_table, uploads
from ui.studio.own_preview import preview_of, steps_of


@pytest.fixture
def store() -> Iterator[Uploads]:
    with uploads() as found:
        yield found


def test_only_steps_that_change_something_are_shown(store: Uploads) -> None:
    table = flowers()
    upload = store.add(OWNER, "flowers.csv", table).id
    data = own_table(upload, table)
    assert list(steps_of(preview_of(data))) == ["missing", "categories", "scaling"]
    assert list(steps_of(preview_of(data.replace({"keep": 2})))) == ["missing", "categories", "choice", "scaling"]
    assert list(steps_of(preview_of(own_table(upload, table, columns=["weight"])))) == ["scaling"]


def test_a_preview_is_what_a_network_gets(store: Uploads) -> None:
    table = flowers()
    data = own_table(store.add(OWNER, "flowers.csv", table).id, table)
    honest, leaky = preview_of(data), preview_of(data.replace({"leak": True}))
    mean = np.nanmean(table.values[honest.train, 0])
    assert honest.recipe.filler.values[0] == pytest.approx(mean)
    assert leaky.recipe.filler.values[0] == pytest.approx(np.nanmean(table.values[:, 0])) != pytest.approx(mean)
    assert np.isnan(honest.whole).any() and not np.isnan(honest.filled).any()


def test_dropped_rows_are_seen_before_they_are_dropped(store: Uploads) -> None:
    table = flowers()
    preview = preview_of(own_table(store.add(OWNER, "flowers.csv", table).id, table, missing="drop"))
    assert len(preview.whole) == 60 > len(preview.dataset.targets) and "missing" in steps_of(preview)
