"""All eight optimizers on one real data set: a network each, the same first weights, on the clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dlcore.specs import limits
from dlcore.specs.race import Member, Race
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find
from ui.controls.form import Form
from ui.controls.pickers import number
from ui.glossary import term
from ui.lab_section import lab_section
from ui.lessons.optimizers_sets import (
    OFFERS,
    Offer,
    another_start,
    base_of,
    goal_setting,
    offer_of,
    rate_setting,
    set_setting,
    updates_of,
)
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict

UPDATES = (200, 500, 1_000, 2_000)
_RATE, _OPTIMIZER, _EPOCHS = "training.learning_rate", "training.optimizer", "training.epochs"
_EACH, _ALL = "Each its own", "One for all"
# Scores with these, and with others, are recorded in tests/ui/lessons/test_optimizers_data.py.
OWN = {row.name: row.learning_rate for row in OPTIMIZERS} | {"gd": 0.3, "sgd": 0.1, "momentum": 0.03, "nesterov": 0.03}

_QUESTION = (
    "Every optimizer gets a learning rate that suits it. How far apart are their test accuracies after 1,000 updates?",
    ("Adam is far ahead of all others", "Within a few per cent of one another", "Some have learned nothing"),
)
_WHY = (
    "With a rate that suits it, each of them finds weights that are good enough: what is left is a penguin more or "
    "less among a hundred. They differ in **how soon**: compare the updates to 95 %. Where one optimizer is far "
    "ahead of another, first ask whether anybody looked for the other's learning rate."
)
_SEEN = (
    "**“Adam is the best optimizer”** is not what these numbers say. With rates of their own, all eight end within a "
    "few per cent. Choose *One for all*, and the rate decides: at 0.001 gradient descent and SGD are far behind "
    "after 1,000 updates, and Adagrad, whose steps shrink all the time, has learned next to nothing, while Adam and "
    "RMSprop have learned nearly all. These two divide by the size of recent gradients, so their steps are about as "
    "long as the rate however flat the surface is. That makes one usual rate work in many places, which is worth a "
    "lot, and is not the same as being better.\n\n"
    "**GD and SGD** follow the same rule; GD sees all samples before each update. After as many updates, at one "
    "rate, their losses on the penguins hardly differ: the average of sixteen samples points nearly the same way.\n\n"
    "**Momentum** with μ = 0.9 and a rate η moves like SGD with 10 η, wherever the gradient keeps its direction: "
    "compare the two at one rate.\n\n"
    "**Updates are not seconds.** Read *ms an update*: Adam keeps two averages for each weight and takes longer than "
    "SGD. On a network this small nearly all of the time goes into starting operations, hardly any into arithmetic. "
    "That is why an update of GD, on all samples, costs little more than one on sixteen. With a million samples it "
    "is the arithmetic that counts, and GD pays for all of it before its first step.\n\n"
    "**Chance.** Take other first weights: the order changes where the lines were close. One race is one sample."
)


def title_of(name: str) -> str:
    """What an optimizer is called where there is little room."""
    return "GD" if name == "gd" else find(OPTIMIZERS, name, "optimizer").title


def race(offer: Offer = OFFERS[0], updates: int = 1_000, rates: Mapping[str, float] | None = OWN) -> Race:
    """About so many updates of each optimizer, with learning rates of their own; None: with that of the base."""
    base = base_of(offer.name)
    batch = base.training.batch_size
    assert isinstance(batch, int)  # of every example on offer
    epochs = max(1, round(updates / updates_of(base, batch)))
    values = {
        "base": base.replace({_EPOCHS: epochs}),
        "variants": _variants(rates, epochs * updates_of(base, batch)),
        "timed": True,
        "goal": offer.goal,
    }
    return Race.parse(values)


def data_section() -> None:
    """Draw the section."""
    lab_section(
        "optimizers",
        "data",
        default=race(),
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("loss_by_update", 1), ("standings", 1)),
            below=(("loss_by_second", 1), ("clock", 1)),
            tabs=(
                ("Test scores", ("score_by_update", "score_by_second")),
                ("As bars", ("scores",)),
                ("Loss against epochs", ("loss",)),
                ("What the batches saw", ("batch_loss",)),
                ("Precision and recall", ("report",)),
            ),
            only=True,
        ),
    )
    explain(_SEEN)
    st.page_link(
        page_at("optimizers").script, label="Next: the noise of small batches", query_params={"section": "batches"}
    )


def _variants(rates: Mapping[str, float] | None, updates: int) -> list[dict[str, Any]]:
    found = []
    for row in OPTIMIZERS:
        changes: dict[str, Any] = {_OPTIMIZER: row.name}
        if rates is not None:
            changes[_RATE] = rates[row.name]
        if row.full_batch:
            changes[_EPOCHS] = updates  # one update each
        found.append({"title": title_of(row.name), "changes": changes})
    return found


def _rates(spec: Race) -> dict[str, float] | None:
    """The learning rates of their own; None: all have the base's."""
    found = {str(row.changes[_OPTIMIZER]): row.changes.get(_RATE) for row in spec.variants}
    return {name: float(str(rate)) for name, rate in found.items()} if None not in found.values() else None


