"""The sections of the page on backpropagation. A new one is a file beside this and a row here."""

from __future__ import annotations

from ui.lessons.backpropagation_mistakes import mistakes_section
from ui.lessons.backpropagation_own import own_section
from ui.lessons.backpropagation_worked import worked_section
from ui.sections import Section

SECTIONS: tuple[Section, ...] = (
    Section(name="worked", title="A worked example", icon=":material/footprint:", draw=worked_section),
    Section(name="mistakes", title="Find three mistakes", icon=":material/search:", draw=mistakes_section),
    Section(name="own", title="Your own network", icon=":material/hub:", draw=own_section),
)
