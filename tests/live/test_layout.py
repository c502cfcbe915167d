"""Which view stands where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Module = Callable[..., Any]


@pytest.mark.parametrize(
    ("layout", "names", "expected"),
    [
        (
            {"top": [["a", 2], ["b", 1]]},
            ["a", "c"],
            {"top": [[["a", 2]]], "below": [], "tabs": [{"title": "More", "views": ["c"]}]},
        ),
        ({"top": [[["a", 1]], [["b", 1]]]}, None, {"top": [[["a", 1]], [["b", 1]]], "below": [], "tabs": []}),
        (
            {"below": [["a", 1]], "tabs": [{"title": "T", "views": ["b", "x"]}, {"title": "U", "views": ["x"]}]},
            ["a", "b"],
            {"top": [], "below": [[["a", 1]]], "tabs": [{"title": "T", "views": ["b"]}]},
        ),
        ({"top": [["a", 1]], "only": True}, ["a", "b"], {"top": [[["a", 1]]], "below": [], "tabs": []}),
    ],
)  # fmt: skip
def test_arrangement(module: Module, layout: dict[str, Any], names: list[str] | None, expected: dict[str, Any]) -> None:
    assert module("layout.js", "m.arrangement(a[0], a[1])", [layout, names]) == expected
