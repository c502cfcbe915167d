"""The section on augmentation: one image many times, and three networks that learn from few images side by side."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.specs import limits
from dlcore.specs.augmentation import AugmentationSpec
from dlcore.specs.layered import Layered
from dlcore.specs.race import Race
from ui.controls.augmentation import SENSIBLE, said
from ui.controls.chance import draw_anew
from ui.controls.draft import Draft
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section, section_draft
from ui.live.component import Layout
from ui.plain_text import plain
from ui.studio.augmentation_preview import preview
from ui.teaching import explain, predict

NAME, OWN = "augmentation", "Your sliders"
# images to learn from → of how many digits which share is for testing
SIZES = {
    50: {"samples": 500, "test_share": 0.9},
    100: {"samples": 1000, "test_share": 0.9},
    200: {"samples": 1000, "test_share": 0.8},
    500: {"samples": 1000, "test_share": 0.5},
}
_EACH = range(limits.VARIANTS)
_RELU = {"kind": "activation", "function": "relu"}
# Test scores over several seeds are recorded in tests/ui/studio/test_augmentation.py.
RACE = Race.parse(
    {
        "base": {
            "kind": "layered",
            "data": {"kind": "images", "name": "mnist", **SIZES[100]},
            "layers": [
                {"kind": "conv2d", "channels": 8, "kernel": 3, "stride": 2, "padding": 1},
                _RELU,
                {"kind": "conv2d", "channels": 16, "kernel": 3, "stride": 2, "padding": 1},
                _RELU,
                {"kind": "flatten"},
                {"kind": "dense", "units": 10},
            ],
            "training": {
                "loss": "cross_entropy",
                "optimizer": "adam",
                "learning_rate": 0.003,
                "batch_size": 20,
                "epochs": 100,
            },
        },
        "variants": [
            {"title": "As they are"},
            {"title": "Sensible", "changes": {"augmentation": SENSIBLE}},
            {"title": "Overdone", "changes": {"augmentation": {"rotate": 180, "flip": 0.5, "upside_down": 0.5}}},
        ],
    }
)


def augmentation_section() -> None:
    """Draw the section."""
    _concept()
    strengths, show_pictures = preview()
    _let_race(section_draft("data", NAME, RACE), strengths)
    st.divider()
    lab_section(
        "data",
        NAME,
        default=RACE,
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("score", 3), ("scores", 2)),
            below=(("loss", 1),),
            tabs=(
                ("Confusion", [f"confusion_{number}" for number in _EACH]),
                ("Precision and recall", ("report",)),
            ),
            only=True,
        ),
    )
    explain(
        "**As they are.** On the training images (solid) the network soon is right every time, while the test loss "
        "(dashed) turns and *rises*: it knows its few images by heart, and grows ever surer of its mistakes on new "
        f"ones. That is {term('over-fitting')}.\n\n"
        "**Sensible.** It hardly ever sees the same picture twice, so there is little to know by heart. It learns more "
        "slowly, and reads more than ten of a hundred new digits better.\n\n"
        "**Overdone.** Digits on their head or in a mirror do not occur in the test. To learn them, too, takes weights "
        "and time away from those that do; and a 6 turned around looks like a 9 but is called 6, so that no network "
        "can tell the two apart.\n\n"
        "Both curves are measured on images that nobody changes: augmentation belongs to learning alone.\n\n"
        "**The rule.** Change what the answer does *not* depend on, and no further than what may really come. A mirror "
        "is right for cats and wrong for letters. With more images it matters less: try 500."
    )
    show_pictures()


def _suits(spec: Race) -> bool:
    return isinstance(spec.base, Layered) and all(set(row.changes) <= {"augmentation"} for row in spec.variants)


def _concept() -> None:
    st.header("Augmentation", anchor=False)
    st.markdown(
        f"Who has few images can show each of them in many ways. **{term('augmentation', 'Augmentation')}** changes "
        "every image by chance each time that the network learns from it: a little turned, shifted, brighter. The "
        "answer stays the same, so the network has to find what stays the same in the picture, too."
    )


def _lesson() -> None:
    st.header("Does it help?", anchor=False)
    predict(
        NAME,
        "100 digits to learn from, one network, three ways: as they are; turned, zoomed and shifted a little; turned "
        "to any angle and mirrored. Which one reads new digits best?",
        ("As they are: those are real digits", "Changed a little", "Changed a lot: the more variety, the better"),
        right=1,
        why="Variety helps as long as the answers stay true and the pictures look like some that may come. A digit "
        "moved by two pixels is still that digit; a 6 on its head is a 9 that is called 6. Press Play and see by how "
        "much.",
    )


def _settings(form: Form) -> None:
    spec: Race = form.spec
    present = spec.base.data.as_dict().items()
    size = next((count for count, data in SIZES.items() if data.items() <= present), None)
    st.segmented_control(
        "Images to learn from ↻",
        tuple(SIZES),
        required=True,
        width="stretch",
        help="Digits of MNIST; the networks are tested on 450 others or more.",
        **form.bind(
            "size", size, lambda _spec, count: {f"base.data.{name}": SIZES[count][name] for name in SIZES[count]}
        ),
    )
    draw_anew(
        form,
        "Other images",
        "base.data.seed",
        "base.seed",
        help="Other digits to learn from, and other first weights: does the order of the three stay?",
    )
    for row, member in zip(spec.variants, spec.members, strict=True):
        assert isinstance(member, Layered)
        st.caption(f"**{plain(row.title)}.** {said(member.augmentation)}")


def _let_race(draft: Draft, strengths: AugmentationSpec) -> None:
    st.button(
        "Let these settings race below",
        icon=":material/sports_score:",
        key="augmentation race",
        help="Adds a fourth network that learns from images changed like this.",
        on_click=draft.change,
        args=(lambda spec: {"variants": _with_own(spec, strengths)},),
    )


def _with_own(spec: Race, strengths: AugmentationSpec) -> list[dict[str, Any]]:
    """The variants with one that learns as the sliders say, in place of the one before."""
    kept = [row.as_dict() for row in spec.variants if row.title != OWN]
    chosen = {name: getattr(strengths, name) for name in strengths.active}
    return [*kept, {"title": OWN, "changes": {"augmentation": chosen}}]