def _whole(spec: Race) -> int:
    """How many updates gradient descent makes, and the others about as many."""
    return next(int(str(row.changes[_EPOCHS])) for row in spec.variants if _EPOCHS in row.changes)


def _suits(spec: Race) -> bool:
    if [row.changes.get(_OPTIMIZER) for row in spec.variants] != [row.name for row in OPTIMIZERS]:
        return False
    has_length = [_EPOCHS in row.changes for row in spec.variants] == [row.full_batch for row in OPTIMIZERS]
    if not (spec.timed and has_length and isinstance(spec.base.training.batch_size, int)):
        return False
    return [row.as_dict() for row in spec.variants] == _variants(_rates(spec), _whole(spec))


def _lesson() -> None:
    st.header("The same race on real data", anchor=False)
    st.markdown(
        f"Now the surface is the {term('loss')} of a real network over all its weights. Eight networks start from the "
        "same weights and get the same batches (GD all samples at once); only the "
        f"{term('optimizer')} differs, and four of them are {term('adaptive optimizer', 'adaptive')}. Each trains by "
        "itself, on the clock."
    )
    predict("optimizers data", *_QUESTION, right=1, why=_WHY)


def _settings(form: Form) -> None:
    spec: Race = form.spec
    present = offer_of(spec, (_EPOCHS, _RATE))
    rates, updates = _rates(spec), _whole(spec)
    set_setting(form, present, lambda spec, offer: _raced(offer, spec))
    st.segmented_control(
        "Learning rates ↻",
        (_EACH, _ALL),
        required=True,
        width="stretch",
        help="Rates are not comparable between rules: a fair race gives each one that suits it.",
        **form.bind("rates", _EACH if rates else _ALL, _shared),
    )
    if rates is None:
        rate_setting(form, help="Of all eight. It may change while they train; press reset to see its whole effect.")
    else:
        with st.popover("Each learning rate η ↻", icon=":material/tune:", width="stretch"):
            for place, (name, rate) in enumerate(rates.items()):
                _own_rate(form, place, name, rate)
    closest = min(UPDATES, key=lambda count: abs(count - updates))
    st.segmented_control(
        "Updates of each ↻",
        UPDATES,
        format_func=lambda count: f"{count:,}",
        required=True,
        width="stretch",
        help="About so many: whole epochs.",
        **form.bind("updates", closest, _length),
    )
    goal_setting(form)
    another_start(form)
    batch = spec.base.training.batch_size
    st.caption(f"Batches of {batch}; **GD** looks at all training samples before each update.")


def _own_rate(form: Form, place: int, name: str, rate: float) -> None:
    number(
        form,
        f"rate {name}",
        title_of(name),
        help=f"${find(OPTIMIZERS, name, 'optimizer').formula}$",
        least=1e-6,
        most=limits.LEARNING_RATE,
        step=rate / 5,
        value=rate,
        write=lambda spec, chosen: _with_rates(spec, (_rates(spec) or OWN) | {name: chosen}),
    )


def _raced(offer: Offer, spec: Race) -> dict[str, Any]:
    """Changes that make it the same race on another set."""
    updates = min(UPDATES, key=lambda count: abs(count - _whole(spec)))
    other = race(offer, updates, _rates(spec))
    base: Member = other.base.replace({"seed": spec.base.seed, _RATE: spec.base.training.learning_rate})
    return {
        "base": base.as_dict(),
        "variants": [row.as_dict() for row in other.variants],
        "goal": offer.goal,
    }


def _shared(spec: Race, mode: str) -> dict[str, Any]:
    return _with_rates(spec, None if mode == _ALL else OWN)


def _with_rates(spec: Race, rates: Mapping[str, float] | None) -> dict[str, Any]:
    return {"variants": _variants(rates, _whole(spec))}


def _length(spec: Race, updates: int) -> dict[str, Any]:
    batch = spec.base.training.batch_size
    assert isinstance(batch, int)  # `_suits` saw to it
    an_epoch = updates_of(spec.base, batch)
    epochs = max(1, round(updates / an_epoch))
    return {f"base.{_EPOCHS}": epochs, "variants": _variants(_rates(spec), epochs * an_epoch)}
