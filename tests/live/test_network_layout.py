"""Where the parts of the diagram stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Module = Callable[..., Any]
LETTER = 7  # px a letter of these tests is wide


def options(hidden: int, units: int, *titles: str) -> dict[str, Any]:
    layers = [{"units": units, "activation": "tanh", "name": f"Hidden {k}"} for k in range(hidden)]
    output = {"units": max(1, len(titles)), "activation": "linear", "name": "Output", "titles": list(titles)}
    return {"inputs": ["x₁", "x₂"], "layers": [*layers, output], "edit": {"max_layers": 8, "max_units": 16}}


def layout(module: Module, given: dict[str, Any], width: int = 573, height: int = 282) -> dict[str, Any]:
    script = f"m.layout(a, {width}, {height}, (text) => text.length * {LETTER})"
    found: dict[str, Any] = module("network-layout.js", script, given)
    return found


def label_end(plan: dict[str, Any]) -> float:
    output = plan["columns"][-1]
    end: float = output["x"] + output["size"] / 2 + 6 + plan["labels"]["after"]
    return end


@pytest.mark.parametrize("hidden", [0, 1, 4, 7, 8])
def test_the_output_s_name_stands_in_full_inside_the_diagram(module: Module, hidden: int) -> None:
    plan = layout(module, options(hidden, 16, "inside"))
    assert plan["width"] == 573, "it fits the network's panel on a projector without scrolling"
    assert plan["labels"]["after"] >= len("inside") * LETTER
    assert label_end(plan) <= plan["width"]


def test_long_names_are_cut_before_the_diagram_scrolls(module: Module) -> None:
    roomy, full = (layout(module, options(hidden, 16, "disease progression")) for hidden in (1, 8))
    assert roomy["labels"]["after"] > full["labels"]["after"] >= 40
    assert full["width"] == 573 and label_end(full) <= 573
    narrow = layout(module, options(8, 16, "inside"), width=366)
    assert narrow["width"] > 366, "the buttons of eight layers do not fit a phone: there it scrolls"
    assert label_end(narrow) <= narrow["width"]


@pytest.mark.parametrize("hidden", [0, 3, 8])
def test_no_two_columns_or_units_overlap(module: Module, hidden: int) -> None:
    plan = layout(module, options(hidden, 16, "a", "b", "c"))
    for left, right in zip(plan["columns"], plan["columns"][1:], strict=False):
        assert left["x"] + left["size"] / 2 < right["x"] - right["size"] / 2
    for column in plan["columns"]:
        for upper, lower in zip(column["units"], column["units"][1:], strict=False):
            assert upper["y"] + upper["size"] / 2 < lower["y"] - lower["size"] / 2
        assert column["units"][0]["y"] - column["size"] / 2 >= plan["head"]
        assert column["units"][-1]["y"] + column["size"] / 2 <= plan["height"]
