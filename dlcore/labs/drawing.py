"""How an image drawn by hand is brought into the manner of a data set, which is all that a network has learned."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from dlcore.specs.data import ImageData
from dlcore.specs.layered import Layered


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """One manner: the ink is scaled until its longer side fills `box` pixels (None: left as it was drawn) and moved.

    `centre`: its centre of mass, or the middle of the smallest box around it, comes to the middle of the image; or it
    stays where it was drawn. `note` says this to the learner.
    """

    box: int | None
    centre: Literal["mass", "box", "none"]
    note: str


_MANNERS = {
    "mnist": Manner(
        box=20,
        centre="mass",
        note="Scaled into a box of 20 × 20 pixels, its centre of mass in the middle of 28 × 28, as every digit of "
        "MNIST: the network has seen no others.",
    ),
    "digits": Manner(
        box=8,
        centre="box",
        note="Scaled until it fills 8 × 8 pixels, as the digits of this set do. A pixel is the share of ink in its "
        "square.",
    ),
}
_AS_DRAWN = Manner(
    box=None,
    centre="none",
    note="Where and as large as you drew it. A pixel is the share of ink in its square.",
)


def drawing(spec: Layered) -> dict[str, Any] | None:
    """The manner of an experiment's images as plain values; None where there is nothing to draw: no grey images."""
    if not isinstance(spec.data, ImageData) or spec.given.shape[0] != 1:
        return None
    return asdict(_MANNERS.get(spec.data.name, _AS_DRAWN))
