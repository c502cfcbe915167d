"""The Data studio: what data are, and what preparing them changes."""

from ui.sections import sections_page
from ui.studio.registry import SECTIONS

sections_page("data", SECTIONS)
