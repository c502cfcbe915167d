"""The Data studio: what data are, and what preparing them changes."""

from ui.studio.page import studio

studio()
