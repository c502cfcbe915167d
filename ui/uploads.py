"""The uploads of this server: one store, who is here to keep theirs, and who may learn from what."""

from __future__ import annotations

import logging
import os
import re
import threading

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from datasets.upload.folder import VARIABLE
from datasets.upload.images import Images
from datasets.upload.store import Upload, Uploads
from datasets.upload.table import Table
from dlcore.specs import limits
from ui.owner import owner

AWAY = 15 * 60.0  # seconds for which data wait for somebody whose last tab is closed: a reload, a lost connection
IDLE = 8 * 3600.0  # seconds after which data go that nobody has touched, open tab or not
SWEEP = 20.0  # seconds between two looks at what has outlived its time, at most
_AWAY = "LAYERLAB_UPLOADS_AWAY"  # the environment's name of other seconds in place of `AWAY`

_USED = re.compile(r'"upload": ?"([A-Za-z0-9_-]{22})"')
_ANOTHERS = (
    "These data were uploaded by somebody else and stay with them, so they cannot be opened here. Ask for the file and "
    "upload it yourself in the Data studio."
)
_GONE = (
    "The data of this experiment were uploaded, and they are gone with the visit. Upload them again in the Data studio."
)

logger = logging.getLogger("layerlab.uploads")
_store: Uploads | None = None
_closing = threading.Event()


def open_uploads() -> Uploads:
    """Make the store, once a server, and a thread that tidies it up."""
    global _store, _closing
    if _store is None:
        away = seconds_away()
        _store = Uploads(
            per_owner=limits.UPLOADS_PER_OWNER,
            total_bytes=limits.UPLOADS_BYTES,
            away=away,
            idle=IDLE,
            on_drop=_end_runs,
        )
        os.environ[VARIABLE] = str(_store.folder)  # pages show what is in it
        _closing = threading.Event()
        threading.Thread(
            target=_sweep, args=(_store, _closing, min(SWEEP, away / 4)), name="layerlab-uploads", daemon=True
        ).start()
    return _store


def seconds_away() -> float:
    """How long data wait for somebody whose last tab is closed; `LAYERLAB_UPLOADS_AWAY` says it otherwise.

    Raises: ValueError: that is no number of seconds above 0.
    """
    text = os.environ.get(_AWAY, str(AWAY))
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found <= IDLE:
        raise ValueError(f"{_AWAY}: expected a number of seconds above 0 and at most {IDLE:g}; received {text!r}")
    return found


def close_uploads() -> None:
    """Delete all uploads; the server ends."""
    global _store
    if _store is not None:
        _closing.set()
        _store.close()
        os.environ.pop(VARIABLE, None)
        _store = None


def the_uploads() -> Uploads:
    """The store. Raises: RuntimeError: the server has not made it."""
    if _store is None:
        raise RuntimeError("The uploads have not been opened; begin with `layerlab serve`.")
    return _store


def why_not(text: str, owner: str) -> str | None:
    """Why somebody may not carry out what a JSON text says: it names data that are another's, or gone; else None.

    Whatever its form, a text that holds the id of a stranger's upload anywhere is refused.
    """
    store = the_uploads()
    if any(stranger in text for stranger in store.strangers(owner)):
        return _ANOTHERS
    if any(store.find(upload, owner) is None for upload in _USED.findall(text)):
        return _GONE
    return None


def keep(title: str, content: Table | Images) -> Upload:
    """Keep data for whoever sees this page. Raises: BadUpload: there is no room."""
    return the_uploads().add(owner(), title, content)


def mine() -> tuple[Upload, ...]:
    """The uploads of whoever sees this page, the oldest first."""
    return _store.of(owner()) if _store is not None else ()


def find_mine(upload: str) -> Upload | None:
    """An upload, if it is of whoever sees this page and still here."""
    return the_uploads().find(upload, owner())


def forget(upload: str) -> None:
    """Delete an upload of whoever sees this page; what learns from it ends."""
    the_uploads().drop(upload, owner())


def here() -> None:
    """Note that whoever sees this page is here, so that their uploads stay; for every run of every page."""
    context = get_script_run_ctx()
    if context is not None and _store is not None:
        _visit(context.session_id, owner())


# Streamlit calls `on_release` when the browser's connection ends, and makes the entry anew when it comes back
@st.cache_resource(scope="session", show_spinner=False, on_release=lambda visit: _leave(visit))
def _visit(visit: str, _owner: str) -> str:
    the_uploads().arrive(visit, _owner)
    return visit


def _leave(visit: str) -> None:
    if _store is not None:
        _store.leave(visit)


def _end_runs(upload: str) -> None:
    """What learns from data that are gone ends, too: a copy of them is in its process."""
    from ui.engine import the_engine

    try:
        engine = the_engine()
    except RuntimeError:  # it ended before
        return
    for run in engine.runs:
        if upload in run.spec.as_json():
            engine.drop(run, _GONE)


def _sweep(store: Uploads, closing: threading.Event, every: float) -> None:
    while not closing.wait(every):
        try:
            store.sweep()
        except Exception:  # the thread must go on: nothing else deletes what people left behind
            logger.exception("Uploads could not be tidied up")
