"""What the races of the page on optimizers share: real data sets with their networks, a goal, another start."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dlcore.examples import example
from dlcore.specs.data import IMAGES_TEST_SHARE
from dlcore.specs.race import Member, Race
from ui.controls.chance import draw_anew
from ui.controls.form import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An example's data and network, and a score in per cent that is worth reaching there."""

    name: str
    goal: int


OFFERS = (
    Offer(name="penguins", goal=95),
    Offer(name="iris", goal=90),
    Offer(name="wine", goal=95),
    Offer(name="breast-cancer", goal=95),
    Offer(name="diabetes", goal=40),
    Offer(name="digits-mlp", goal=90),
)
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)


@functools.cache
def base_of(name: str) -> Member:
    """The example's experiment as a base: the textbook's update, so that seconds are those of the code to read."""
    spec: Any = example(name).spec
    base: Member = spec.replace(
        {"training.step": "textbook", "training.optimizer": "sgd", "training.learning_rate": 0.03}
    )
    return base


def samples_of(base: Member) -> int:
    """About how many samples there are to learn from; rounding class by class may leave one or two more or fewer."""
    share = base.data.test_share
    return base.data.count - round((IMAGES_TEST_SHARE if share is None else share) * base.data.count)


def updates_of(base: Member, batch: int) -> int:
    """About how many updates an epoch takes."""
    return math.ceil(samples_of(base) / batch)


def offer_of(spec: Race, same: tuple[str, ...]) -> Offer | None:
    """The offer whose experiment the base is, but for the seed and the fields named in `same`; None: another one."""
    for offer in OFFERS:
        base = base_of(offer.name)
        if type(base) is type(spec.base):
            fields = {path: functools.reduce(getattr, path.split("."), spec.base) for path in ("seed", *same)}
            plain = {
                path: value if not hasattr(value, "as_dict") else value.as_dict() for path, value in fields.items()
            }
            if base.replace(plain) == spec.base:
                return offer
    return None


def set_setting(form: Form, present: Offer | None, change: Callable[[Race, Offer], Mapping[str, Any]]) -> None:
    """A menu of data sets; `change(spec, offer)` gives the changes that make the race one on that set."""
    offers = {offer.name: offer for offer in OFFERS}
    chosen = present.name if present else ""
    st.selectbox(
        "Data set ↻",
        tuple(offers) if chosen else (*offers, ""),
        format_func=lambda name: example(name).title if name else "of the link",
        help="A real one, with a network that suits it; the Code shows it in full.",
        **form.bind("set", chosen, lambda spec, name: change(spec, offers[name]) if name else {}),
    )


def rate_setting(form: Form, *, help: str) -> None:
    """The learning rate that all variants have in common."""
    rate = form.spec.base.training.learning_rate
    st.select_slider(
        "Learning rate η",
        sorted({*RATES, rate}),
        format_func=lambda value: f"{value:g}",
        help=help,
        **form.bind("base.training.learning_rate", rate),
    )


def goal_setting(form: Form) -> None:
    """The score of which the table says when it was first reached."""
    classes = form.spec.base.data.task != "regression"
    st.slider(
        "Test accuracy to reach" if classes else "Test R² to reach, in hundredths",
        1,
        100,
        format="%d %%" if classes else "%d",
        help="The table says after how many updates and seconds each first reached it. May be changed at any time: "
        "what was reached before is remembered.",
        **form.bind("goal", form.spec.goal),
    )


def another_start(form: Form) -> None:
    """A button that takes other first weights and batches: what was chance?"""
    draw_anew(
        form,
        "Other first weights ↻",
        "base.seed",
        help="The same race from other first weights, with other batches: which differences were chance?",
    )
