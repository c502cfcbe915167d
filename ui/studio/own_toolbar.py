"""What one does with data that are ready: train on them, save them, remove them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dlcore.specs.experiment import Experiment
from dlcore.specs.spec import SpecError
from ui.pages import PageRow
from ui.runs import bring
from ui.studio.opening import openings
from ui.studio.own_kept import OwnData, choose
from ui.uploads import forget

_EPOCHS, _BATCHES = 100, 20  # to begin with; a batch so large that an epoch has about so many updates


def beginnings(data: OwnData) -> list[tuple[PageRow, Experiment]]:
    """The pages that can learn from these data, each with an experiment to begin with: a small network, Adam."""
    batch = next((size for size in (64, 32, 16) if data.count >= _BATCHES * size), 8)
    usual = {
        "training.optimizer": "adam",
        "training.learning_rate": 0.003 if len(data.shape) == 3 else 0.01,
        "training.batch_size": batch,
        "training.epochs": _EPOCHS,
    }
    found = []
    for page, spec in openings(data.as_dict(), len(data.shape)):
        try:
            found.append((page, spec.replace(usual)))
        except SpecError:
            found.append((page, spec))
    return found


def toolbar(data: OwnData, save: Callable[[], str | bytes], name: str, kind: str) -> None:
    """Draw the buttons; `save` makes the file that is called `name`."""
    pages = beginnings(data)
    with st.container(horizontal=True, gap="small", key="own toolbar"):
        for page, spec in pages:
            if st.button(
                f"Train in {page.title}",
                icon=page.icon,
                type="primary" if page is pages[0][0] else "secondary",
                help=page.summary,
                key=f"own train {page.path}",
            ):
                bring(page.path, spec)
                st.switch_page(page.script)
        st.download_button(
            "Save these data",
            save,
            name,
            kind,
            icon=":material/download:",
            help="A file that can be uploaded again, and that the programs of your experiments read.",
            on_click="ignore",
        )
        st.button(
            "Remove", icon=":material/delete:", help="Deletes these data now.", on_click=_remove, args=(data.upload,)
        )
    if not pages:
        st.caption("No page can learn from these data as they are.")


def _remove(upload: str) -> None:
    forget(upload)
    choose(None)
