"""A page with nothing but the controls, under AppTest."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest


def _page(spec: str, hidden: list[str], cuda: bool, remark: str) -> None:
    from dlcore.labs.registry import parse_spec
    from ui.controls.draft import Draft
    from ui.controls.panel import controls

    controls(Draft(name="test", default=parse_spec(spec)), frozenset(hidden), cuda=cuda, remark=remark)


class Page:
    """The page as a learner has it: what it shows, and the spec behind it."""

    def __init__(self, app: AppTest) -> None:
        self.app = app.run()

    def at(self, path: str) -> Any:
        """The widget of a path."""
        key = f"test:{path}"
        state = self.app.session_state
        edition = state[f"{key} shown"][0] if f"{key} shown" in state else 0
        return self.app.get_by_key(f"{key} {edition}" if edition else key)

    def choose(self, path: str, value: Any) -> None:
        self.at(path).set_value(value).run()

    def press(self, path: str) -> None:
        self.at(path).click().run()

    def put(self, changes: dict[str, Any]) -> None:
        """Change the spec from elsewhere, as a link or the diagram does."""
        self.app.session_state["test spec"] = self.spec.replace(changes)
        self.app.run()

    @property
    def spec(self) -> Any:
        assert not self.app.exception, self.app.exception
        return self.app.session_state["test spec"]

    @property
    def labels(self) -> set[str]:
        kinds = (
            "selectbox",
            "slider",
            "select_slider",
            "number_input",
            "button",
            "menu_button",
            "button_group",
            "toggle",
        )
        return {widget.label for kind in (*kinds, "multiselect") for widget in getattr(self.app, kind)}

    @property
    def refusals(self) -> list[str]:
        return [warning.value for warning in self.app.warning]


@pytest.fixture
def open_page() -> Callable[..., Page]:
    def opened(spec: Any, hidden: Sequence[str] = (), cuda: bool = False, remark: str = "") -> Page:
        page = Page(AppTest.from_function(_page, args=(spec.as_json(), list(hidden), cuda, remark), default_timeout=20))
        assert page.spec == spec  # drawing the controls changes nothing
        return page

    return opened
