"""What the studio remembers of an upload: how its maker wants it prepared, as a spec; and which one is chosen."""

from __future__ import annotations

import streamlit as st

from datasets.upload.images import Images
from datasets.upload.store import Upload
from datasets.upload.table import Table
from dlcore.specs.own_images import OwnImages
from dlcore.specs.own_table import OwnTable
from dlcore.training.samples import prepare_samples
from ui.uploads import find_mine, forget, keep, mine

OwnData = OwnTable | OwnImages
_NOTE, _CHOSEN = "spec", "own chosen"


def kept_data(upload: Upload) -> OwnData:
    """How an upload is to be prepared, as its maker said last."""
    text = upload.notes[_NOTE]
    return OwnTable.parse(text) if upload.kind == "table" else OwnImages.parse(text)


def all_kept() -> tuple[OwnData, ...]:
    """The data of whoever sees this page, the oldest first."""
    return tuple(kept_data(upload) for upload in mine() if _NOTE in upload.notes)


def store(title: str, content: Table | Images, values: dict[str, object]) -> OwnData:
    """Keep data, choose them, and remember `values` as the rest of their spec; where that is refused, nothing is kept.

    Raises: BadUpload: there is no room. ValueError: the values are not allowed, or there is too little to learn from.
    """
    upload = keep(title, content)
    try:
        kind = OwnTable if isinstance(content, Table) else OwnImages
        data: OwnData = kind.parse({**values, "upload": upload.id, "title": title})
        prepare_samples(data)  # what a worker will do: is there enough to learn from and to test on?
    except ValueError:
        forget(upload.id)
        raise
    remember(data)
    choose(upload.id)
    return data


def remember(data: OwnData) -> None:
    """Note how an upload is to be prepared; nothing happens where it has gone."""
    upload = find_mine(data.upload)
    if upload is not None:
        upload.notes[_NOTE] = data.as_json()


def choose(upload: str | None) -> None:
    """Show an upload, or with None the way to a new one."""
    st.session_state[_CHOSEN] = upload


def chosen() -> str | None:
    """The upload that is shown, if it is still here."""
    upload: str | None = st.session_state.get(_CHOSEN)
    return upload if upload is not None and find_mine(upload) is not None else None
