"""The section on cross-validation: the score of every fold, live, and their mean and spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dlcore.examples import example
from dlcore.specs import limits
from dlcore.specs.own_table import OwnTable
from dlcore.specs.race import Member, Race, cross_validation
from ui.controls.chance import draw_anew
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.live.component import Layout
from ui.studio.own_kept import all_kept
from ui.studio.own_toolbar import beginnings
from ui.teaching import explain, predict

SETS = ("iris", "penguins", "wine", "breast-cancer", "diabetes", "moons", "digits-mlp")  # examples whose data are dealt
FOLDS = (2, 3, 5, 10)
_EACH = range(limits.VARIANTS)


def cross_validation_section() -> None:
    """Draw the section."""
    lab_section(
        "data",
        "folds",
        default=_race("iris", 5),
        suits=lambda spec: spec.repeats and spec.base.data.folds == len(spec.variants),
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("scores", 1), ("score", 1)),
            below=(("loss", 1),),
            tabs=(
                ("Outputs", [f"output_{number}" for number in _EACH]),
                ("Precision and recall", ("report",)),
                ("ROC", ("roc", "precision_recall")),
                ("Confusion", [f"confusion_{number}" for number in _EACH]),
            ),
            only=True,
        ),
    )
    explain(
        "Every sample was tested **exactly once**, by a network that had never seen it. So the mean over the folds "
        "rests on all samples, and is steadier than the score of a single split.\n\n"
        "$$\\bar a=\\frac1k\\sum_{i=1}^k a_i\\qquad s=\\sqrt{\\frac1{k-1}\\sum_{i=1}^k(a_i-\\bar a)^2}$$\n\n"
        "The spread $s$ says how much a score depends on which samples happen to be tested: the smaller the folds, the "
        "more. The folds share most of what they learn from, so $s/\\sqrt k$ is only a rough error of the mean. "
        "Scaling is measured anew on the training part of each fold.\n\n"
        "More folds let each network learn from more samples, and cost more trainings. If you try many settings and "
        "keep the one with the best mean, that mean flatters: a last test part that no choice has seen tells the truth."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A data set with a network that suits it."""

    title: str
    base: Member


def offers() -> dict[str, Offer]:
    """What can be divided into folds, by name: examples, and the learner's own tables but those split by time."""
    found = {name: Offer(title=example(name).title, base=_base(name)) for name in SETS}
    for data in all_kept():
        if isinstance(data, OwnTable) and data.split != "time":
            start = next((spec for _, spec in beginnings(data) if isinstance(spec, Member)), None)
            if start is not None:
                found[data.upload] = Offer(title=f"{data.title} (yours)", base=start)
    return found


def _base(name: str) -> Member:
    found: Any = example(name).spec
    return found  # type: ignore[no-any-return]  # of the two kinds that race: SETS holds no others


def _race(name: str, folds: int) -> Race:
    return cross_validation(_base(name), folds)


def _lesson() -> None:
    st.header("Cross-validation", anchor=False)
    st.markdown(
        f"One split into {term('training data')} and {term('test data')} gives one test score, and "
        f"another split another one. It says how good the network's {term('generalization')} is. **k-fold** "
        f"{term('cross-validation')} divides the samples into k parts, the {term('fold', 'folds')}, trains k networks, "
        "and tests each on the part that it has not learned from."
    )
    predict(
        "folds",
        "The same network, tested on each fifth of 150 flowers: what do the five scores do?",
        ("They are equal: the network is the same", "They differ by some per cent", "They differ by half"),
        right=1,
        why="Each network is tested on 30 other flowers. By chance alone, the share that is right has a standard "
        "deviation of $\\sqrt{p(1-p)/n}$: with $p=0.95$ and $n=30$ that is 4 %. A single split could have told you "
        "any of these numbers.",
    )


def _settings(form: Form) -> None:
    spec = form.spec
    dealt = {"data.folds": spec.base.data.folds, "data.seed": spec.base.data.seed}
    offered = offers()
    chosen = next((name for name, offer in offered.items() if offer.base.replace(dealt) == spec.base), "")
    folds = len(spec.variants)
    st.selectbox(
        "Data set ↻",
        tuple(offered) if chosen else (*offered, ""),
        format_func=lambda name: offered[name].title if name else "of the link",
        help="With a network that suits it; the Code shows it in full. Tables of your own are here, too.",
        **form.bind("set", chosen, lambda _spec, name: _divided(offered[name].base, folds) if name else {}),
    )
    st.segmented_control(
        "Folds k ↻",
        sorted({*FOLDS, folds}),
        required=True,
        width="stretch",
        help="Into how many parts the samples are divided. Every class is dealt to them evenly.",
        **form.bind("folds", folds, lambda spec, k: _divided(spec.base, k)),
    )
    draw_anew(
        form,
        "Deal anew",
        "base.data.seed",
        help="Other samples come together in a fold: how much do the mean and the spread change?",
        key="deal",
    )
    count = spec.base.data.count
    st.caption(
        f"{count:,} samples: each network learns from about {count - count // folds:,} and is tested on "
        f"{count // folds:,} others."
    )


def _divided(base: Member, folds: int) -> dict[str, Any]:
    """Changes that make a race the cross-validation of a base."""
    race = cross_validation(base, folds)
    return {"base": race.base.as_dict(), "variants": [variant.as_dict() for variant in race.variants]}
