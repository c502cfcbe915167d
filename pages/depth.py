"""Deep or shallow: what depth is good for, how weights should start, and what keeps a deep network from exploding."""

from ui.lessons.depth import SECTIONS
from ui.sections import sections_page

sections_page("depth", SECTIONS)
