"""A history that runs: each year an experiment with what was known then."""

from ui.lessons.history import SECTIONS
from ui.sections import sections_page

sections_page("history", SECTIONS, "A history that runs")
