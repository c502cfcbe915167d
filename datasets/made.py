"""Sentences that the cards of generated data sets share."""

from __future__ import annotations

PLAYGROUND = (
    "Made on the spot by the rule of TensorFlow Playground (Smilkov, Carter, Sculley, Viégas and Wattenberg, "
    "“Direct-Manipulation Visualization of Deep Networks”, 2017)."
)
OURS = "Made on the spot by LayerLab."
FREE = "Made by LayerLab's own code: free of rights."
MADE = "It is made, not measured: real data are never this tidy."
LABEL_NOISE = f"{MADE} Noise turns labels round near the border, so that classes are then not of equal size."
