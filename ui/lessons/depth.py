"""The sections of the page on depth. A new one is a file beside this and a row here."""

from __future__ import annotations

from ui.lessons.depth_explosion import explosion_section
from ui.lessons.depth_shape import shape_section
from ui.lessons.depth_start import start_section
from ui.sections import Section

SECTIONS: tuple[Section, ...] = (
    Section(name="shape", title="Wide or deep", icon=":material/height:", draw=shape_section),
    Section(name="start", title="How weights start", icon=":material/casino:", draw=start_section),
    Section(name="explosion", title="When it explodes", icon=":material/bolt:", draw=explosion_section),
)
