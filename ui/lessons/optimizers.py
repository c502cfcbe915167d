"""The sections of the page on optimizers. A new one is a file beside this and a row here."""

from __future__ import annotations

from ui.lessons.optimizers_batches import batches_section
from ui.lessons.optimizers_data import data_section
from ui.lessons.optimizers_finder import finder_section
from ui.lessons.optimizers_landscape import landscape_section
from ui.lessons.optimizers_schedules import schedules_section
from ui.lessons.optimizers_surfaces import surfaces_section
from ui.lessons.optimizers_valley import valley_section
from ui.sections import Section

SECTIONS: tuple[Section, ...] = (
    Section(name="surfaces", title="Surfaces", icon=":material/landscape:", draw=surfaces_section),
    Section(name="valley", title="Eigenvalues", icon=":material/tune:", draw=valley_section),
    Section(name="data", title="Real data", icon=":material/sports_score:", draw=data_section),
    Section(name="batches", title="Mini-batch noise", icon=":material/grain:", draw=batches_section),
    Section(name="landscape", title="Real surface", icon=":material/terrain:", draw=landscape_section),
    Section(name="finder", title="Rate finder", icon=":material/search:", draw=finder_section),
    Section(name="schedules", title="Schedules", icon=":material/trending_down:", draw=schedules_section),
)
