"""The years of the history page, in their order. A later system gets a row here when it is built."""

from __future__ import annotations

from functools import partial

from ui.lessons.history_deep import DEEP
from ui.lessons.history_era import Era, draw
from ui.lessons.history_first import FIRST
from ui.sections import Section

ERAS: tuple[Era, ...] = (*FIRST, *DEEP)
SECTIONS: tuple[Section, ...] = tuple(
    Section(
        name=str(era.year),
        title=f"{era.year} {era.title}",
        icon=era.icon,
        draw=partial(draw, era, ERAS[number + 1] if number + 1 < len(ERAS) else None),
    )
    for number, era in enumerate(ERAS)
)
