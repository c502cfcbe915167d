"""The same image many times, each changed by chance as sliders say: what a network is shown."""

from __future__ import annotations

import html
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from pathlib import Path

import numpy as np
import streamlit as st

from datasets.registry import DATASETS
from datasets.upload.folder import read_upload_images
from dlcore.specs.augmentation import AugmentationSpec
from dlcore.specs.layered import Layered
from ui.answers import answer_of
from ui.charts.picture import data_uri, strip
from ui.controls.augmentation import SENSIBLE, augmentation_sliders, said
from ui.controls.draft import Draft
from ui.controls.form import Form
from ui.engine import the_engine
from ui.uploads import mine

SHOWN = 23  # and the image itself
FIRST = 7  # of the digits it is a six, which turned around is none
PATIENCE = 20.0  # seconds for a worker to answer: it may still be starting
STYLE = Path(__file__).parent / "augmentation.css"
_MADE = {"samples": 200, "noise": 0.05, "seed": 0}
_NAME, _IMAGE, _SEED = "augmentation set", "augmentation image", "augmentation seed"


def preview() -> tuple[AugmentationSpec, Callable[[], None]]:
    """Draw the choice of an image and the sliders; a worker begins with the pictures.

    Gives the strengths that are set, and what draws the pictures, which waits for the worker: to be called last.
    """
    draft = Draft(name="augmentation preview", default=Layered().replace({"augmentation": SENSIBLE}))
    spec = draft.spec
    assert isinstance(spec, Layered)
    pictures, settings = st.columns([3, 2], gap="large")  # on a phone in this order, so that pictures stay in sight
    with pictures:
        image, name = _choose_image()
        place = st.container()
    with settings:
        augmentation_sliders(Form(draft=draft), "augmentation", columns=2)
    changed = _ask(image, spec.augmentation)

    def finish() -> None:
        with place:
            _show(image, name, spec.augmentation, changed)

    return spec.augmentation, finish


def _choose_image() -> tuple[np.ndarray, str]:
    """The chosen image, (channels, height, width) from 0 to 1, and the name of its class."""
    sources = _sources()
    chosen, which = st.columns([3, 2], vertical_alignment="bottom")
    name = chosen.selectbox("Images", tuple(sources), format_func=lambda key: sources[key][0], key=_NAME)
    images, labels, classes = sources[name][1]()
    number = which.number_input("Image", 1, len(images), min(FIRST, len(images)), key=f"{_IMAGE} {name}")
    return images[number - 1], classes[labels[number - 1]]


Source = tuple[np.ndarray, np.ndarray, tuple[str, ...]]


def _sources() -> dict[str, tuple[str, Callable[[], Source]]]:
    found: dict[str, tuple[str, Callable[[], Source]]] = {}
    for card in sorted((card for card in DATASETS if card.kind == "images"), key=lambda card: card.name != "mnist"):
        found[card.name] = card.title, lambda name=card.name: _shipped(name)  # type: ignore[misc]
    for upload in mine():
        if upload.kind == "images":
            found[upload.id] = f"{upload.title} · yours", lambda id=upload.id: _own(id)  # type: ignore[misc]
    return found


def _shipped(name: str) -> Source:
    card = next(card for card in DATASETS if card.name == name)
    data = card.load() if card.samples else card.load(**_MADE)
    # neighbours in the file are of one class: go through the classes in turn
    order = np.argsort(np.arange(len(data.targets)) % (len(data.targets) // len(data.classes)), kind="stable")
    return data.inputs[order], data.targets[order], data.classes


def _own(upload: str) -> Source:
    found = read_upload_images(upload)
    return found.pictures / np.float32(255), found.labels, found.classes


def _ask(image: np.ndarray, strengths: AugmentationSpec) -> Future[np.ndarray]:
    active = {row: getattr(strengths, row) for row in strengths.active}
    seed = st.session_state.setdefault(_SEED, 0)
    return the_engine().ask("dlcore.explain.augmented:augmented", image=image, strengths=active, count=SHOWN, seed=seed)


def _show(image: np.ndarray, name: str, strengths: AugmentationSpec, answer: Future[np.ndarray]) -> None:
    try:
        changed = answer_of(answer, PATIENCE)
    except Late:
        st.info("The pictures take longer than usual: press Again to ask once more.", icon=":material/hourglass_empty:")
        changed = np.empty((0, *image.shape))
    pictures = "".join(_picture(one, f"{name}, changed by chance") for one in changed)
    st.html(STYLE)
    st.html(f'<div class="studio-versions"><b>{_picture(image, name)}</b>{pictures}</div>')
    text, again = st.columns([4, 1], vertical_alignment="center")
    text.caption(f"The first is the image itself, a “{html.escape(name)}”. {said(strengths)}")
    again.button(
        "Again", icon=":material/casino:", help="Draws other versions.", on_click=_draw_again, key="augmentation again"
    )


def _draw_again() -> None:
    st.session_state[_SEED] += 1


def _picture(image: np.ndarray, alt: str) -> str:
    return f'<img src="{data_uri(strip(image[None]))}" alt="{html.escape(alt)}">'
