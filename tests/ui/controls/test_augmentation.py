from typing import Any

from streamlit.testing.v1 import AppTest

from dlcore.specs.layered import Layered
from dlcore.training.augmentations import AUGMENTATIONS
from tests.ui.controls.conftest import Page
from ui.controls.augmentation import SENSIBLE, said

POINTS = {"data": {"kind": "generated"}, "layers": [{"kind": "dense", "units": 1}], "training.loss": "bce"}


def _draw(spec: str) -> None:
    from dlcore.labs.registry import parse_spec
    from ui.controls.augmentation import augmentation_popover
    from ui.controls.draft import Draft
    from ui.controls.form import Form

    augmentation_popover(Form(draft=Draft(name="test", default=parse_spec(spec))), "augmentation")


def _page(spec: Any) -> Page:
    page = Page(AppTest.from_function(_draw, args=(spec.as_json(),), default_timeout=20))
    page.app.session_state["test spec"] = spec  # where nothing is drawn, nothing asks for it
    return page


def test_every_way_has_a_slider_that_sets_its_strength() -> None:
    page = _page(Layered())
    for row in AUGMENTATIONS:
        page.choose(f"augmentation.{row.name}", row.usual)
        assert getattr(page.spec.augmentation, row.name) == row.usual
    page.choose("augmentation.rotate", 180.0)
    assert page.spec.augmentation.rotate == 180.0


def test_buttons_set_them_all() -> None:
    page = _page(Layered().replace({"augmentation.noise": 0.5}))
    page.press("augmentation Sensible")
    assert {name: getattr(page.spec.augmentation, name) for name in page.spec.augmentation.active} == SENSIBLE
    assert page.at("augmentation.noise").value == 0.0
    assert [caption.value for caption in page.app.caption] == ["Rotate 15°, Zoom 0.15, Shift 0.1"]
    page.press("augmentation All off")
    assert page.spec.augmentation.active == ()


def test_is_offered_for_images_alone() -> None:
    assert _page(Layered()).labels == {*(row.title for row in AUGMENTATIONS), "All off", "Sensible"}
    assert not _page(Layered().replace(POINTS)).labels


def test_says_what_is_off() -> None:
    assert said(Layered().augmentation).startswith("Off")
