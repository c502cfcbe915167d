"""Convolutions: watch filters and feature maps form, take any value apart, and draw a digit yourself."""

from dlcore.examples import example
from ui.glossary import term
from ui.lab_page import lab_page
from ui.live.component import Layout
from ui.sandbox.component import kernel_sandbox
from ui.teaching import concept, explain, predict, section


def lesson() -> None:
    """What is to be read before Play."""
    concept(
        "Convolutional networks",
        f"A small **{term('kernel')}** of {term('weight', 'weights')} slides over the image, which is called "
        f"{term('convolution')}; at each place it multiplies, adds up, and so answers how well its pattern fits there. "
        f"All answers of one kernel are a **{term('feature map')}**. {term('pooling', 'Pooling')} keeps the strongest "
        f"answers, and the next {term('layer')} looks for patterns of patterns.",
    )
    predict(
        "cnn",
        "The kernels begin as random numbers. What will the first ones look for after training?",
        ("Whole digits", "Edges and short strokes", "Single dark pixels"),
        right=1,
        why="A kernel of 5 × 5 sees too little for a digit, and edges and strokes at some angle are what digits have "
        f"in common. Nobody tells it so: the {term('gradient')} of the {term('loss')} does. Layers behind see a larger "
        f"part of the image (their {term('receptive field')}) and put such strokes together.",
    )


lab_page(
    "cnn",
    default=example("mnist-cnn").spec,
    lesson=lesson,
    layout=Layout(
        top=(("maps", 1),),
        below=(("filters", 1), ("loss", 1), ("score", 1)),
        tabs=(
            ("What filters like", ("likes",)),
            ("Confusion", ("confusion", "report")),
            ("ROC", ("roc", "precision_recall")),
            ("Mistakes", ("mistakes", "class_accuracy")),
            ("Gradients", ("gradient_norm", "gradients")),
            ("Updates", ("update_ratio", "learning_rate")),
            ("Weights", ("weights",)),
            ("Activations", ("activations",)),
        ),
    ),
)
explain(
    "**Sharing.** Every place of a map was made with the *same* few weights, which is why a stroke is found wherever "
    "it is, and why a convolution needs so few of them. Click a value of Conv 1 and press *Slide*: the window moves, "
    "the kernel stays.\n\n"
    "**Zeros.** After ReLU much of a map is zero: its pattern is not there. **Pooling** makes maps smaller and keeps "
    "the strongest answers, so a small shift of the digit changes little. **Depth.** Click a value of a later layer: "
    "the frame on the input shows how much more of the image it sees.\n\n"
    "**Your own digit.** Draw one. It is brought to the middle and to the size of the digits that the network has "
    "learned; without this, it would see something quite new."
)
section(
    "Kernel sandbox",
    "Choose an image and a kernel, or type one in, and slide it: every number of the map that comes out is a sum of "
    f"products like the one shown. How far the kernel goes at a time is its {term('stride')}; with {term('padding')} "
    "it also reaches over the edge. Nothing is trained here.",
)
kernel_sandbox(key="cnn sandbox")
