"""The run behind a page: found again after a reload, started where there is none, and kept true to the page's spec."""

from __future__ import annotations

from concurrent.futures import TimeoutError as Late
from typing import Any

import streamlit as st

from dlcore.engine.errors import LimitReached, Refused
from dlcore.engine.run import Run
from dlcore.examples import example
from dlcore.specs.spec import Spec, differences
from dlcore.training.prepare import prepare
from ui.controls.experiment import Experiment
from ui.engine import the_engine
from ui.owner import owner
from ui.plain_text import plain
from ui.share import PARAMETER, encode, from_query, too_long

PATIENCE = 5.0  # seconds that a click waits for a worker to take a change


def open_experiment(name: str, default: Any) -> tuple[Experiment, frozenset[str]]:
    """The experiment of a page, and the names of the controls that it hides.

    It is the one of this visit; on arrival the one of the run in the address, else of the link or example in the
    address, else the default.
    """
    experiment = Experiment(name=name, default=default)
    if f"{name} spec" not in st.session_state or "example" in st.query_params:
        _arrive(experiment)
    return experiment, st.session_state[f"{name} hidden"]


def _arrive(experiment: Experiment) -> None:
    name, query = experiment.name, st.query_params
    spec, hidden, message = from_query(query, experiment.default)
    if "example" in query:
        try:
            spec = example(query["example"]).spec
        except ValueError as error:
            message = f"{error}."
        del query["example"]
    run = _own_run(query.get("run"), experiment.default)
    if run is not None:
        spec, message = run.spec, None
        st.session_state[f"{name} run"] = run.id
    elif "run" in query and message is None:
        message = the_engine().farewell(query["run"])
    if type(spec) is not type(experiment.default):
        spec, message = experiment.default, "This link leads to an experiment of another kind."
    if too_few := _unlearnable(spec):
        spec, message = experiment.default, f"{too_few} So here is the default experiment."
    experiment.put(spec)
    st.session_state[f"{name} hidden"] = hidden
    _tell(experiment, message)


def _unlearnable(spec: Any) -> str | None:
    """Why nothing can be learned from the points of a link; without a network there would be no plane to draw on."""
    if spec.data.kind != "drawn":
        return None
    try:
        prepare(spec.data, ("x1", "x2"))
    except ValueError as error:
        return f"{error}."
    return None


def message_of(experiment: Experiment) -> str | None:
    """What to tell about how this experiment came here (a broken link, a run that has gone), until it is changed.

    As Markdown in which nothing that a stranger wrote is more than letters.
    """
    message, spec = st.session_state.get(f"{experiment.name} message", (None, None))
    return plain(message) if message and spec == experiment.spec else None


def run_of(experiment: Experiment, hidden: frozenset[str]) -> Run | None:
    """The run that carries out the experiment; None, with the reason in `experiment.refusal`, where none can be had."""
    name = experiment.name
    run = _own_run(st.session_state.get(f"{name} run"), experiment.default)
    try:
        if run is None:
            run = the_engine().start(experiment.spec, owner=owner())
        else:
            _agree(run, experiment)
    except (Refused, LimitReached) as refusal:
        if run is not None:
            experiment.put(run.spec)
        experiment.refuse(str(refusal))
    if run is not None:
        st.session_state[f"{name} run"] = run.id
        st.session_state[f"{name} carried out"] = run.spec
        _keep_address(run, experiment, hidden)
    return run


def lose_run(experiment: Experiment) -> None:
    """The run has gone while its page was open: say why, and start another when the page is drawn next."""
    gone = st.session_state.pop(f"{experiment.name} run", None)
    _tell(experiment, the_engine().farewell(gone) if gone else None)


def _tell(experiment: Experiment, message: str | None) -> None:
    st.session_state[f"{experiment.name} message"] = (message, experiment.spec)


def _own_run(run_id: Any, default: Any) -> Run | None:
    if not isinstance(run_id, str):
        return None
    run = the_engine().find(run_id)
    return run if run is not None and run.owner == owner() and isinstance(run.spec, type(default)) else None


def _agree(run: Run, experiment: Experiment) -> None:
    """Let the run follow what was changed on this page, and the page what was changed elsewhere.

    Elsewhere is another tab with the same run, or the rewind slider, which brings back the settings of that time.
    """
    known = st.session_state.get(f"{experiment.name} carried out", run.spec)
    if run.spec != known:
        here = differences(known, experiment.spec)
        experiment.put(run.spec)
        if here:
            experiment.change(here)
    if run.spec != experiment.spec:
        _follow(run, experiment.spec)


def _follow(run: Run, spec: Spec) -> None:
    playing = run.status == "playing"
    answer = run.change(differences(run.spec, spec))
    try:
        result = answer.result(timeout=PATIENCE)
    except Late:
        return  # it is on its way; the picture will follow
    if playing and result.get("rebuilt"):
        run.play()


def _keep_address(run: Run, experiment: Experiment, hidden: frozenset[str]) -> None:
    query = {"run": run.id, PARAMETER: encode(experiment.spec, hidden)}
    if too_long(query[PARAMETER]):
        del query[PARAMETER]  # the run is found again all the same
    if dict(st.query_params) != query:
        st.query_params.from_dict(query)
