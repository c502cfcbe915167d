"""The perceptron: one unit, one sample at a time, no gradient."""

from dlcore.examples import example
from ui.glossary import term
from ui.lab_page import lab_page
from ui.live.component import Layout
from ui.teaching import concept, explain, predict


def lesson() -> None:
    """What is to be read before Play."""
    concept(
        "The perceptron, 1958",
        f"One {term('unit')} draws a straight line: class 1 where $w \\cdot x + b > 0$. "
        f"It looks at one {term('sample')} at a time. If the "
        "class is right it does nothing; if it is wrong, it moves $w$ by $\\pm\\eta\\,x$ and $b$ by $\\pm\\eta$.",
    )
    predict(
        "perceptron",
        "On two well separated clouds: what will it do?",
        ("It never stops correcting", "It stops after finitely many mistakes", "It finds the best line of all"),
        right=1,
        why="If a line separates the classes, the rule stops after finitely many mistakes (Novikoff, 1962). The line "
        "is *one* that separates, not the best: it stays where the last mistake left it. Now take XOR, which no line "
        "separates: the perceptron never comes to rest (Minsky and Papert, 1969).",
    )


lab_page(
    "perceptron",
    default=example("perceptron").spec,
    lesson=lesson,
    layout=Layout(
        top=(("output", 1), ("network", 1)),
        below=(("mistakes", 1), ("score", 1)),
        tabs=(("Confusion", ("confusion",)),),
    ),
)
explain(
    "The learning rate η changes nothing but the scale here: with weights that start at 0, every weight is a multiple "
    "of η, and the line, and so every decision, is the same for each η > 0."
)
