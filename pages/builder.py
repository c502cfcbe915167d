"""The Builder: stack a network layer by layer, for any data set, and train it."""

from dlcore.specs.layered import Layered
from ui.builder.component import stack_editor
from ui.lab_page import lab_page
from ui.live.component import Layout

lab_page(
    "builder",
    default=Layered(),
    editor=stack_editor,
    layout=Layout(
        below=(("loss", 1), ("score", 1)),
        tabs=(
            ("Output", ("output",)),
            ("Feature maps", ("maps",)),
            ("Filters", ("filters",)),
            ("Confusion", ("confusion", "report")),
            ("ROC", ("roc", "precision_recall")),
            ("Gradients", ("gradient_norm", "gradients")),
            ("Updates", ("update_ratio", "learning_rate")),
            ("Weights", ("weights",)),
            ("Activations", ("activations",)),
        ),
    ),
)
