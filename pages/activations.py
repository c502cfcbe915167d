"""Activation functions, and what they do to a network that learns."""

from ui.lessons.activations import SECTIONS
from ui.sections import sections_page

sections_page("activations", SECTIONS)
