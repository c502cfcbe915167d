"""The section on schedules: the learning rate over time before anything trains, then the race of four on real data."""

from __future__ import annotations

import functools
from typing import Any

import streamlit as st

from dlcore.examples import example
from dlcore.specs.race import Member, Race
from dlcore.training.schedules import SCHEDULES, factor_of
from ui.browser_part import browser_part
from ui.controls.chance import draw_anew
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.live.component import Layout
from ui.teaching import explain, predict

EPOCHS = 20
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 1.0)
DECAYS = (0.1, 0.25, 0.5, 0.75, 0.9)
EVERIES = (1.0, 2.0, 4.0, 5.0, 8.0, 10.0)
WARM_UPS = (0.5, 1.0, 2.0, 5.0, 10.0)
KINDS = tuple(row.name for row in SCHEDULES)
_PLACES = 400  # of the drawn lines
_RATE = "training.learning_rate"


def variants(every: float = 5.0, decay: float = 0.5, warm_up: float = 2.0) -> list[dict[str, Any]]:
    """The four schedules over `EPOCHS` epochs, as variants of one experiment."""
    settings: dict[str, dict[str, float]] = {
        "constant": {},
        "step": {"every": every, "decay": decay},
        "cosine": {"epochs": float(EPOCHS)},
        "warm_up": {"epochs": warm_up},
    }
    return [
        {"title": row.title, "changes": {"training.schedule": {"kind": row.name, **settings[row.name]}}}
        for row in SCHEDULES
    ]


# Losses over several seeds are recorded in tests/ui/lessons/test_optimizers_schedules.py.
_CHOICES: dict[str, dict[str, Any]] = {
    "diabetes": {"training.optimizer": "sgd", "training.learning_rate": 0.1},
    "wine": {"training.optimizer": "momentum", "training.learning_rate": 0.3},
}
TITLES = {"diabetes": "Diabetes, SGD", "wine": "Wines, momentum"}


@functools.cache
def base_of(name: str) -> Member:
    """The network of an example, with small batches: there is noise to be dealt with."""
    usual = {"training.batch_size": 4, "training.epochs": EPOCHS, "training.l2": 0.0}
    base: Member = example(name).spec.replace({**usual, **_CHOICES[name]})  # type: ignore[assignment]  # all are Supervised
    return base


RACE = Race.parse({"base": base_of("diabetes"), "variants": variants()})


def schedules_section() -> None:
    """Draw the section."""
    lab_section(
        "optimizers",
        "schedules",
        default=RACE,
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("loss", 1), ("score", 1)),
            below=(("learning_rate", 1), ("scores", 1)),
            only=True,
        ),
    )
    explain(
        "A **constant** rate has to serve the whole training. Large enough to get on in the first epochs, it is too "
        "large in the last: every mini-batch throws the weights about the place they have found, and the loss goes up "
        "and down without end.\n\n"
        "**Step** and **cosine** begin just as large, then take the noise away: their steps become so small that the "
        "mini-batches average out, and the loss comes to rest, lower than the others', here on new patients, too. Step "
        "halves the rate now and then; cosine, $\\tfrac{\\eta}{2}(1+\\cos\\tfrac{\\pi t}{T})$, does it "
        "smoothly, down to 0 after the last epoch (Loshchilov and Hutter, 2017). It has to know from the start how "
        "long the training will be.\n\n"
        "**Warm-up** is about the *beginning*; afterwards it is the constant rate, with all its noise. It spares fresh "
        "weights steps that are too large for them, and large networks are mostly trained with both: warm-up, then "
        "cosine. Does it help a small one? Take the **wines**, look how low the loss on the training wines ends with "
        "warm-up and without, and make up your mind. Then take other first weights (another "
        f"{term('seed')}), five times, and count. Of 80 such races of ours it won 40; in 25 its loss "
        "ended more than three times lower, in 24 more than three times higher. So what you saw was no effect but "
        "luck: **a single run proves nothing**, however large the difference. (Here even the last digits count: a "
        "computer that rounds a little differently gets other curves from the same seed.)\n\n"
        "**Take a small learning rate** for the diabetes (0.01) and compare again: then there is little noise to be "
        "taken away, and a schedule that makes small steps smaller only costs time. A schedule is no cure for a rate "
        "that is wrong."
    )


def _suits(spec: Race) -> bool:
    return (
        [row.title for row in spec.variants] == [row.title for row in SCHEDULES]
        and all(set(row.changes) == {"training.schedule"} for row in spec.variants)
        and [member.training.schedule.kind for member in spec.members] == list(KINDS)
    )


