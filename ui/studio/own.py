"""The section in which learners bring data of their own: upload, confirm, prepare, train."""

from __future__ import annotations

import streamlit as st

from dlcore.specs import limits
from dlcore.specs.own_images import OwnImages
from ui.glossary import term
from ui.plain_text import plain
from ui.studio.own_images import prepare_images
from ui.studio.own_kept import all_kept, choose, chosen
from ui.studio.own_new_images import new_images
from ui.studio.own_new_table import new_table
from ui.studio.own_table import prepare_table
from ui.uploads import seconds_away

_NEW, _MENU = "new", "own menu"
_ICONS = {"own_table": ":material/table:", "own_images": ":material/image:"}
_BRING = {"table": ":material/table: A table (CSV)", "images": ":material/image: Pictures"}


def own_data() -> None:
    """Draw the section: a menu of the data that are kept, and the chosen one of them, or the way to a new one."""
    kept = {data.upload: data for data in all_kept()}
    present = kept.get(chosen() or "")
    if kept:
        titles = {name: f"{_ICONS[data.kind]} {plain(data.title)}" for name, data in kept.items()}
        titles[_NEW] = ":material/add: New"
        st.session_state[_MENU] = present.upload if present else _NEW
        st.segmented_control(
            "Your data",
            tuple(titles),
            format_func=titles.__getitem__,
            required=True,
            key=_MENU,
            label_visibility="collapsed",
            on_change=_choose,
        )
    if present is None:
        _bring(len(kept))
    elif isinstance(present, OwnImages):
        prepare_images(present)
    else:
        prepare_table(present)


def _choose() -> None:
    name = st.session_state[_MENU]
    choose(None if name == _NEW else name)


def _bring(kept: int) -> None:
    st.markdown(
        f"Bring a {term('data set')} of your own, a table or pictures, see what is recognised in it, and train a "
        f"network on it: to tell classes apart ({term('classification')}) or to predict a number "
        f"({term('regression')}). Your data are yours alone: nobody else can open them, and they are deleted "
        f"{_minutes()} after you close LayerLab. To keep them, save them as a file; it can be uploaded again."
    )
    if kept >= limits.UPLOADS_PER_OWNER:
        st.info(f"You may keep {kept} data sets at a time: remove one of yours to bring another.")
        return
    bring = st.segmented_control(
        "What do you bring?",
        tuple(_BRING),
        format_func=_BRING.__getitem__,
        default="table",
        required=True,
        key="own kind",
        label_visibility="collapsed",
    )
    if bring == "images":
        new_images()
    else:
        new_table()


def _minutes() -> str:
    seconds = seconds_away()
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"
