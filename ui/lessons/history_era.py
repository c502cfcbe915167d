"""One year of the history page: what was known, a prediction, an experiment, what it could and could not do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from dlcore.specs.experiment import Experiment
from dlcore.specs.spec import SpecError
from ui.controls.chance import draw_anew
from ui.controls.form import Form
from ui.lab_section import lab_section
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a learner predicts before the experiment runs."""

    text: str
    answers: tuple[str, ...]
    right: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """An experiment of an era that a lab runs.

    `chance` are the paths of the seeds that “Once more, with other chance” moves on; `choices` names the values that a
    learner may choose at a path.
    """

    spec: Experiment
    layout: Layout
    chance: tuple[str, ...]
    choices: Mapping[str, tuple[str, tuple[Any, ...]]] = field(default_factory=dict)

    @property
    def free(self) -> frozenset[str]:
        """The paths that may differ from the experiment as it stands here."""
        return frozenset(self.chance) | frozenset(self.choices)

    def is_mine(self, spec: Any) -> bool:
        """Whether an experiment is this one, but for what may be chosen."""
        if type(spec) is not type(self.spec):
            return False
        try:
            return bool(spec.replace({path: _value(self.spec, path) for path in self.free}) == self.spec)
        except SpecError:
            return False  # it has no such field


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """One year: `source` is where it was published, `runs` an experiment of a lab or what draws another one."""

    year: int
    title: str
    icon: str
    heading: str
    text: str
    question: Question
    could: str
    could_not: str
    source: str
    runs: Experience | Callable[[], None]
    more: tuple[tuple[str, str], ...] = ()  # (page, what it leads to)


def draw(era: Era, following: Era | None) -> None:
    """Draw the section of one year."""
    if isinstance(era.runs, Experience):
        found = era.runs
        lab_section(
            "history",
            str(era.year),
            default=found.spec,
            suits=found.is_mine,
            lesson=lambda: _lesson(era),
            settings=lambda form: _settings(form, found),
            layout=found.layout,
        )
    else:
        _lesson(era)
        era.runs()
    explain(f"**What it could.** {era.could}\n\n**What it could not.** {era.could_not}\n\n*{era.source}*")
    with st.container(horizontal=True):
        for page, label in era.more:
            st.page_link(page_at(page).script, label=label)
        if following is not None:
            label = f"Next: {following.year}, {following.title}"
            st.page_link(page_at("history").script, label=label, query_params={"section": str(following.year)})


def _lesson(era: Era) -> None:
    st.header(era.heading, anchor=False)
    st.markdown(era.text)
    ask = era.question
    predict(f"history {era.year}", ask.text, ask.answers, right=ask.right, why=ask.why)


def _settings(form: Form, found: Experience) -> None:
    for path, (label, values) in found.choices.items():
        st.segmented_control(label, values, required=True, width="stretch", **form.bind(path, form.value(path)))
    draw_anew(
        form,
        "Once more, with other chance",
        *found.chance,
        help="Other first weights, another order of the samples: how much of the outcome was luck?",
        key="chance",
    )


def _value(spec: Experiment, path: str) -> Any:
    part: Any = spec
    for name in path.split("."):
        part = part[int(name)] if isinstance(part, tuple) else getattr(part, name)
    return part
