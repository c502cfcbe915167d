"""The sections of the page on activation functions. A new one is a file beside this and a row here."""

from __future__ import annotations

from ui.lessons.activations_dying import dying_section
from ui.lessons.activations_functions import functions_section
from ui.lessons.activations_own import own_section
from ui.lessons.activations_residual import residual_section
from ui.lessons.activations_softmax import softmax_section
from ui.lessons.activations_vanishing import vanishing_section
from ui.sections import Section

SECTIONS: tuple[Section, ...] = (
    Section(name="functions", title="Functions", icon=":material/show_chart:", draw=functions_section),
    Section(name="softmax", title="Softmax", icon=":material/bar_chart:", draw=softmax_section),
    Section(name="vanishing", title="Vanishing gradients", icon=":material/blur_on:", draw=vanishing_section),
    Section(name="residual", title="A way past", icon=":material/alt_route:", draw=residual_section),
    Section(name="dying", title="Dying ReLUs", icon=":material/heart_broken:", draw=dying_section),
    Section(name="own", title="Your network", icon=":material/hub:", draw=own_section),
)
