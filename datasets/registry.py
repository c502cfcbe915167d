"""The data sets one can learn from, each with its card. A new one is a file beside this and a row here."""

from __future__ import annotations

from datasets.circle import make_circle
from datasets.dataset import Card
from datasets.gauss import make_gauss
from datasets.hills import make_hills
from datasets.moons import make_moons
from datasets.plane import make_plane
from datasets.rings import make_rings
from datasets.sine import make_sine
from datasets.spiral import make_spiral
from datasets.xor import make_xor

_PLAYGROUND = (
    "Made on the spot by the rule of TensorFlow Playground (Smilkov, Carter, Sculley, Viégas and Wattenberg, "
    "“Direct-Manipulation Visualization of Deep Networks”, 2017)."
)
_OURS = "Made on the spot by LayerLab."
_FREE = "Made by LayerLab's own code: free of rights."
_MADE = "It is made, not measured: real data are never this tidy."
_LABEL_NOISE = f"{_MADE} Noise turns labels round near the border, so that classes are then not of equal size."

_GENERATED = (
    Card(
        name="circle",
        title="Circle",
        kind="generated",
        summary="A disc of one class inside a ring of the other. No straight line separates them: a hidden layer, or "
        "squared inputs, can.",
        features=("x1", "x2"),
        target="class",
        classes=("outside", "inside"),
        load=make_circle,
        source=_PLAYGROUND,
        licence=_FREE,
        flaws=_LABEL_NOISE,
    ),
    Card(
        name="xor",
        title="Exclusive or",
        kind="generated",
        summary="Class by the sign of x₁ · x₂: opposite quarters of the plane belong together. In 1969 Minsky and "
        "Papert showed with it what a single unit cannot learn.",
        features=("x1", "x2"),
        target="class",
        classes=("signs differ", "signs agree"),
        load=make_xor,
        source=_PLAYGROUND,
        licence=_FREE,
        flaws=_LABEL_NOISE,
    ),
    Card(
        name="gauss",
        title="Two clouds",
        kind="generated",
        summary="Two Gaussian clouds of points. One straight line tells them apart, so a single unit is enough; with "
        "much noise the clouds overlap, and no border can be right everywhere.",
        features=("x1", "x2"),
        target="class",
        classes=("lower left", "upper right"),
        load=make_gauss,
        source=_PLAYGROUND,
        licence=_FREE,
        flaws=f"{_MADE} Points outside the plane are drawn again, which cuts the clouds' tails off.",
    ),
    Card(
        name="spiral",
        title="Spiral",
        kind="generated",
        summary="Two spiral arms wound into each other. The border turns almost twice round the middle, so the network "
        "needs several units, more than one layer helps, and training takes patience.",
        features=("x1", "x2"),
        target="class",
        classes=("second arm", "first arm"),
        load=make_spiral,
        source=_PLAYGROUND,
        licence=_FREE,
        flaws=f"{_MADE} Points lie evenly along the arms; without noise another seed only shuffles them.",
    ),
    Card(
        name="moons",
        title="Two moons",
        kind="generated",
        summary="Two half-moons that reach into each other. A straight line gets most points right; a small hidden "
        "layer bends it to get nearly all.",
        features=("x1", "x2"),
        target="class",
        classes=("upper moon", "lower moon"),
        load=make_moons,
        source=f"{_OURS} The shape is that of make_moons in scikit-learn (Pedregosa et al. 2011).",
        licence=_FREE,
        flaws=_MADE,
    ),
    Card(
        name="rings",
        title="Three rings",
        kind="generated",
        summary="Three classes, one around the other. The network has one output for each class, and softmax turns "
        "them into probabilities that sum to 1.",
        features=("x1", "x2"),
        target="class",
        classes=("inner", "middle", "outer"),
        load=make_rings,
        source=_OURS,
        licence=_FREE,
        flaws=f"{_MADE} The inner class is packed more densely than the outer one.",
    ),
    Card(
        name="plane",
        title="Slope",
        kind="generated",
        summary="Predict a number that rises evenly from one corner to the opposite one. It is linear in x₁ and x₂, so "
        "a single linear unit can learn it perfectly.",
        features=("x1", "x2"),
        target="height",
        load=make_plane,
        source=_PLAYGROUND,
        licence=_FREE,
        flaws=f"{_MADE} Noise moves the place whose height is told.",
    ),
    Card(
        name="hills",
        title="Hills and hollows",
        kind="generated",
        summary="Predict the height of a flat plain with three hills and three hollows. Each hill needs a few units of "
        "its own.",
        features=("x1", "x2"),
        target="height",
        load=make_hills,
        source=f"{_PLAYGROUND} It is called “multi gaussian” there.",
        licence=_FREE,
        flaws=f"{_MADE} Almost half of the plain is flat, so that always saying 0 already looks good.",
    ),
    Card(
        name="sine",
        title="Sine wave",
        kind="generated",
        summary="Predict sin(x₁), a wave of almost two periods. The other input, x₂, says nothing, and a good "
        "network learns to ignore it.",
        features=("x1", "x2"),
        target="height",
        load=make_sine,
        source=_OURS,
        licence=_FREE,
        flaws=_MADE,
    ),
)

DATASETS: tuple[Card, ...] = _GENERATED


def card(name: str) -> Card:
    """The card of the data set called `name`.

    Raises: ValueError: there is no such data set; the sentence lists the names.
    """
    for row in DATASETS:
        if row.name == name:
            return row
    raise ValueError(f"name: expected one of {', '.join(row.name for row in DATASETS)}; received {name!r}")
