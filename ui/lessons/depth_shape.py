"""The same number of parameters in one wide layer or in several narrow ones, side by side on the plane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dlcore.specs.layered import Layered
from dlcore.specs.race import Race
from ui.controls.chance import draw_anew
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict

SHAPES = {"One of 84": (84,), "Two of 16": (16, 16), "Three of 11 or 12": (11, 12, 11)}
ACTIVATIONS = {"relu": "ReLU", "tanh": "tanh"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A data set, the loss that suits it, and for how long to train."""

    title: str
    noise: float
    loss: str
    epochs: int

    def changes(self, name: str) -> dict[str, Any]:
        """What of the race it sets."""
        return {
            "base.data": {"kind": "generated", "name": name, "noise": self.noise},
            "base.training.loss": self.loss,
            "base.training.epochs": self.epochs,
        }


TASKS = {
    "spiral": Task(title="Spiral", noise=0.0, loss="bce", epochs=150),
    "hills": Task(title="Hills", noise=0.0, loss="mse", epochs=80),
    "circle": Task(title="Circle", noise=0.1, loss="bce", epochs=40),
    "moons": Task(title="Two moons", noise=0.1, loss="bce", epochs=40),
}


def variants(function: str) -> list[dict[str, Any]]:
    """The three networks with this activation function behind each hidden layer."""
    bend = {"kind": "activation", "function": function}
    return [
        {
            "title": title,
            "changes": {
                "layers": [
                    *(layer for units in widths for layer in ({"kind": "dense", "units": units}, bend)),
                    {"kind": "dense", "units": 1},
                ]
            },
        }
        for title, widths in SHAPES.items()
    ]


# Test scores over several seeds are recorded in tests/ui/lessons/test_depth_shape.py.
RACE = Race.parse(
    {
        "base": {
            "kind": "layered",
            "layers": [{"kind": "dense", "units": 1}],
            "data": TASKS["spiral"].changes("spiral")["base.data"],
            "training": {
                "loss": "bce",
                "optimizer": "adam",
                "learning_rate": 0.01,
                "batch_size": 25,
                "epochs": TASKS["spiral"].epochs,
            },
        },
        "variants": variants("relu"),
    }
)


def shape_section() -> None:
    """Draw the section."""
    lab_section(
        "depth",
        "shape",
        default=RACE,
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=tuple((f"output_{number}", 1) for number in range(len(SHAPES))),
            below=(("score", 3), ("scores", 2)),
            tabs=(("Loss", ("loss",)),),
        ),
    )
    explain(
        "**Spiral and hills: depth helps.** With one hidden layer of ReLU units the output bends along one straight "
        "line a unit, and no more. A unit of a second layer bends what is bent already: its own line has corners. So "
        "the turns of a spiral, or hill after hill, take fewer numbers to say.\n\n"
        "**Circle and moons: it does not.** A few bends are enough, every network has them to spare, and the curves "
        "end together. Depth costs there what it costs everywhere: more steps one after the other, and gradients that "
        "have a longer way back (see *How weights start*).\n\n"
        "**“Deeper is always better” is a myth**, and so is “one hidden layer can do everything, so more are useless”. "
        "One wide enough layer *can* come as close to any continuous function on a bounded region as you like "
        "(Cybenko, 1989, for sigmoids; Leshno and others, 1993, for ReLU, too). The theorem says neither how many "
        "units that takes nor that training finds them. Try tanh, and other first weights: what stays?"
    )
    st.page_link(page_at("depth").script, label="Next: how weights start", query_params={"section": "start"})


def _suits(spec: Race) -> bool:
    titles = tuple(SHAPES)
    return (
        isinstance(spec.base, Layered)
        and getattr(spec.base.data, "name", "") in TASKS
        and tuple(row.title for row in spec.variants) == titles
        and all(set(row.changes) == {"layers"} for row in spec.variants)
    )


def _lesson() -> None:
    st.markdown(
        f"Three networks with nearly the same number of {term('parameter', 'parameters')}: one wide "
        f"{term('hidden layer')}, two, or three narrow ones. They learn the same data in the same order, so what "
        f"differs is {term('depth')} and {term('width')}, and the weights that chance gave them at first."
    )
    predict(
        "depth shape",
        "A spiral, and a circle. On which does it matter how the parameters are laid out?",
        ("On both: deep is better", "On the spiral only", "On neither: the number of parameters decides"),
        right=1,
        why="A circle is a few bends, and 337 parameters are far too many for it in any shape. The spiral needs a "
        "border that turns again and again: layer upon layer builds that from fewer numbers. Change the data to see.",
    )


def _settings(form: Form) -> None:
    spec: Race = form.spec
    assert isinstance(spec.base, Layered)
    st.selectbox(
        "Data ↻",
        tuple(TASKS),
        format_func=lambda name: TASKS[name].title,
        help=f"Spiral, circle and moons are two classes; hills are heights to predict, judged by {term('R²')}.",
        **form.bind("task", getattr(spec.base.data, "name", ""), lambda _spec, name: TASKS[name].changes(name)),
    )
    st.segmented_control(
        "Activation ↻",
        tuple(ACTIVATIONS),
        format_func=ACTIVATIONS.__getitem__,
        required=True,
        width="stretch",
        **form.bind("activation", activation_of(spec), lambda _spec, name: {"variants": variants(name)}),
    )
    draw_anew(
        form,
        "Other first weights and data",
        "base.seed",
        "base.data.seed",
        help="Draws samples and first weights anew: does the order of the three stay?",
    )
    for row, member in zip(spec.variants, spec.members, strict=True):
        assert isinstance(member, Layered)
        st.caption(f"**{row.title}**: {member.walk.parameters:,} parameters")


def activation_of(spec: Race) -> str:
    """The activation function of the first network."""
    member = spec.members[0]
    functions = [layer.function for layer in getattr(member, "layers", ()) if layer.kind == "activation"]
    return functions[0] if functions and functions[0] in ACTIVATIONS else "relu"
