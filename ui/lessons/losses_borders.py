"""The border that each loss draws between the same classes, some points of which lie far on their own side."""

from __future__ import annotations

import streamlit as st

from dlcore.specs.race import Race
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.lessons.losses_clouds import Cloud, drawn
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict

_NEAR = (
    Cloud(x1=-1.0, x2=0.0, spread=0.5, count=40, label=0),
    Cloud(x1=1.0, x2=0.0, spread=0.5, count=40, label=1),
)
POINTS = {
    "Two clouds": drawn(_NEAR),
    "Some lie far off": drawn((*_NEAR, Cloud(x1=5.3, x2=0.0, spread=0.4, count=40, label=1))),
}
# Scores are recorded in tests/ui/lessons/test_losses_borders.py.
BORDERS = Race.parse(
    {
        "base": {
            "kind": "supervised",
            "data": POINTS["Some lie far off"],
            "network": {"layers": [], "initialization": "zeros"},
            "training": {"loss": "bce", "optimizer": "gd", "learning_rate": 0.05, "epochs": 1000},
        },
        "variants": [
            {"title": "Squared error", "changes": {"training.loss": "mse", "network.output": "linear"}},
            {"title": "Absolute error", "changes": {"training.loss": "mae", "network.output": "linear"}},
            {"title": "Squared, of p", "changes": {"training.loss": "mse", "network.output": "sigmoid"}},
            {"title": "Cross-entropy", "changes": {"training.loss": "bce"}},
        ],
    }
)
_EACH = range(len(BORDERS.variants))
_OF_P = 2  # looks as cross-entropy does


def borders_section() -> None:
    """Draw the section."""
    lab_section(
        "losses",
        "borders",
        default=BORDERS,
        suits=lambda spec: spec.variants == BORDERS.variants,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=tuple((f"output_{number}", 1) for number in _EACH if number != _OF_P),
            below=(("score", 1), ("scores", 1)),
            tabs=(
                ("Squared error of p", (f"output_{_OF_P}",)),
                ("Loss", ("loss",)),
                ("Confusion", [f"confusion_{number}" for number in _EACH]),
            ),
        ),
    )
    explain(
        "The first two have no sigmoid: their answers are numbers that should be −1 and 1. A point that lies far on "
        "its *own* side gets 4, say. That is right, and more than right; but the **squared error** sees a mistake of 3 "
        "and punishes it with 9. So it turns its slope down and moves the border towards the far points, into the near "
        "cloud: right answers are given up because others were *too* right. The **absolute error** does even worse "
        "here: forty near blue points that are off by about 1 cost less than forty far ones that are off by 4, so it "
        "gives the near ones up. What made it robust against one outlier makes it side with the many.\n\n"
        "With a **sigmoid** nobody can be too right: far points have $p \\approx 1$ and no gradient. Squared error "
        "of $p$ and cross-entropy leave the border between the clouds. They differ in how fast they learn (see "
        "the section before) and in that cross-entropy, whose minimum is the most likely explanation of the data, "
        "gives probabilities that one may take at their word.\n\n"
        "Take the two clouds alone: then all four draw much the same border."
    )
    st.page_link(page_at("playground").script, label="Try any loss on any data in the Playground")


def _lesson() -> None:
    st.header("The border of each loss", anchor=False)
    st.markdown(
        f"Four single units learn the same two classes from the same points and start from zero. They differ in the "
        f"{term('loss')}, and in whether a {term('sigmoid')} stands before it. Forty blue points lie far to the right, "
        "where nobody could mistake them."
    )
    predict(
        "losses borders",
        "Forty points that are easy to tell join on the far right. What does the squared error without a sigmoid do?",
        ("Its border stays where it is", "Its border moves to the left", "Its border moves to the right"),
        right=2,
        why="For the far points it would have to answer 1, and a straight slope that fits the near points answers far "
        "more there. To lower those errors the slope becomes flatter, and the place where it is 0 moves towards them: "
        "blue points near the middle fall on the wrong side.",
    )


def _settings(form: Form) -> None:
    points = form.spec.base.data.as_dict()
    chosen = next((name for name, data in POINTS.items() if _same(points, data)), None)
    st.segmented_control(
        "Points ↻",
        tuple(POINTS),
        width="stretch",
        **form.bind("base.data", chosen, lambda _spec, name: {"base.data": POINTS[name]} if name else {}),
    )
    st.caption("Full batches, plain gradient descent, learning rate 0.05.")


def _same(points: dict[str, object], data: dict[str, object]) -> bool:
    return points.get("points") == data["points"]
