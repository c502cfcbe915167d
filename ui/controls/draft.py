"""The experiment that a page edits: the one truth, kept in the session between two runs of the page's script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dlcore.specs.experiment import Experiment
from dlcore.specs.spec import SpecError


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A spec in `st.session_state`, under a name so that pages do not share it; `default` is where it starts."""

    name: str
    default: Experiment

    @property
    def spec(self) -> Experiment:
        """The present spec: always a valid one."""
        spec: Experiment = st.session_state.setdefault(f"{self.name} spec", self.default)
        return spec

    def put(self, spec: Experiment) -> None:
        """Take another spec (from a link, a file, a reset); the widgets show it when they are made next."""
        st.session_state[f"{self.name} spec"] = spec
        st.session_state.pop(f"{self.name} refusal", None)

    def change(self, changes: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]]) -> None:
        """Set dotted paths, given as such or by a function of the present spec.

        A refused change leaves the spec as it was and its sentence in `refusal`.
        """
        try:
            self.put(self.spec.replace(changes(self.spec) if callable(changes) else changes))
        except SpecError as error:
            self.refuse(str(error))

    def refuse(self, sentence: str) -> None:
        """Say under the controls why something was refused, until the next change that is not."""
        st.session_state[f"{self.name} refusal"] = sentence
        st.session_state[f"{self.name} refusals"] = self.refusals + 1

    @property
    def refusal(self) -> str | None:
        """Why the last change was refused, or None."""
        sentence: str | None = st.session_state.get(f"{self.name} refusal")
        return sentence

    @property
    def refusals(self) -> int:
        """How many changes were refused so far: a picture that shows one already takes it back when this grows."""
        count: int = st.session_state.get(f"{self.name} refusals", 0)
        return count
