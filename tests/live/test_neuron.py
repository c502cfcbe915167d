"""What the neuron by hand and the units of 1943 compute in the browser, against PyTorch and truth tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

pytestmark = pytest.mark.browser
Module = Callable[..., Any]
FUNCTIONS = {
    "step": lambda z: (z > 0).double(),
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
}


def test_activations_are_those_of_pytorch(module: Module) -> None:
    z = torch.cat([torch.linspace(-40, 40, 321, dtype=torch.float64), torch.tensor([-800.0, 800.0])])
    for name, function in FUNCTIONS.items():
        found = module("neuron-maths.js", f"a.map(m.ACTIVATIONS.{name}.f)", z.tolist())
        np.testing.assert_allclose(found, function(z).numpy(), rtol=1e-14, atol=1e-300)


def test_border_mistakes_and_surface_are_those_of_the_sum(module: Module) -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        w1, w2, b = (round(float(v), 2) for v in rng.uniform(-3, 3, 3))
        points = [[*map(float, rng.uniform(-3, 3, 2)), int(rng.integers(2))] for _ in range(12)]
        neuron = {"w1": w1, "w2": w2, "b": b}
        found = module(
            "neuron-maths.js",
            """({ wrong: m.mistakes(a.neuron, a.points), ends: m.ends(a.neuron, 3), foot: m.foot(a.neuron, 1, 2),
                  through: m.biasThrough(a.neuron, 1, 2), map: [...m.surface(a.neuron, "sigmoid", 3, 5)],
                  tall: [...m.heights(a.neuron, "tanh", 3, 6)] })""",
            {"neuron": neuron, "points": points},
        )
        at = torch.tensor(points, dtype=torch.float64)
        z = at[:, :2] @ torch.tensor([w1, w2], dtype=torch.float64) + b
        assert found["wrong"] == int(((z > 0) != (at[:, 2] == 1)).sum())
        for x1, x2 in [*(found["ends"] or []), found["foot"]]:
            assert w1 * x1 + w2 * x2 + b == pytest.approx(0, abs=1e-9)
        away = np.subtract([1, 2], found["foot"])
        assert away[0] * w2 - away[1] * w1 == pytest.approx(0, abs=1e-9), "w stands at right angles to the border"
        assert w1 + 2 * w2 + found["through"] == pytest.approx(0, abs=1e-12)
        place = torch.linspace(-2.4, 2.4, 5, dtype=torch.float64)
        grid = torch.sigmoid(w1 * place[None, :] + w2 * place.flip(0)[:, None] + b)
        np.testing.assert_allclose(found["map"], 255 * grid.flatten().numpy(), atol=0.5 + 1e-9)
        corner = torch.linspace(-3, 3, 7, dtype=torch.float64)
        tall = torch.tanh(w1 * corner[None, :] + w2 * corner[:, None] + b)
        np.testing.assert_allclose(found["tall"], tall.flatten().numpy(), atol=1e-12)
    assert module("neuron-maths.js", "[0, 5, 5.1, 27, 99].map(m.zWidth)") == [5, 5, 10, 30, 30]
    assert module("neuron-maths.js", "m.foot({ w1: 0, w2: 0, b: 1 }, 1, 2)") is None
    assert module("neuron-maths.js", "m.ends({ w1: 0.1, w2: 0, b: 9 }, 3)") is None


def test_units_of_1943_follow_the_rule_and_one_alone_never_computes_xor(module: Module) -> None:
    script = """(() => { const found = {};
      for (const [name, { wanted, solution }] of Object.entries(m.GOALS)) found[name] = {
        wanted: m.ROWS.map(([a, b]) => wanted(a, b)), given: m.ROWS.map(([a, b]) => m.answers(solution, a, b).at(-1)),
        right: m.right(solution, name), empty: m.right(m.empty(name), name) };
      return found; })()"""
    found = module("threshold-maths.js", script)
    tables = {
        "and": [0, 0, 0, 1],
        "or": [0, 1, 1, 1],
        "not": [1, 1, 0, 0],
        "but": [0, 0, 1, 0],
        "xor": [0, 1, 1, 0],
    }  # by hand, rows 00 01 10 11
    assert {name: row["wanted"] for name, row in found.items()} == tables
    assert all(row["given"] == row["wanted"] and row["right"] == 4 and row["empty"] < 4 for row in found.values())
    every = """[0, 1, -1].flatMap((a) => [0, 1, -1].flatMap((b) => [0, 1, -1].flatMap((c) => [1, 2, 3].map((theta) => {
      const unit = { links: [a, b, c], threshold: theta };
      return { ...unit, table: m.ROWS.map(([x, y]) => m.fires(unit, [x, y, 1])) };
    }))))"""
    units = module("threshold-maths.js", every)
    assert len(units) == 81
    for unit in units:
        rows = [(x, y, 1) for x in (0, 1) for y in (0, 1)]
        by_rule = [
            int(
                not any(link == -1 and value for link, value in zip(unit["links"], row, strict=True))
                and sum(value for link, value in zip(unit["links"], row, strict=True) if link == 1) >= unit["threshold"]
            )
            for row in rows
        ]
        assert unit["table"] == by_rule
    assert tables["xor"] not in [unit["table"] for unit in units], "as the page says"
