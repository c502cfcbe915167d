"""The Playground: build a small network, press Play, and watch everything inside."""

from dlcore.examples import example
from ui.lab_page import lab_page
from ui.live.component import Layout

lab_page(
    "playground",
    default=example("circle").spec,
    layout=Layout(
        top=(("network", 2), ("output", 1)),
        below=(("loss", 1), ("score", 1)),
        tabs=(
            ("Output in 3-D", ("output_3d",)),
            ("Confusion", ("confusion", "report")),
            ("ROC", ("roc", "precision_recall")),
            ("Gradients", ("gradient_norm", "gradients")),
            ("Updates", ("update_ratio", "learning_rate")),
            ("Weights", ("weights",)),
            ("Activations", ("preactivations", "activations")),
            ("Dropout", ("dropout",)),
        ),
    ),
)
