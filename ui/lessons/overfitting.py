"""The sections of the page on under- and over-fitting. A new one is a file beside this and a row here."""

from __future__ import annotations

from ui.lessons.overfitting_bias import bias_section
from ui.lessons.overfitting_cures import cures_section
from ui.lessons.overfitting_curves import curves_section
from ui.lessons.overfitting_double import double_section
from ui.lessons.overfitting_fit import fit_section
from ui.lessons.overfitting_sizes import sizes_section
from ui.sections import Section

SECTIONS: tuple[Section, ...] = (
    Section(name="fit", title="A curve", icon=":material/show_chart:", draw=fit_section),
    Section(name="sizes", title="Networks", icon=":material/hub:", draw=sizes_section),
    Section(name="curves", title="Two curves", icon=":material/query_stats:", draw=curves_section),
    Section(name="bias", title="Bias and variance", icon=":material/ssid_chart:", draw=bias_section),
    Section(name="double", title="Double descent", icon=":material/landslide:", draw=double_section),
    Section(name="cures", title="Cures", icon=":material/healing:", draw=cures_section),
)
