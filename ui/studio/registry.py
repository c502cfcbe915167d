"""The sections of the Data studio. A new one is a file beside this and a row here."""

from __future__ import annotations

from ui.sections import Section
from ui.studio.augmentation import augmentation_section
from ui.studio.cross_validation import cross_validation_section
from ui.studio.own import own_data
from ui.studio.rare_classes import rare_classes_section
from ui.studio.sets import data_sets

SECTIONS: tuple[Section, ...] = (
    Section(name="sets", title="Data sets", icon=":material/dataset:", draw=data_sets),
    Section(name="own", title="Your own data", icon=":material/upload_file:", draw=own_data),
    Section(name="augmentation", title="Augmentation", icon=":material/auto_fix:", draw=augmentation_section),
    Section(name="folds", title="Cross-validation", icon=":material/splitscreen:", draw=cross_validation_section),
    Section(name="rare", title="Rare classes", icon=":material/balance:", draw=rare_classes_section),
)
