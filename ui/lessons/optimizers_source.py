"""Which experiment a section of the page on optimizers looks at: an example, or the learner's own Playground run."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dlcore.engine.run import Run
from dlcore.examples import example
from dlcore.specs.supervised import Supervised
from ui.lessons.kept import kept, kept_key
from ui.pages import page_at
from ui.runs import run_of_visit

OWN = "playground"
NAMES = ("moons", "circle", "xor", "rings", "sine", "iris", "penguins", "wine", "breast-cancer", "diabetes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An experiment; `run` is where it trains already, None where it is an example."""

    title: str
    spec: Supervised
    run: Run | None = None


def chosen_source(section: str) -> Source | None:
    """Draw the choice of an experiment; None, with a way out on the page, where there is no own one."""
    name = kept_key(f"optimizers {section} source", NAMES[0], (*NAMES, OWN))
    chosen = kept(
        name,
        st.selectbox(
            "Experiment",
            (*NAMES, OWN),
            format_func=lambda one: "My Playground run" if one == OWN else example(one).title,
            help="One of the examples, or your own newest network of the Playground.",
            key=name,
        ),
    )
    if chosen != OWN:
        found = example(chosen)
        assert isinstance(found.spec, Supervised)
        return Source(title=found.title, spec=found.spec)
    run = run_of_visit("playground")
    if run is None or not isinstance(run.spec, Supervised):
        st.info("You have no network in the Playground yet: build one there, then come back.", icon=":material/hub:")
        st.page_link(page_at("playground").script, label="To the Playground", icon=":material/hub:")
        return None
    return Source(title="Your Playground run", spec=run.spec, run=run)
