"""Mini-batch noise: the same network with batches of 1, 8, 64 and all samples, against updates and seconds."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.specs.race import Member, Race
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find
from ui.controls.form import Form
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
    samples_of,
    set_setting,
    updates_of,
)
from ui.live.component import Layout
from ui.teaching import explain, predict

SIZES: tuple[int | str, ...] = (1, 8, 64, "all")
LENGTHS = {"Updates": 1_000, "Epochs": 10}  # of which all get as many, and how many
CHOSEN = ("sgd", "momentum", "adam")  # optimizers to choose from; gradient descent knows no batches
DIABETES = next(offer for offer in OFFERS if offer.name == "diabetes")  # no network explains it all: noise stays
_RATE, _OPTIMIZER = "training.learning_rate", "training.optimizer"
_SIZE, _EPOCHS = "training.batch_size", "training.epochs"


_QUESTION = (
    "The loss of one batch differs from batch to batch. With 64 samples in place of one, by how much does that shrink?",
    ("To about a 64th", "To about an eighth", "Not at all: it is the same data"),
)
_WHY = (
    "The mean of $B$ samples has a standard deviation of $\\sigma/\\sqrt B$, and $\\sqrt{64} = 8$. So the last bit "
    "of noise is the dearest: a quarter of the noise costs sixteen times the samples. Compare the column *Noise of "
    "the loss* (the networks are not at the same place, so it is not exactly 8)."
)
_SEEN = (
    "**Noise.** A batch is a sample of the data: its loss lies $\\sigma/\\sqrt B$ off, a little less because no "
    "sample is drawn twice in an epoch. *All at once* has no noise left: what is shown there is how much the loss "
    "falls from one update to the next. Noise moves the weights in proportion to the learning rate: with a large one "
    "the line of the single samples never comes to rest, with a small one it calms down. Try 0.003.\n\n"
    "**As many updates.** On the diabetes data, batches of 8 and of all 309 samples lead to much the same place: "
    "each update goes about the right way, and all samples tell little more than eight do.\n\n"
    "**As many epochs.** Now everybody sees every sample ten times. Single samples make thousands of updates of it, "
    "all at once make ten and have hardly begun. So small batches get more out of each sample.\n\n"
    "**Seconds.** Read *ms an update*: one on 309 samples takes hardly longer than one on a single sample, because "
    "most of the time goes into starting operations, and these work on many numbers at once. So an **epoch** of "
    "single samples takes more than a hundred times as long as one at once, and on a set this small all at once is "
    "no slower by the clock than 8 or 64. With millions of samples it is the arithmetic that counts: then one update "
    "on all costs as much as thousands of small ones, and that is why nearly everybody uses mini-batches.\n\n"
    "**“Small batches are worse, for they are noisy”** and **“they are better, for noise helps to escape”**: both "
    "are said. What these numbers show is a trade: many noisy updates against few steady ones."
)


def race(offer: Offer = DIABETES, length: str = "Updates", optimizer: str = "sgd", rate: float = 0.03) -> Race:
    """One network with batches of every size; all make as many updates, or epochs."""
    base = base_of(offer.name).replace({_OPTIMIZER: optimizer, _RATE: rate, _SIZE: 8, _EPOCHS: LENGTHS["Epochs"]})
    return Race.parse({"base": base, "variants": _variants(base, length), "timed": True, "goal": offer.goal})


def batches_section() -> None:
    """Draw the section."""
    lab_section(
        "optimizers",
        "batches",
        default=race(),
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("loss_by_update", 1), ("loss_by_second", 1)),
            below=(("batch_loss", 1), ("clock", 1)),
            tabs=(
                ("Test score", ("standings", "score_by_update", "score_by_second")),
                ("Loss against epochs", ("loss",)),
            ),
            only=True,
        ),
    )
    explain(_SEEN)


def epochs_of(base: Member, size: int | str, length: str) -> int:
    """How many epochs a variant trains, so that all get as many of what `length` names."""
    if length == "Epochs":
        return LENGTHS["Epochs"]
    an_epoch = 1 if isinstance(size, str) else updates_of(base, size)
    return max(1, round(LENGTHS["Updates"] / an_epoch))


def _variants(base: Member, length: str) -> list[dict[str, Any]]:
    return [
        {
            "title": "All at once" if size == "all" else f"Batch of {size}",
            "changes": {_SIZE: size, _EPOCHS: epochs_of(base, size, length)},
        }
        for size in SIZES
    ]


def _length(spec: Race) -> str | None:
    """What all get as many of; None: of neither."""
    rows = [row.as_dict() for row in spec.variants]
    return next((length for length in LENGTHS if rows == _variants(spec.base, length)), None)


def _suits(spec: Race) -> bool:
    return spec.timed and spec.base.training.optimizer.kind in CHOSEN and _length(spec) is not None


def _lesson() -> None:
    st.header("Mini-batch noise", anchor=False)
    st.markdown(
        f"An update need not look at all samples: the gradient of a {term('batch')} points about the right way. Four "
        "networks start from the same weights and differ in the batch alone, and so in their "
        f"{term('mini-batch noise')}. Compare them after as many updates, and after as many **seconds**."
    )
    predict("optimizers noise", *_QUESTION, right=1, why=_WHY)


def _settings(form: Form) -> None:
    spec: Race = form.spec
    length = _length(spec) or "Updates"
    present = offer_of(spec, (_RATE, _OPTIMIZER, _SIZE, _EPOCHS))
    kind = spec.base.training.optimizer.kind
    set_setting(form, present, lambda spec, offer: _raced(spec, offer, length, spec.base.training.optimizer.kind))
    st.segmented_control(
        "Optimizer ↻",
        CHOSEN,
        format_func=lambda name: find(OPTIMIZERS, name, "optimizer").title,
        required=True,
        width="stretch",
        **form.bind("optimizer", kind, lambda _spec, name: {f"base.{_OPTIMIZER}": name}),
    )
    rate_setting(form, help="Of all four. Small batches with a large one: the noise never settles.")
    st.segmented_control(
        "All get as many ↻",
        tuple(LENGTHS),
        format_func=lambda name: f"{name}: {LENGTHS[name]:,}",
        required=True,
        width="stretch",
        help="As many updates: small batches see far fewer samples. As many epochs: each sees every sample as often.",
        **form.bind("length", length, lambda spec, name: {"variants": _variants(spec.base, name)}),
    )
    goal_setting(form)
    another_start(form)
    st.caption(f"About {samples_of(spec.base):,} samples to learn from; the same first weights for all.")


def _raced(spec: Race, offer: Offer, length: str, optimizer: str) -> dict[str, Any]:
    """Changes that make it the same race on another set."""
    other = race(offer, length, optimizer, spec.base.training.learning_rate)
    return {
        "base": other.base.replace({"seed": spec.base.seed}).as_dict(),
        "variants": [row.as_dict() for row in other.variants],
        "goal": offer.goal,
    }
