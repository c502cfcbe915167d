"""The stack editor as a Streamlit element: the working stack in the session, and what of it becomes the experiment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from dlcore.networks.outputs import outputs_of
from dlcore.specs.layers import Layer
from dlcore.specs.spec import SpecError
from ui.browser_part import browser_part
from ui.builder.report import menu, report
from ui.builder.stack import CannotEdit
from ui.builder.working import Wanted, Working, starting_point
from ui.controls.draft import Draft
from ui.controls.fitting import with_data
from ui.controls.registry import is_hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The editor of one page, as the session keeps it between two runs of the script.

    `carried`: the experiment's layers when the editor last agreed with it; others come from elsewhere. `done`: how
    many commands were carried out. `refusal`: why layers that fit one another are no experiment.
    """

    working: Working
    carried: tuple[Layer, ...]
    done: int = 0
    refusal: str = ""


def stack_editor(draft: Draft, hidden: frozenset[str]) -> None:
    """Draw the editor of the draft's layers, whose last stack that fits is always the draft's.

    Call it before anything that may wait for a worker: what it shows needs none. What is only typed, or does not fit,
    concerns nothing else on the page, so the rest of it is drawn again only when the experiment has changed.
    """
    _put(draft, _followed(draft, _session(draft)))
    st.session_state[f"{draft.name} drawn"] = draft.spec, draft.refusals
    _editor(draft, hidden)


@st.fragment
def _editor(draft: Draft, hidden: frozenset[str]) -> None:
    session = _put(draft, _followed(draft, _session(draft)))
    wanted = _wanted(draft.spec)
    data = report(session.working, wanted) | {
        "menu": menu(),
        "data": _title_of_data(draft.spec),
        "done": session.done,
        "said": session.working.said,
        "refusal": session.refusal,
        "behind": session.working.stack.layers != session.carried,
        "locked": is_hidden("network.layers", hidden),
    }
    browser_part(
        "layerlab_stack_editor",
        "builder.js",
        key=f"{draft.name} stack editor",
        data=data,
        on={"edit": lambda said: None if data["locked"] else obey(draft, said)},
    )
    if st.session_state[f"{draft.name} drawn"] != (draft.spec, draft.refusals):
        st.rerun()


def obey(draft: Draft, command: Any) -> None:
    """Carry out a command of the browser."""
    session = _followed(draft, _session(draft))
    if isinstance(command, Mapping):
        session = replace(_obeyed(draft, session, command), done=session.done + 1)
    _put(draft, session)


def _obeyed(draft: Draft, session: Session, command: Mapping[str, Any]) -> Session:
    if command.get("do") == "start" and (data := _own_data(command)) is not None:
        return _start_with_data(draft, session, command, data)
    session = replace(session, working=session.working.obey(command, _wanted(draft.spec)))
    return _taken_over(draft, session)


def _own_data(command: Mapping[str, Any]) -> Mapping[str, Any] | None:
    try:
        return starting_point(command.get("name")).data
    except CannotEdit:
        return None  # the empty one has none, and one that does not exist is refused as such


def _start_with_data(draft: Draft, session: Session, command: Mapping[str, Any], data: Mapping[str, Any]) -> Session:
    """A starting point that brings its data set: data and layers change together, as neither fits without the other."""
    draft.change(lambda spec: with_data(spec, data))
    working = session.working.obey(command, _wanted(draft.spec))
    return _taken_over(draft, replace(session, working=working, carried=_layers(draft.spec)))


def _taken_over(draft: Draft, session: Session) -> Session:
    """The draft has the working stack where that can be trained; not while somebody types, for a digit may follow."""
    working, layers = session.working, session.working.stack.layers
    if working.typing is not None or layers == _layers(draft.spec):
        return replace(session, refusal="" if layers == _layers(draft.spec) else session.refusal)
    if working.walk(_wanted(draft.spec)).problem is not None:
        return replace(session, refusal="")
    try:
        spec = draft.spec.replace({"layers": [layer.as_dict() for layer in layers]})
    except SpecError as error:
        return replace(session, refusal=str(error))
    draft.put(spec)
    return replace(session, carried=layers, refusal="")


def _followed(draft: Draft, session: Session) -> Session:
    """The session, with the draft's layers where those were changed elsewhere."""
    layers = _layers(draft.spec)
    if layers != session.carried:
        session = replace(session, working=session.working.take(layers), carried=layers, refusal="")
    return _taken_over(draft, session)  # other data may suit a stack that did not fit


def _session(draft: Draft) -> Session:
    layers = _layers(draft.spec)
    fresh = Session(working=replace(Working().take(layers), past=(), said=""), carried=layers)
    session: Session = st.session_state.get(f"{draft.name} stack", fresh)
    return session


def _put(draft: Draft, session: Session) -> Session:
    st.session_state[f"{draft.name} stack"] = session
    return session


def _layers(spec: Any) -> tuple[Layer, ...]:
    layers: tuple[Layer, ...] = spec.layers
    return layers


def _wanted(spec: Any) -> Wanted:
    return Wanted(given=spec.given, scores=outputs_of(spec))


def _title_of_data(spec: Any) -> str:
    card = getattr(spec.data, "card", None)
    return card.title if card is not None else "Points drawn by hand"
