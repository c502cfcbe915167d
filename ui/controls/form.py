"""What all controls share: where a control's value lies in the spec, its label, and the way back into the spec."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dlcore.specs.spec import is_live
from ui.controls.draft import Draft
from ui.controls.fields import has_field
from ui.controls.registry import GROUPED, TITLES, is_hidden

REBUILDS = "↻"  # marks a control whose change starts the network afresh

Write = Callable[[Any, Any], Mapping[str, Any]]
Draw = Callable[["Form", str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The controls of one experiment; those named in `hidden`, or whose group is, are left out.

    `cuda` says whether this server has a graphics card that can train, `remark` is what the run says about how it
    trains (a sentence, or nothing), `plane` whether the page shows the samples on a plane, where one can draw points
    and choose what the axes are.
    """

    draft: Draft
    hidden: frozenset[str] = frozenset()
    cuda: bool = False
    remark: str = ""
    plane: bool = True

    @property
    def spec(self) -> Any:
        """The present spec."""
        return self.draft.spec

    def path(self, name: str) -> str | None:
        """The dotted path of a control's value; None if it is hidden or this spec has no such field.

        A spec without the group keeps the field at its root: `training.seed` is `seed`. But a stack of layers at the
        root is not the Playground's list of hidden layers, and has an editor of its own.
        """
        if is_hidden(name, self.hidden):
            return None
        field = name.partition(".")[2]
        for path in (name,) if name in GROUPED else (name, field):
            if has_field(self.spec, path):
                return path
        return None

    def value(self, path: str) -> Any:
        """The present value at a dotted path. Raises: AttributeError: there is none."""
        part = self.spec
        for step in path.split("."):
            part = part[int(step)] if isinstance(part, tuple) else getattr(part, step)
        return part

    def label(self, name: str, path: str) -> str:
        """The control's title, with the mark of those that start the network afresh."""
        title = TITLES[name]
        return title if is_live(self.spec, path) else f"{title} {REBUILDS}"

    def key(self, path: str) -> str:
        """The name of a path among the keys of widgets."""
        return f"{self.draft.name}:{path}"

    def bind(
        self, path: str, value: Any, write: Write | None = None, *, titles: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Keywords that make a widget show `value` and write what it is set to into the spec.

        `titles`: those of a menu, where what is chosen may change them; a browser names the chosen one by its title.

        `write(spec, chosen)` gives the changes; without it the chosen value goes to the path. The spec is changed in
        the widget's callback, before the script runs, so that everything drawn already knows it; and a spec changed
        from elsewhere is shown because its value is put into the widget's state.
        """
        key = self._present(path, (value, titles))
        # only where they differ: writing the state also where they agree would fight with a slider being dragged
        if key not in st.session_state or st.session_state[key] != value:
            st.session_state[key] = value
        return {"key": key, "on_change": _write, "args": (self.draft, key, self.key(path), path, write)}

    def _present(self, path: str, shows: tuple[Any, tuple[str, ...]]) -> str:
        """The key of the widget for a path: another one after each change that the widget did not make itself.

        With every click a browser sends what all its widgets show. A click that is quicker than the answer to the one
        before it brings old values along, which under the same key would undo what that one changed elsewhere.
        """
        key = self.key(path)
        number, shown = st.session_state.get(f"{key} shown", (0, shows))
        own = st.session_state.pop(f"{key} touched", False)
        if shown != shows and not own:
            number += 1
        st.session_state[f"{key} shown"] = (number, shows)
        return _edition(key)

    def rows(self, rows: tuple[tuple[str, ...], ...], controls: Mapping[str, Draw]) -> None:
        """Draw the controls row by row, those of a row side by side, leaving out what is hidden or has no meaning."""
        place = st.container(gap="xsmall")
        for row in rows:
            present = [(name, path) for name in row if (path := self.path(name)) is not None]
            if not present:
                continue
            columns = (
                place.columns(len(present), gap="small", vertical_alignment="bottom")
                if len(present) > 1
                else [place.container(gap="xsmall")]
            )
            for column, (name, path) in zip(columns, present, strict=True):
                with column:
                    controls[name](self, path)


def _edition(key: str) -> str:
    number = st.session_state[f"{key} shown"][0]
    return f"{key} {number}" if number else key


def _write(draft: Draft, widget: str, key: str, path: str, write: Write | None) -> None:
    if widget != _edition(key):
        return  # Streamlit takes what it has not heard of for a while for news
    chosen = st.session_state[widget]
    st.session_state[f"{key} touched"] = True
    draft.change((lambda spec: write(spec, chosen)) if write else {path: chosen})
