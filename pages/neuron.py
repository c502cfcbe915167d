"""The neuron: one weighted sum by hand, by rule, and with others behind it."""

from ui.lessons.neuron import SECTIONS
from ui.sections import sections_page

sections_page("neuron", SECTIONS)
