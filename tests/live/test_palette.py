"""Colours: orange negative, grey zero, blue positive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.browser
Module = Callable[..., Any]


def test_the_diverging_colours_are_orange_grey_blue(module: Module) -> None:
    script = """(() => { const p = m.readPalette(document.documentElement);
      const at = (i) => [p.diverging[i] & 255, p.diverging[i] >> 8 & 255, p.diverging[i] >> 16 & 255];
      return { low: at(0), mid: at(127), high: at(255), version: p.version,
        again: m.readPalette(document.documentElement).version,
        names: [p.negative, p.zero, p.positive].map(m.rgb), classes: p.classes.length,
        class: m.classRamp(p, 3).map((t) => [t[255] & 255, t[255] >> 8 & 255, t[255] >> 16 & 255]),
        first: p.classes.slice(0, 3).map(m.rgb) }; })()"""
    found = module("palette.js", script)
    assert [found["low"], found["high"]] == [found["names"][0], found["names"][2]]
    assert np.abs(np.subtract(found["mid"], found["names"][1])).max() <= 2
    assert found["low"][0] > found["low"][2] and found["high"][2] > found["high"][0]
    assert found["classes"] == 10 and found["class"] == found["first"] and found["version"] == found["again"]
