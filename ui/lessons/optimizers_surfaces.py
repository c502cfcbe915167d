"""The section on surfaces: eight optimizers start at one place and roll down."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import streamlit as st

from dlcore.specs import limits
from dlcore.specs.descent import Descent, racers_for
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find
from dlcore.training.surfaces import SURFACES
from ui.controls.draft import Draft
from ui.controls.form import Form
from ui.controls.pickers import number, pick
from ui.glossary import term
from ui.lab_section import lab_section
from ui.live.component import Layout
from ui.teaching import explain, predict

PACE = 30.0  # steps a second: slow enough to follow with the eyes
LAYOUT = Layout(
    top=(("descent", 3), ("heights", 2)),
    tabs=(("Landscape in 3-D", ("landscape",)), ("Along and across the valley", ("along", "across"))),
)
_NOISES = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
_CONDITIONS = (1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 1000.0)
_ANGLES = (0.0, 15.0, 30.0, 45.0, 60.0, 75.0, 90.0)


def surfaces_section() -> None:
    """Draw the section."""
    lab_section(
        "optimizers",
        "surfaces",
        default=Descent(),
        suits=lambda spec: all(not racer.title or racer.optimizer.kind == "gd" for racer in spec.racers),
        lesson=_lesson,
        settings=_settings,
        layout=LAYOUT,
        on={"start": take_start},
        pace=PACE,
    )
    explain(
        "**Gradient descent** goes straight down the slope, at right angles to the lines of equal height. In a valley "
        "that is hardly ever the way to the minimum: it jumps from wall to wall and creeps along the floor. Without "
        "noise **SGD** is the very same rule, and its dashed line lies on that of gradient descent; with noise only "
        "gradient descent still sees the whole surface.\n\n"
        "**Momentum** adds up past gradients: across the valley they cancel, along it they grow. So it is faster on "
        "the floor, and it overshoots, because what it has added up carries it past the minimum. **Nesterov** corrects "
        "the step by the newest gradient, which brakes earlier.\n\n"
        "**Adagrad, RMSprop and Adam** divide each weight's step by the size of that weight's own gradients. If the "
        "valley lies along the axes, steep and flat directions then get steps of like size, and the valley might as "
        "well be round. Turn it by 45° and every weight feels both directions at once: this help is gone, while "
        "gradient descent, momentum and Nesterov take the very same way, only turned. The loss of a network is not "
        "lined up with its weights either; that Adam works so well there is an observation, not a theorem.\n\n"
        "**AdamW** also pulls all weights towards (0, 0), by $\\eta\\lambda w$ a step. Where the minimum lies "
        "elsewhere, it comes to rest a little beside it; on data that is the purpose: smaller weights overfit less.\n\n"
        f"At a {term('saddle point')} the gradient is 0. Start exactly on the ridge ($w_2=0$): whoever sees exact "
        "gradients rolls to the pass and stays there. A little to the side, or a little noise, is enough to leave, and "
        "the rules that divide by the size of the gradient leave first. With very many weights, places without slope "
        "are mostly saddles and hardly ever bad minima (Dauphin et al., 2014).\n\n"
        "Learning rates are not comparable between rules: each ball has one that suits it here. With another one the "
        "order changes, so this race crowns nobody."
    )


def take_start(draft: Draft, said: Any) -> None:
    """Let the balls start where the ring was dropped; what is no place is refused with a sentence."""
    if isinstance(said, Sequence) and not isinstance(said, str):
        draft.change({"start": list(said)})


def _lesson() -> None:
    st.header("Eight ways down", anchor=False)
    st.markdown(
        f"A {term('loss surface')} gives a loss for every choice of two weights. A ball feels only the slope under "
        f"it, the {term('gradient')}, and its {term('optimizer')} makes steps of that. **Drag the ring** or click "
        "anywhere to drop eight balls there; each is moved by the real `torch.optim`."
    )
    predict(
        "optimizers turned",
        "The valley is turned by 45°, the ring with it. Who gets slower?",
        ("Nobody", "All of them", "Only Adagrad, RMSprop, Adam and AdamW"),
        right=2,
        why="Gradient descent, momentum and Nesterov know no axes: turned surface, turned way, the same losses. The "
        "others scale **each weight by itself**, which helps only where steep and flat lie along the axes. Here "
        "Adagrad needs about five times as many steps to a loss of 0.01 as before, Adam about twice as many. (Set "
        "*Turned by* to 45° and compare.)",
    )


def _settings(form: Form) -> None:
    spec = form.spec
    pick(
        form,
        "surface.kind",
        "Surface ↻",
        {row.name: row.title for row in SURFACES},
        help="The loss over two weights. A new one brings learning rates that suit it.",
        write=_other_surface,
    )
    st.markdown(f"${spec.row.formula}$")
    st.caption(spec.row.says)
    if spec.settings:
        _valley(form)
    present = spec.spread
    st.select_slider(
        "Gradient noise σ",
        sorted({*_NOISES, present}),
        format_func=lambda value: f"{value:g}",
        help="Added to both parts of every gradient, drawn from a normal distribution, the same for all balls, as if "
        "they saw the same mini-batches. Gradient descent sees the whole and gets none.",
        **form.bind("noise", present),
    )
    st.pills(
        "Who rolls ↻",
        [row.name for row in OPTIMIZERS],
        format_func=lambda name: "GD" if name == "gd" else find(OPTIMIZERS, name, "optimizer").title,
        selection_mode="multi",
        help="Each has its colour, whoever else rolls.",
        **form.bind("racers", [racer.optimizer.kind for racer in spec.racers], _other_racers),
    )
    with st.popover("Learning rates and settings", icon=":material/tune:", width="stretch"):
        for place, racer in enumerate(spec.racers):
            _racer(form, place, racer)
    number(
        form,
        "steps",
        "Steps",
        least=1,
        most=limits.DESCENT_STEPS,
        step=50,
        help="After so many steps the race is over.",
    )


def _valley(form: Form) -> None:
    condition, angle = form.value("surface.condition"), form.value("surface.angle")
    st.select_slider(
        "Condition number κ ↻",
        sorted({*_CONDITIONS, condition}),
        format_func=lambda value: f"{value:g}",
        help="How much steeper it is across the valley than along: the larger eigenvalue of the Hessian over the "
        "smaller.",
        **form.bind("surface.condition", condition),
    )
    st.select_slider(
        "Turned by ↻",
        sorted({*_ANGLES, angle}),
        format_func=lambda value: f"{value:g}°",
        help="Turns the valley, and the start with it where that stays in sight, so that it is the same race.",
        **form.bind("surface.angle", angle, _turned),
    )


def _racer(form: Form, place: int, racer: Any) -> None:
    row = find(OPTIMIZERS, racer.optimizer.kind, "optimizer")
    path = f"racers.{place}"
    st.markdown(f"**{racer.name}** ${row.formula}$")
    columns = st.columns(1 + len(row.settings))
    with columns[0]:
        number(
            form,
            f"{path}.learning_rate",
            "learning rate η",
            least=1e-6,
            most=limits.LEARNING_RATE,
            step=racer.learning_rate / 5,
            help="May change while the ball rolls.",
        )
    for column, (name, _argument, _default, least, below) in zip(columns[1:], row.settings, strict=True):
        with column:
            number(
                form,
                f"{path}.optimizer.{name}",
                {"momentum": "μ", "alpha": "α", "beta1": "β₁", "beta2": "β₂", "weight_decay": "λ"}[name],
                least=least,
                most=below,
                step=0.01,
                help=f"From {least:g} to below {below:g}.",
            )


def _other_surface(_spec: Descent, chosen: str) -> dict[str, Any]:
    row = find(SURFACES, chosen, "surface")
    racers = [racer.as_dict() for racer in racers_for(chosen)]
    return {"surface": chosen, "start": list(row.start), "noise": None, "racers": racers, "steps": row.steps}


def _other_racers(spec: Descent, chosen: list[str]) -> dict[str, Any]:
    """Who rolls already keeps its settings; who comes new gets those that suit the surface."""
    present = {racer.optimizer.kind: racer for racer in spec.racers}
    new = {racer.optimizer.kind: racer for racer in racers_for(spec.surface.kind)}
    return {"racers": [present.get(name, new[name]).as_dict() for name in new if name in chosen]}


def _turned(spec: Descent, angle: float) -> dict[str, Any]:
    """The valley at another angle; the start turns along, so that it lies as before."""
    turn = math.radians(angle - spec.settings["angle"])
    x, y = spec.start
    start = [
        round(math.cos(turn) * x - math.sin(turn) * y, 3) + 0.0,
        round(math.sin(turn) * x + math.cos(turn) * y, 3) + 0.0,
    ]
    in_sight = all(low <= value <= high for value, (low, high) in zip(start, spec.row.range, strict=True))
    return {"surface.angle": angle} | ({"start": start} if in_sight else {})
