"""A unit that begins sure of the wrong classes: squared error and cross-entropy race out of it."""

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

# Both weights begin at 0.5, so z = 0.5 (x1 + x2): about 4.5 where the class is 0, and −4.5 where it is 1.
# Epochs until the classes are right are recorded in tests/ui/lessons/test_losses_wrong.py.
WRONG = Race.parse(
    {
        "base": {
            "kind": "supervised",
            "data": drawn(
                (
                    Cloud(x1=4.5, x2=4.5, spread=0.6, count=40, label=0),
                    Cloud(x1=-4.5, x2=-4.5, spread=0.6, count=40, label=1),
                )
            ),
            "network": {"layers": [], "output": "sigmoid", "initialization": "constant"},
            "training": {"loss": "bce", "optimizer": "gd", "learning_rate": 0.01, "epochs": 200},
        },
        "variants": [
            {"title": "Squared error", "changes": {"training.loss": "mse"}},
            {"title": "Binary cross-entropy", "changes": {"training.loss": "bce"}},
        ],
    }
)
RATES = (0.003, 0.01, 0.03, 0.1)


def wrong_section() -> None:
    """Draw the section."""
    lab_section(
        "losses",
        "wrong",
        default=WRONG,
        suits=lambda spec: spec.variants == WRONG.variants,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("output_0", 1), ("output_1", 1)),
            below=(("score", 1), ("loss", 1)),
            tabs=(("Confusion", ("confusion_0", "confusion_1")),),
        ),
    )
    explain(
        "At the start every $z$ has the wrong sign: $p$ is about 0.01 where it should be 1. **Cross-entropy** pushes "
        "each score with $|p - y|$, nearly 1: within some twenty epochs the classes have changed sides.\n\n"
        "The **squared error** pushes with $2\\,|p-y|\\,p(1-p)$, some fiftieth of that. For a long while its curve "
        "is flat and looks as if training had ended, although *every* answer is wrong. Then a few points get out of "
        "the sigmoid's flat part, and suddenly all goes fast.\n\n"
        "So for classes one takes cross-entropy: with it the sigmoid's slope $p(1-p)$ cancels out of the gradient. "
        "PyTorch's `BCEWithLogitsLoss` takes the score $z$ itself, so that nothing is lost to rounding where "
        "$p$ is 0 or 1 to the last digit. The losses' heights cannot be compared; compare the accuracy."
    )
    st.page_link(
        page_at("losses").script, label="Next: the border that each loss draws", query_params={"section": "borders"}
    )


def _lesson() -> None:
    st.header("Sure, and wrong", anchor=False)
    st.markdown(
        f"One unit with a {term('sigmoid')} begins with weights that get every class wrong, and is 99 % sure of it. "
        "Two copies learn from the same points; only the loss differs."
    )
    predict(
        "losses wrong",
        "Which of the two gets the classes right first?",
        ("Squared error", "Binary cross-entropy", "Both need as long"),
        right=1,
        why="The squared error's gradient contains the slope of the sigmoid, and that is almost 0 for an answer of "
        "which the unit is sure. The more sure it is of something wrong, the *less* it learns. Cross-entropy has no "
        "such factor.",
    )


def _settings(form: Form) -> None:
    rate = form.spec.base.training.learning_rate
    st.select_slider(
        "Learning rate",
        sorted({*RATES, rate}),
        help="The same for both.",
        **form.bind("base.training.learning_rate", rate),
    )
    st.caption("80 points, full batches, plain gradient descent: nothing here is left to chance.")
