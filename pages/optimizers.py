"""Optimizers: balls that roll down surfaces, and networks that do the same."""

from ui.lessons.optimizers import SECTIONS
from ui.sections import sections_page

sections_page("optimizers", SECTIONS)