def _lesson() -> None:
    st.header("Schedules", anchor=False)
    st.markdown(
        f"A {term('learning-rate schedule')} changes the learning rate as training goes on. Below are four, as they "
        "will be; then the same network learns from real measurements with each of them, from the same first weights: "
        f"constant, in steps, along a cosine, and after a {term('warm-up')}."
    )
    predict(
        "optimizers schedules",
        "How diabetes goes on, learned with large, noisy steps. Whose loss on the *training* patients ends lowest?",
        ("Constant: it makes the largest steps", "Step and cosine", "Warm-up"),
        right=1,
        why="Near a minimum large steps do not land in it but jump about it, thrown by the noise of the mini-batches. "
        "Whose steps shrink comes to rest. Warm-up shrinks them at the wrong end for that.",
    )


def rates_of(member: Member, epochs: int = EPOCHS) -> tuple[list[float], list[float]]:
    """Epochs from 0 up to the end, and the rate of an update that begins there, as the training will have it."""
    factor = factor_of(member.training.schedule)
    places = [epochs * place / _PLACES for place in range(_PLACES)]
    return places, [member.training.learning_rate * factor(place) for place in places]


def _preview(spec: Race) -> None:
    lines = []
    for number, (variant, member) in enumerate(zip(spec.variants, spec.members, strict=True)):
        places, rates = rates_of(member)
        lines.append(
            {
                "name": variant.title,
                "title": variant.title,
                "xs": places,
                "ys": rates,
                "colour": f"variant:{number}",
                "width": 2,
                "dash": "5 4" if number == 0 else None,  # where others lie on it
            }
        )
    top = spec.base.training.learning_rate
    browser_part(
        "layerlab_optimizers_lines",
        "optimizers-lines.js",
        key="optimizers schedules preview",
        data={
            "label": "The learning rate over the epochs, before anything trains",
            "height": 210,
            "x": {"from": 0, "to": EPOCHS, "title": "epoch"},
            "y": {"from": 0, "to": 1.08 * top, "title": "learning rate"},
            "lines": lines,
        },
        on={},
    )


def _settings(form: Form) -> None:
    spec: Race = form.spec
    _preview(spec)
    bases = {name: base_of(name) for name in TITLES}
    plain = {
        name: spec.base.replace({"seed": base.seed, _RATE: base.training.learning_rate}) for name, base in bases.items()
    }
    chosen = next((name for name, base in bases.items() if plain[name] == base), None)
    st.segmented_control(
        "Data and optimizer ↻",
        tuple(TITLES),
        format_func=TITLES.__getitem__,
        width="stretch",
        help="Examples of the Playground, with batches of 4 samples.",
        **form.bind("data", chosen, lambda _spec, name: {"base": base_of(name).as_dict()} if name else {}),
    )
    rate = spec.base.training.learning_rate
    st.select_slider(
        "Learning rate η",
        sorted({*RATES, rate}),
        format_func=lambda value: f"{value:g}",
        help="At its largest. May change while they learn.",
        **form.bind("base.training.learning_rate", rate),
    )
    every, decay, warm_up = settings_of(spec)
    st.select_slider(
        "Step: every so many epochs ↻",
        sorted({*EVERIES, every}),
        format_func=lambda value: f"{value:g}",
        **form.bind("every", every, lambda _spec, chosen: {"variants": variants(chosen, decay, warm_up)}),
    )
    st.select_slider(
        "Step: times ↻",
        sorted({*DECAYS, decay}),
        format_func=lambda value: f"{value:g}",
        **form.bind("decay", decay, lambda _spec, chosen: {"variants": variants(every, chosen, warm_up)}),
    )
    st.select_slider(
        "Warm-up: epochs ↻",
        sorted({*WARM_UPS, warm_up}),
        format_func=lambda value: f"{value:g}",
        **form.bind("warm up", warm_up, lambda _spec, chosen: {"variants": variants(every, decay, chosen)}),
    )
    draw_anew(form, "Other first weights ↻", "base.seed", help="And other mini-batches: what stays the same?")


def settings_of(spec: Race) -> tuple[float, float, float]:
    """Every how many epochs the step comes, by which factor, and how long the warm-up takes."""
    step, warm_up = (spec.members[KINDS.index(kind)].training.schedule for kind in ("step", "warm_up"))
    return step.every, step.decay, warm_up.epochs
