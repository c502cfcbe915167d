"""One traced network on a page: computed and judged on a worker, drawn by the browser, changed number by number."""

from __future__ import annotations

from concurrent.futures import TimeoutError as Late
from typing import Any

import streamlit as st

from dlcore.engine.errors import Refused
from dlcore.explain.backprop_trace import updated
from dlcore.specs.spec import SpecError
from dlcore.specs.traced import Traced
from ui.answers import answer_of
from ui.browser_part import browser_part
from ui.engine import the_engine
from ui.lessons.backpropagation_names import shown
from ui.lessons.backpropagation_text import TraceText

PATIENCE = 20.0  # seconds that a page waits for a worker
ROUNDS = 8  # losses of earlier updates that are shown


class Traces:
    """The network of one section: kept in the session under `name`; `first` is the one that it began with."""

    def __init__(self, name: str, first: Traced) -> None:
        self._name = f"backpropagation {name}"
        if st.session_state.get(f"{self._name} first") != first:
            self._start(first)

    @property
    def spec(self) -> Traced:
        """The network as it is now."""
        spec: Traced = st.session_state[f"{self._name} spec"]
        return spec

    def draw(self) -> None:
        """Draw it step by step."""
        found = self._found()
        if found is None:
            st.info("The server is busy. The numbers come with the next click.", icon=":material/hourglass_empty:")
            return
        losses = [*st.session_state[f"{self._name} losses"], found["nodes"]["loss"]["value"]]
        browser_part(
            "layerlab_backpropagation",
            "backpropagation.js",
            key=f"{self._name} part",
            data={
                **TraceText(self.spec, found).data(),
                "round": st.session_state[f"{self._name} round"],
                "losses": [shown(loss) for loss in losses[-ROUNDS:]],
                "rate": self.spec.learning_rate,
                "changed": self.spec != st.session_state[f"{self._name} first"],
                "refusal": st.session_state.pop(f"{self._name} refusal", ""),
            },
            on={"set": self._set, "again": self._again, "reset": lambda _: self._start(None)},
        )

    def _found(self) -> Any:
        """What a worker says about the network; asked once."""
        known, found = st.session_state.get(f"{self._name} found", (None, None))
        if known != self.spec:
            asked = the_engine().ask("dlcore.explain.backprop_check:checked_trace", spec=self.spec)
            try:
                found = answer_of(asked, PATIENCE)
            except (Late, Refused):
                return None
            st.session_state[f"{self._name} found"] = (self.spec, found)
        return found

    def _start(self, first: Traced | None) -> None:
        first = first or st.session_state[f"{self._name} first"]
        st.session_state[f"{self._name} first"] = first
        self._begin(first)

    def _begin(self, spec: Traced, losses: tuple[float, ...] = ()) -> None:
        st.session_state[f"{self._name} spec"] = spec
        st.session_state[f"{self._name} losses"] = losses
        st.session_state[f"{self._name} round"] = st.session_state.get(f"{self._name} round", 0) + 1

    def _set(self, said: Any) -> None:
        match said:
            case {"name": str(name), "value": int(value) | float(value)}:
                try:
                    st.session_state[f"{self._name} spec"] = self.spec.with_number(name, float(value))
                    if name != "learning_rate":
                        st.session_state[f"{self._name} losses"] = ()  # of another network or sample
                except SpecError as error:
                    st.session_state[f"{self._name} refusal"] = str(error)

    def _again(self, said: Any) -> None:
        known, found = st.session_state.get(f"{self._name} found", (None, None))
        if said != st.session_state[f"{self._name} round"] or known != self.spec:
            return  # a second click on the same button, before its picture had changed
        try:
            after = updated(self.spec)
        except SpecError as error:
            st.session_state[f"{self._name} refusal"] = f"The update would go too far: {error} Take a smaller η."
            return
        self._begin(after, (*st.session_state[f"{self._name} losses"], found["nodes"]["loss"]["value"]))
