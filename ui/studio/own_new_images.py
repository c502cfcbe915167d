"""New pictures: a zip file of folders, or single files with a class for each; how large, and grey or in colours."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import streamlit as st

from datasets.upload.bounds import BadUpload, megabytes
from datasets.upload.images import Images, files_of_zip, read_images
from datasets.upload.pictures import Colour
from dlcore.specs import limits
from dlcore.specs.own_images import SIDES
from dlcore.specs.uploads import BOUNDS
from ui.plain_text import plain
from ui.studio.own_images import gallery
from ui.studio.own_kept import store

_FILES, _READ, _REFUSAL, _EDITION = (
    "own pictures files",
    "own pictures read",
    "own pictures refusal",
    "own pictures edition",
)
_COLOURS: dict[Colour, str] = {"grey": "Grey", "rgb": "Colours"}
File = tuple[str, str, bytes]  # class, name, content


def new_images() -> None:
    """Draw the way from files to pictures that are kept."""
    if _FILES not in st.session_state:
        _ask_for_files()
    else:
        _confirm(*st.session_state[_FILES])


def _ask_for_files() -> None:
    key = f"own pictures upload {st.session_state.get(_EDITION, 0)}"
    st.file_uploader(
        f"A zip file with one folder a class, or single PNG and JPEG files; at most {limits.PICTURES:,} pictures and "
        f"{megabytes(limits.UPLOAD_BYTES)}",
        type=["zip", "png", "jpg", "jpeg"],
        accept_multiple_files=True,
        max_upload_size=limits.UPLOAD_BYTES // 2**20,
        key=key,
    )
    files = st.session_state.get(key) or []
    if refusal := st.session_state.get(_REFUSAL):
        st.warning(plain(refusal), icon=":material/block:")
    if len(files) == 1 and files[0].name.lower().endswith(".zip"):
        _take_zip(files[0].name, files[0].getvalue())
        st.rerun()
    elif any(file.name.lower().endswith(".zip") for file in files):
        st.warning("Expected one zip file by itself, or pictures alone; received both.", icon=":material/block:")
    elif files:
        _name_classes(files)


def _take_zip(name: str, data: bytes) -> None:
    _forget()
    st.session_state[_EDITION] = st.session_state.get(_EDITION, 0) + 1  # the uploader lets go of the file
    try:
        files, others = files_of_zip(data, BOUNDS)
        read_images(files, BOUNDS, side=SIDES[0], colour="grey")
    except BadUpload as refusal:
        st.session_state[_REFUSAL] = f"{name[: limits.NAME_CHARACTERS]}: {refusal}"
        return
    st.session_state[_FILES] = (name[: limits.NAME_CHARACTERS], files, others)


def _name_classes(files: list[Any]) -> None:
    st.markdown("What does each show? Pictures of one class get the same name; double-click to write it.")
    rows = pd.DataFrame({"Picture": [file.name for file in files], "Class": [_guess(file.name) for file in files]})
    edited = st.data_editor(rows, disabled=["Picture"], hide_index=True, key=f"own pictures classes {len(files)}")
    said = [str(name).strip() if name else "" for name in edited["Class"]]
    if missing := said.count(""):
        st.caption(f"{missing} of {len(files)} pictures have no class yet.")
        return
    if st.button("Use these pictures", type="primary", icon=":material/check:"):
        chosen = [
            (name, f"{number:05d} {file.name}", file.getvalue())
            for number, (name, file) in enumerate(zip(said, files, strict=True))
        ]
        try:
            read_images(chosen, BOUNDS, side=SIDES[0], colour="grey")
        except BadUpload as refusal:
            st.warning(plain(str(refusal)), icon=":material/block:")
            return
        st.session_state[_FILES] = ("my pictures", chosen, 0)
        st.session_state[_EDITION] = st.session_state.get(_EDITION, 0) + 1
        st.session_state.pop(_REFUSAL, None)
        st.rerun()


def _guess(name: str) -> str:
    """What a file's name says of its class: `cat` of `cat_017.png`, nothing of `017.png`."""
    return re.sub(r"[\s_.()-]*\d*[\s_.()-]*$", "", name.rpartition(".")[0])


def _forget() -> None:
    for key in (_FILES, _READ, _REFUSAL):
        st.session_state.pop(key, None)


def _confirm(name: str, files: list[File], others: int) -> None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.markdown(f"**{plain(name)}**: {len(files):,} pictures. How shall the network see them?")
    right.button("Other files", on_click=_forget, width="stretch")
    if others:
        st.caption(f"{others:,} files that are no PNG or JPEG pictures by their names were left out.")
    first, second = st.columns(2)
    side = first.segmented_control(
        "Size (pixels)",
        SIDES,
        default=28,
        required=True,
        key="own pictures side",
        help="A square is cut out of the middle.",
    )
    colour = second.segmented_control(
        "Colour",
        tuple(_COLOURS),
        format_func=_COLOURS.__getitem__,
        default="grey",
        required=True,
        key="own pictures colour",
    )
    try:
        images = _read(files, side, colour)
    except BadUpload as refusal:
        st.warning(plain(str(refusal)), icon=":material/block:")
        return
    gallery(images)
    if st.button("Use these pictures", type="primary", icon=":material/check:"):
        values: dict[str, object] = {
            "pictures": len(images.labels),
            "classes": list(images.classes),
            "colour": colour,
            "side": side,
        }
        try:
            store(name, images, values)
        except ValueError as refusal:
            st.warning(plain(str(refusal)), icon=":material/block:")
            return
        _forget()
        st.rerun()


def _read(files: list[File], side: int, colour: Colour) -> Images:
    """The pictures at a size, decoded once a choice."""
    known = st.session_state.get(_READ)
    if known is None or known[0] != (side, colour):
        known = (side, colour), read_images(files, BOUNDS, side=side, colour=colour)
        st.session_state[_READ] = known
    images: Images = known[1]
    return images
