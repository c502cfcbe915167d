"""Kernels in a real browser: right values, and any input map or filter can be chosen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from layered_lab import LiveLab
from single_view import SingleView

pytestmark = pytest.mark.browser
SHOWN = "(k) => [...window.shown.blocks[k].values]"


def test_kernels_are_the_networks_own(tab: Any, harness: Any) -> None:
    live = LiveLab()
    page = tab(420, 600)
    single = SingleView(page, harness.url, live.view("filters"), (400, 500))
    single.describe()
    single.frame(live.arrays("filters"))
    titles = page.locator(".llv-filter .llv-block-title").all_inner_texts()
    assert titles[:3] == ["Conv 1", "Conv 2", "Conv transpose 1"]
    network = live.lab.network
    np.testing.assert_allclose(page.evaluate(SHOWN, 0), network.conv1.weight.detach().flatten())
    assert page.locator(".llv-filter select").first.is_hidden(), "a single input map: nothing to choose"
    # in a convolution of two groups a filter sees the maps of its group
    second = network.conv2.weight.detach()
    np.testing.assert_allclose(page.evaluate(SHOWN, 1), second[:, 0].flatten())
    page.get_by_label("Which kernels of Conv 2").select_option("output 3")
    np.testing.assert_allclose(page.evaluate(SHOWN, 1), second[3].flatten())
    # a transposed convolution counts its inputs first
    transposed = network.conv_transpose1.weight.detach()
    page.get_by_label("Which kernels of Conv transpose 1").select_option("output 2")
    np.testing.assert_allclose(page.evaluate(SHOWN, 2), transposed[:, 2].flatten())
    page.locator(".llv-filter .llv-tiles").nth(1).hover(position={"x": 5, "y": 5})
    card = page.locator(".llv-card:popover-open").inner_text()
    assert "Conv 2 · filter 4, map of its group 1, row 1, column 1" in card and "bias of filter 4" in card
    live.lab.edit("weight/0", (0, 0, 0, 0), 50.0)
    single.frame(live.arrays("filters"))
    assert page.evaluate(SHOWN, 0)[0] == 50 and "±50" in page.locator(".llv-block-scale").first.inner_text()
    assert single.axe() == []
