"""Three networks of different size on the same few noisy points, trained side by side."""

from __future__ import annotations

import streamlit as st

from dlcore.specs.race import Race
from dlcore.specs.supervised import Supervised
from ui.controls.chance import draw_anew
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict

TEST = 360  # points that no network learns from
EXAMPLES = (40, 80, 160, 400)
NOISES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)


def part(examples: int) -> dict[str, float]:
    """The fields of made data that give so many points to learn from and `TEST` to test on."""
    return {"samples": examples + TEST, "test_share": round(TEST / (examples + TEST), 4)}


def points(examples: int) -> dict[str, float | None]:
    """The same, as the first of the most points there may be: those for testing are always the same."""
    return {**part(EXAMPLES[-1]), "train_samples": None if examples == EXAMPLES[-1] else examples}


# Test scores over several seeds are recorded in tests/ui/lessons/test_overfitting_sizes.py.
SIZES = Race.parse(
    {
        "base": {
            "kind": "supervised",
            "data": {"kind": "generated", "name": "circle", "noise": 0.3, **points(40)},
            "training": {
                "loss": "cross_entropy", "optimizer": "adam", "learning_rate": 0.01, "batch_size": 10, "epochs": 300,
            },
        },
        "variants": [
            {"title": "1 unit", "changes": {"network.layers": [{"units": 1, "activation": "tanh"}]}},
            {"title": "4 units", "changes": {"network.layers": [{"units": 4, "activation": "tanh"}]}},
            {"title": "2 × 16 units", "changes": {"network.layers": [{"units": 16, "activation": "tanh"}] * 2}},
        ],
    }
)  # fmt: skip


def sizes_section() -> None:
    """Draw the section."""
    lab_section(
        "overfitting",
        "sizes",
        default=SIZES,
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("output_0", 1), ("output_1", 1), ("output_2", 1)),
            below=(("loss", 1), ("score", 1)),
            tabs=(("Scores", ("scores",)), ("Precision and recall", ("report",))),
        ),
    )
    explain(
        "**One unit** draws one straight border through a ring: wrong on both parts, the known "
        "points and the new ones. That is under-fitting; more data will not change it.\n\n"
        "**2 × 16 units** are right on nearly all training points, and the dashed loss turns and climbs: the border "
        "winds around single points, and the network is ever surer of its mistakes. That is over-fitting.\n\n"
        "**The accuracy tells less than the loss.** It may hardly fall while the loss soars, for a wrong answer given "
        "with 51 % and one with 99.9 % count the same.\n\n"
        "**More points** (try 400) and **less noise** bring the two lines of each network together: no network became "
        "smaller. Without noise the largest network does well even with few points."
    )
    st.page_link(
        page_at("overfitting").script, label="Next: measure it over many networks", query_params={"section": "curves"}
    )


def _suits(spec: Race) -> bool:
    return (
        isinstance(spec.base, Supervised)
        and spec.variants == SIZES.variants
        and getattr(spec.base.data, "name", "") == "circle"
    )


def _lesson() -> None:
    st.header("Too small, enough, too large", anchor=False)
    st.markdown(
        f"Three networks learn from the same few noisy points. Their {term('capacity')} grows with their units. Solid "
        f"lines are measured on the points they learn from, dashed ones on {TEST} points they never see."
    )
    predict(
        "overfitting sizes",
        "40 noisy points, 300 epochs. Whose loss on *new* points ends highest?",
        ("That of 1 unit: it can do least", "That of 4 units", "That of 2 × 16 units"),
        right=2,
        why="A single unit is unsure nearly everywhere, which costs little. The large network is sure everywhere, "
        "and where it followed the noise it is sure and wrong: cross-entropy makes that expensive without bound.",
    )


def _settings(form: Form) -> None:
    data = form.spec.base.data
    examples = data.train_samples or round(data.samples * (1 - data.test_share))
    st.select_slider(
        "Points to learn from ↻",
        sorted({*EXAMPLES, examples}),
        help=f"{TEST} others are for testing, always the same.",
        **form.bind(
            "examples",
            examples,
            lambda _spec, count: {f"base.data.{name}": value for name, value in points(count).items()},
        ),
    )
    st.select_slider(
        "Noise ↻",
        sorted({*NOISES, data.noise}),
        format_func=lambda value: f"{value:.0%}",
        help="How far points are moved at random, so that some lie on the wrong side.",
        **form.bind("base.data.noise", data.noise),
    )
    draw_anew(
        form,
        "Other points",
        "base.data.seed",
        "base.seed",
        help="Draws all points anew, and other first weights.",
        key="again",
    )
