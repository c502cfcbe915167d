"""Losses: what each says of a prediction, and what it makes of points that lie far off."""

from ui.lessons.losses import SECTIONS
from ui.sections import sections_page

sections_page("losses", SECTIONS, title="Losses: how wrong is it?")
