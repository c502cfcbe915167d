"""Backpropagation, step by step: forward, loss, backward, update, every number on the screen."""

from ui.lessons.backpropagation import SECTIONS
from ui.sections import sections_page

sections_page("backpropagation", SECTIONS, "Backpropagation, step by step")
