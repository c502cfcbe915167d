"""The run behind a page: found again after a reload, started where there is none, and kept true to the page's spec."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dlcore.engine.errors import LimitReached, Refused
from dlcore.engine.run import Run
from dlcore.examples import example
from dlcore.specs.spec import differences
from dlcore.training.prepare import prepare
from ui.answers import answer_of
from ui.controls.draft import Draft
from ui.controls.fields import has_field
from ui.engine import the_engine
from ui.owner import owner
from ui.plain_text import plain
from ui.share import PARAMETER, encode, from_query, too_long
from ui.uploads import why_not

PATIENCE = 5.0  # seconds that a click waits for a worker to take a change
KEPT = ("section",)  # what else an address may say: which part of its page is shown


@dataclass(slots=True)
class _Asked:
    """What a page has asked its run to become, and the answer as long as it has not been read."""

    spec: Any = None
    answer: Future[Any] | None = None


def open_draft(name: str, default: Any) -> tuple[Draft, frozenset[str]]:
    """The experiment of a page, and the names of the controls that it hides.

    It is the one of this visit; on arrival the one of the run in the address, else of the link or example in the
    address, else the default. Back and Forward in the browser bring the experiment that the address then holds.
    """
    draft = Draft(name=name, default=default)
    if f"{name} spec" not in st.session_state or "example" in st.query_params:
        _arrive(draft)
    elif went_back():
        _return(draft)
    return draft, st.session_state[f"{name} hidden"]


def bring(name: str, spec: Any) -> None:
    """Make an experiment the one of the page `name`, which its run then follows, wherever it was."""
    Draft(name=name, default=spec).put(spec)
    st.session_state.setdefault(f"{name} hidden", frozenset())


def _arrive(draft: Draft) -> None:
    name, query = draft.name, st.query_params
    spec, hidden, message = from_query(query, draft.default)
    if "example" in query:
        try:
            spec = example(query["example"]).spec
        except ValueError as error:
            message = f"{error}."
        del query["example"]
    run = _own_run(query.get("run"), draft.default)
    if run is not None:
        spec, message = run.spec, None
        st.session_state[f"{name} run"] = run.id
    elif "run" in query and message is None:
        message = the_engine().farewell(query["run"])
    if type(spec) is not type(draft.default):
        spec, message = draft.default, "This link leads to an experiment of another kind."
    if too_few := _unlearnable(spec):
        spec, message = draft.default, f"{too_few} So here is the default experiment."
    draft.put(spec)
    st.session_state[f"{name} hidden"] = hidden
    _tell(draft, message)


def went_back() -> bool:
    """Whether the script runs because of Back or Forward; an address alone may only be older than the last click."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _return(draft: Draft) -> None:
    """Every change is an entry in the browser's history: take the experiment of this one; the run stays and follows."""
    spec, _, message = from_query(st.query_params, draft.default)
    if PARAMETER in st.query_params and message is None and not _unlearnable(spec):
        draft.put(spec)


def _unlearnable(spec: Any) -> str | None:
    """Why nothing can be learned from the data of a link: somebody else's, or too few points to draw a plane for."""
    if why := why_not(spec.as_json(), owner()):
        return why
    if not has_field(spec, "data.points"):
        return None
    try:
        prepare(spec.data, ("x1", "x2"))
    except ValueError as error:
        return f"{error}."
    return None


def message_of(draft: Draft) -> str | None:
    """What to tell about how this experiment came here (a broken link, a run that has gone), until it is changed.

    As Markdown in which nothing that a stranger wrote is more than letters.
    """
    message, spec = st.session_state.get(f"{draft.name} message", (None, None))
    return plain(message) if message and spec == draft.spec else None


def run_of(draft: Draft, hidden: frozenset[str], patience: float | None = None) -> Run | None:
    """The run that carries out the experiment; None, with the reason in `draft.refusal`, where none can be had.

    `patience`: seconds that the page waits for a worker to take a change (None: PATIENCE); a refusal that comes later
    is told with the next click.
    """
    name = draft.name
    run = _own_run(st.session_state.get(f"{name} run"), draft.default)
    try:
        if run is None:
            st.session_state.pop(f"{name} asked", None)
            run = the_engine().start(draft.spec, owner=owner())
        else:
            _agree(run, draft, PATIENCE if patience is None else patience)
    except (Refused, LimitReached) as refusal:
        if run is not None:
            draft.put(run.spec)
        draft.refuse(str(refusal))
    if run is not None:
        st.session_state[f"{name} run"] = run.id
        st.session_state[f"{name} carried out"] = run.spec
        _keep_address(run, draft, hidden)
    return run


def run_of_visit(name: str) -> Run | None:
    """The run of the page `name` in this visit, for another page to look at; None where there is none any more."""
    run_id = st.session_state.get(f"{name} run")
    run = the_engine().find(run_id) if isinstance(run_id, str) else None
    return run if run is not None and run.owner == owner() else None


def lose_run(draft: Draft) -> None:
    """The run has gone while its page was open: say why, and start another when the page is drawn next."""
    gone = st.session_state.pop(f"{draft.name} run", None)
    _tell(draft, the_engine().farewell(gone) if gone else None)


def _tell(draft: Draft, message: str | None) -> None:
    st.session_state[f"{draft.name} message"] = (message, draft.spec)


def _own_run(run_id: Any, default: Any) -> Run | None:
    if not isinstance(run_id, str):
        return None
    run = the_engine().find(run_id)
    return run if run is not None and run.owner == owner() and isinstance(run.spec, type(default)) else None


def _agree(run: Run, draft: Draft, patience: float) -> None:
    """Let the run follow what was changed on this page, and the page what was changed elsewhere.

    Elsewhere is another tab with the same run, or the rewind slider, which brings back the settings of that time.
    What this page asked for while no worker had the time is neither: the run will be as asked.

    Raises: Refused: a worker has refused a change, this one or one that it had not come to before.
    """
    present, known = run.spec, st.session_state.get(f"{draft.name} carried out", run.spec)
    asked: _Asked = st.session_state.get(f"{draft.name} asked", _Asked())
    if asked.answer is not None and asked.answer.done():
        answer, asked.answer = asked.answer, None
        answer.result()
        known = asked.spec
    elif asked.answer is not None:
        present = asked.spec
    if present != known and present is run.spec:
        here = differences(known, draft.spec)
        draft.put(present)
        if here:
            draft.change(here)
    if present != draft.spec:
        _follow(run, present, draft, patience)


def _follow(run: Run, present: Any, draft: Draft, patience: float) -> None:
    """Change the run, which is or will be as `present` says, to what the draft says, and wait for it for a while."""
    playing = run.status == "playing"
    # in the state before it is sent: a newer click may end this script at any look at the state
    asked = st.session_state[f"{draft.name} asked"] = _Asked(spec=draft.spec)
    asked.answer = answer = run.change(differences(present, draft.spec))
    if playing:
        answer.add_done_callback(lambda done: _play_on(run, done))
    try:
        answer_of(answer, patience)
    except Late:
        return  # it is on its way, and the picture will follow
    except Refused:
        asked.answer = None
        raise
    asked.answer = None


def _play_on(run: Run, done: Future[Any]) -> None:
    if done.exception() is None and done.result().get("rebuilt"):
        run.play()


def _keep_address(run: Run, draft: Draft, hidden: frozenset[str]) -> None:
    query = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    query |= {"run": run.id, PARAMETER: encode(draft.spec, hidden)}
    if too_long(query[PARAMETER]):
        del query[PARAMETER]  # the run is found again all the same
    if dict(st.query_params) != query:
        st.query_params.from_dict(query)
