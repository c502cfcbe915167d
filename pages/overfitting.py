"""Under- and over-fitting: capacity, data and noise against the errors on known and on new samples, and the cures."""

from ui.lessons.overfitting import SECTIONS
from ui.sections import sections_page

sections_page("overfitting", SECTIONS)
