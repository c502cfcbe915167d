"""The sections of the page on the neuron. A new one is a file beside this and a row here."""

from __future__ import annotations

from ui.lessons.neuron_by_hand import by_hand_section
from ui.lessons.neuron_layer import layer_section
from ui.lessons.neuron_rule import rule_section
from ui.sections import Section

SECTIONS: tuple[Section, ...] = (
    Section(name="hand", title="By hand", icon=":material/pan_tool:", draw=by_hand_section),
    Section(name="rule", title="By a rule", icon=":material/linear_scale:", draw=rule_section),
    Section(name="layer", title="With a hidden layer", icon=":material/hub:", draw=layer_section),
)
