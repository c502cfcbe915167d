"""The section on rare classes: a set on which accuracy is worthless, and what weights and over-sampling change."""

from __future__ import annotations

import streamlit as st

from dlcore.specs.race import Race
from ui.controls.chance import draw_anew
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.live.component import Layout
from ui.teaching import explain, predict

SHARES = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005)
_CURES = range(3)
RARE = Race.parse(
    {
        "base": {
            "kind": "supervised",
            "data": {"kind": "generated", "name": "fraud", "samples": 5_000, "positives": 0.01},
            "network": {"layers": [{"units": 6}]},
            "training": {"optimizer": "adam", "learning_rate": 0.01, "batch_size": 32, "epochs": 30},
        },
        "variants": [
            {"title": "As they are"},
            {"title": "Class weights", "changes": {"training.class_weights": "balanced"}},
            {"title": "Over-sampling", "changes": {"training.oversampling": True}},
        ],
    }
)


def rare_classes_section() -> None:
    """Draw the section."""
    lab_section(
        "data",
        "rare",
        default=RARE,
        suits=lambda spec: spec.variants == RARE.variants and getattr(spec.base.data, "name", "") == "fraud",
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("report", 3), ("precision_recall", 2)),
            below=(("score", 3), ("roc", 2)),
            tabs=(
                ("Outputs", [f"output_{number}" for number in _CURES]),
                ("Confusion", [f"confusion_{number}" for number in _CURES]),
                ("Loss", ("loss",)),
                ("Accuracy as bars", ("scores",)),
            ),
            only=True,
        ),
    )
    explain(
        f"Where 1 % is fraud, always saying “honest” is right in 99 %: **{term('accuracy')}** hardly tells a good "
        f"network from a useless one. **{term('recall', 'Recall')}** says how many of the frauds are found, "
        f"**{term('precision')}** how many of the alarms are right, and {term('F1')} is high only where both are. All "
        f"come from the {term('confusion matrix')}: frauds found (TP) and missed (FN), false alarms (FP).\n\n"
        "$$\\text{precision}=\\frac{TP}{TP+FP}\\qquad\\text{recall}=\\frac{TP}{TP+FN}\\qquad "
        "F_1=\\frac{2\\,\\text{precision}\\cdot\\text{recall}}{\\text{precision}+\\text{recall}}$$\n\n"
        f"**{term('class weights', 'Class weights')}** count a sample $n/(C\\,n_c)$ times in the loss; "
        f"**{term('over-sampling')}** draws every class as often. Both make frauds weigh as much as honest payments. "
        "So the border moves: more frauds are found, and more honest people are accused. Recall goes up, precision "
        "down, and the probabilities that the network gives are then too high for fraud.\n\n"
        "The **curves** look at all borders at once. They differ far less than the bars: all three networks rank the "
        "payments much alike, and each puts its border (the dot) elsewhere. Which border is best depends on what a "
        f"missed fraud and a false alarm cost. Where frauds are rare the {term('precision-recall curve')} tells more "
        f"than the {term('ROC curve', 'ROC')}, for it sets false alarms against the alarms and not against all honest "
        "payments.\n\n"
        "The test part is never balanced: it shows the world as it is. With 0.5 % it holds only a dozen frauds, so "
        "its numbers jump; take other payments and see."
    )


def _lesson() -> None:
    st.header("Rare classes", anchor=False)
    st.markdown(
        "Few payments are fraud, as few as you choose. Three networks start from the same weights: one learns from the "
        f"payments and their {term('label', 'labels')} as they are, one counts frauds more in the **{term('loss')}**, "
        "one **draws** them more often."
    )
    predict(
        "rare",
        "1 % is fraud, and nothing is done about it: what does the network reach?",
        ("It finds most frauds", "99 % accuracy, and it finds few frauds", "50 % accuracy: it cannot learn"),
        right=1,
        why="In the loss a hundred honest payments outweigh the one fraud among them. Where the two overlap, saying "
        "“honest” costs least, and that is what it learns to say nearly everywhere. Its accuracy is that of somebody "
        "who looks at nothing: compare the last group of bars.",
    )


def _settings(form: Form) -> None:
    data = form.spec.base.data
    share = data.share_of_positives
    st.select_slider(
        "Share of fraud ↻",
        sorted({*SHARES, share}, reverse=True),
        format_func=lambda value: f"{value:.1%}" if value < 0.1 else f"{value:.0%}",
        help="How many of all payments are fraud, in the training and in the test part.",
        **form.bind("base.data.positives", share),
    )
    st.select_slider(
        "Noise ↻",
        sorted({0.0, 0.25, 0.5, data.noise}),
        format_func=lambda value: f"{value:.0%}",
        help="How much wider both kinds of payments are spread: the more they overlap, the harder to tell apart.",
        **form.bind("base.data.noise", data.noise),
    )
    draw_anew(
        form,
        "Other payments",
        "base.data.seed",
        help="Draws all payments anew by the same rule: which of the numbers were chance?",
        key="again",
    )
    rare = round(share * data.samples)
    st.caption(f"{data.samples:,} payments, {rare:,} of them fraud; half of either kind is for testing.")
