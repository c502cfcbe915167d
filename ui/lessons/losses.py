"""The sections of the page on losses. A new one is a file beside this and a row here."""

from __future__ import annotations

from ui.lessons.losses_borders import borders_section
from ui.lessons.losses_outliers import outliers_section
from ui.lessons.losses_value import value_section
from ui.lessons.losses_wrong import wrong_section
from ui.sections import Section

SECTIONS: tuple[Section, ...] = (
    Section(name="value", title="One prediction", icon=":material/my_location:", draw=value_section),
    Section(name="outliers", title="Outliers", icon=":material/scatter_plot:", draw=outliers_section),
    Section(name="wrong", title="Sure and wrong", icon=":material/priority_high:", draw=wrong_section),
    Section(name="borders", title="Borders", icon=":material/border_vertical:", draw=borders_section),
)
