"""A hypothesis strategy for networks that can be followed step by step, with every activation and every loss."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from dlcore.specs import limits
from dlcore.specs.traced import LOSS_NAMES, ON_SCORES, Traced
from dlcore.training.activations import ACTIVATIONS

HIDDEN = tuple(row.name for row in ACTIVATIONS if row.hidden)
ANY = tuple(row.name for row in ACTIVATIONS)


@st.composite
def traced(draw: st.DrawFn) -> Traced:
    """Up to the largest network there may be, with numbers of the size that networks begin with."""
    units = [
        draw(st.integers(1, limits.TRACED_INPUTS)),
        *draw(st.lists(st.integers(1, limits.TRACED_UNITS), max_size=limits.TRACED_LAYERS)),
        draw(st.integers(1, limits.TRACED_UNITS)),
    ]
    loss = draw(st.sampled_from(LOSS_NAMES))
    last = ON_SCORES.get(loss) or draw(st.sampled_from(ANY))
    numbers = st.floats(-2.0, 2.0)
    layers = [
        {
            "weights": [[draw(numbers) for _ in range(below)] for _ in range(here)],
            "biases": [draw(numbers) for _ in range(here)],
            "activation": last if number == len(units) - 2 else draw(st.sampled_from(HIDDEN)),
        }
        for number, (below, here) in enumerate(pairwise(units))
    ]
    if loss == "cross_entropy":
        true = draw(st.integers(0, units[-1] - 1))
        target = [float(k == true) for k in range(units[-1])]
    else:
        wanted = st.floats(0.0, 1.0) if loss == "bce" else st.floats(-3.0, 3.0)
        target = [draw(wanted) for _ in range(units[-1])]
    return Traced.parse(
        {"inputs": [draw(numbers) for _ in range(units[0])], "layers": layers, "target": target, "loss": loss}
    )
