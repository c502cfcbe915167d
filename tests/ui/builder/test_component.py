"""The working stack in the session, and what of it becomes the experiment."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from dlcore.networks.starting_points import STARTING_POINTS
from dlcore.specs.layered import Layered
from dlcore.training.rows import find
from ui.builder.component import Session, obey
from ui.controls.draft import Draft

FLATTEN, DENSE = {"kind": "flatten"}, {"kind": "dense", "units": 10}
SMALL = Layered.parse({"layers": [FLATTEN, DENSE], "training": {"loss": "cross_entropy", "batch_size": 1}})


class Page:
    """A draft with its editor, without a browser."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.state: dict[str, Any] = {}
        monkeypatch.setattr(st, "session_state", self.state)
        self.draft = Draft(name="test", default=SMALL)

    def say(self, *commands: dict[str, Any]) -> Session:
        for command in commands:
            obey(self.draft, command)
        return self.session

    @property
    def session(self) -> Session:
        found: Session = self.state["test stack"]
        return found

    @property
    def kinds(self) -> list[str]:
        return [layer.kind for layer in self.draft.spec.layers]  # type: ignore[attr-defined]  # this spec has layers


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Page:
    return Page(monkeypatch)


def add(kind: str, new: str, after: str | None = None) -> dict[str, Any]:
    return {"do": "add", "kind": kind, "new": new, "after": after}


def test_what_fits_becomes_the_experiment_and_what_does_not_waits(page: Page) -> None:
    page.say(add("dropout", "x"))
    assert page.kinds == ["dropout", "flatten", "dense"]
    session = page.say({"do": "remove", "id": page.session.working.stack.items[1].id})
    assert page.kinds == ["dropout", "flatten", "dense"], "the last that fitted"
    assert len(session.working.stack.items) == 2 and not session.refusal
    page.say({"do": "fix", "title": "Insert Flatten before layer 2"})
    assert page.kinds == ["dropout", "flatten", "dense"] and page.session.carried == page.draft.spec.layers  # type: ignore[attr-defined]


def test_what_is_being_typed_is_not_trained_yet(page: Page) -> None:
    page.say(add("dense", "h", None), {"do": "move", "id": "h", "by": 1})
    assert page.draft.spec.layers[1].units == 32  # type: ignore[attr-defined]
    page.say({"do": "set", "id": "h", "field": "units", "text": "1", "typing": True})
    assert page.session.working.stack.layers[1].units == 1  # type: ignore[union-attr]
    assert page.draft.spec.layers[1].units == 32  # type: ignore[attr-defined]
    page.say({"do": "set", "id": "h", "field": "units", "text": "16", "typing": True}, {"do": "settle"})
    assert page.draft.spec.layers[1].units == 16  # type: ignore[attr-defined]


def test_a_stack_that_fits_and_is_no_experiment_says_why(page: Page) -> None:
    session = page.say(add("batch_norm", "n"))  # with batches of one
    assert "batch normalization compares the samples of a batch" in session.refusal
    assert page.kinds == ["flatten", "dense"]
    page.draft.change({"training.batch_size": 8})
    assert not page.say({"do": "settle"}).refusal and page.kinds == ["batch_norm", "flatten", "dense"]


def test_what_is_no_command_changes_nothing(page: Page) -> None:
    page.say(add("dropout", "x"))
    for nonsense in (None, [], "undo", {"do": "sing"}, {}):
        obey(page.draft, nonsense)
    assert page.kinds == ["dropout", "flatten", "dense"]


def test_layers_from_elsewhere_become_the_working_stack(page: Page) -> None:
    page.say(add("dropout", "x"))
    page.draft.put(SMALL.replace({"layers": [FLATTEN, {"kind": "dense", "units": 20}, DENSE]}))
    session = page.say({"do": "settle"})
    assert [layer.kind for layer in session.working.stack.layers] == ["flatten", "dense", "dense"]
    page.say({"do": "undo"})
    assert page.kinds == ["dropout", "flatten", "dense"]


def test_a_starting_point_brings_its_data_where_it_has_some(page: Page) -> None:
    page.say({"do": "start", "name": "conv1d"})
    spec: Any = page.draft.spec
    assert (spec.data.kind, spec.training.loss) == ("series", "mse")
    assert spec.layers == find(STARTING_POINTS, "conv1d", "name").layers
    page.say({"do": "start", "name": "mlp"})
    fitted: Any = page.draft.spec
    assert fitted.data.kind == "series" and fitted.walk.output.shape == (1,), "one without data takes the present ones"
    assert "expected one of softmax" in page.say({"do": "start", "name": "gpt"}).working.said
