from typing import Any

import pytest

from dlcore.networks.signal import Signal
from dlcore.networks.starting_points import STARTING_POINTS
from dlcore.specs.layer_kinds import LAYER_KINDS
from dlcore.specs.layers import ActivationLayer, DenseLayer, FlattenLayer, ResidualLayer
from dlcore.training.rows import find
from ui.builder.working import HISTORY, Wanted, Working

DIGITS = Wanted(given=Signal(shape=(1, 28, 28)), scores=10)


def after(*commands: dict[str, Any], start: Working | None = None) -> Working:
    working = start or Working()
    for command in commands:
        working = working.obey(command, DIGITS)
    return working


def add(kind: str, new: str, following: str | None = None) -> dict[str, Any]:
    return {"do": "add", "kind": kind, "new": new, "after": following}


def typed(id: str, field: str, text: str, typing: bool = True) -> dict[str, Any]:
    return {"do": "set", "id": id, "field": field, "text": text, "typing": typing}


FLAT = after(add("flatten", "a"), add("dense", "b", "a"))


def test_layers_are_added_behind_the_one_that_is_selected() -> None:
    working = after(add("activation", "c", "a"), start=FLAT)
    assert working.stack.layers == (FlattenLayer(), ActivationLayer(), DenseLayer())
    assert working.said == "Activation added as layer 2."
    inside = after(add("residual", "r", "c"), start=working)
    first = inside.stack.at((2, 0)).id
    assert after(add("dropout", "d", first), start=inside).said == "Dropout added as layer 3, inner layer 2."
    assert after(add("residual", "s", first), start=inside).stack.find("s") == (3,), "no block within a block"


def test_every_kind_can_be_added_to_an_empty_stack() -> None:
    for row in LAYER_KINDS:
        assert after(add(row.name, "x")).stack.layers == (row.spec(),)


def test_a_misfit_is_kept_and_its_remedy_taken() -> None:
    working = after(add("conv2d", "c"), add("dense", "d", "c"))
    assert working.walk(DIGITS).problem is not None
    remedy = working.remedy(DIGITS)
    assert remedy is not None and remedy.title == "Insert Flatten before layer 2"
    mended = after({"do": "fix", "title": remedy.title}, start=working)
    assert [layer.kind for layer in mended.stack.layers] == ["conv2d", "flatten", "dense"]
    assert mended.said == "Insert Flatten before layer 2: done." and mended.stack.find("d") == (2,)
    assert "no longer the one" in after({"do": "fix", "title": remedy.title}, start=mended).said
    ending = mended.remedy(DIGITS)
    assert ending is not None and ending.title == "Make layer 3 with units 10"


@pytest.mark.parametrize(
    ("text", "value"), [("5", 5), (" 7 ", 7), ("same", "same"), ("3", 3)], ids=["digit", "spaces", "word", "usual"]
)
def test_what_is_typed_becomes_the_setting(text: str, value: Any) -> None:
    field = "padding" if value == "same" else "kernel"
    working = after(add("conv2d", "c"), typed("c", field, text))
    assert getattr(working.stack.layers[0], field) == value and not working.refused


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("kernel", "0", "kernel: expected at least 1; received 0."),
        ("kernel", "16", "kernel: expected at most 15; received 16."),
        ("kernel", "", "kernel: expected a whole number; received ''."),
        ("kernel", "three", "kernel: expected a whole number; received 'three'."),
        ("kernel", "2.5", "kernel: expected a whole number; received 2.5."),
        ("groups", "3", "groups: expected a divisor of the 8 channels, so that each group makes as many; received 3."),
        ("padding", "none", "padding: expected a whole number or 'same'; received 'none'."),
        ("kernel", "9" * 6000, "kernel: expected"),
        ("kernel", "１", "kernel: expected a whole number"),
    ],
)
def test_a_bad_number_is_kept_with_the_sentence_that_says_why(field: str, text: str, said: str) -> None:
    before = after(add("conv2d", "c"))
    working = after(typed("c", field, text), start=before)
    bad = working.refused["c", field]
    assert bad.sentence.startswith(said) and working.said == bad.sentence and len(bad.sentence) < 200
    assert bad.text == text[:40]
    assert working.stack == before.stack
    assert not after(typed("c", field, "1"), start=working).refused


def test_undo_and_redo_bring_every_step_back() -> None:
    commands = [
        add("flatten", "a"),
        add("dense", "b", "a"),
        {"do": "move", "id": "b", "by": -1},
        {"do": "remove", "id": "a"},
    ]
    states = [Working()]
    for command in commands:
        states.append(after(command, start=states[-1]))
    working = states[-1]
    for state in reversed(states[:-1]):
        working = after({"do": "undo"}, start=working)
        assert working.stack == state.stack
    assert after({"do": "undo"}, start=working).said == "There is nothing to undo."
    for state in states[1:]:
        working = after({"do": "redo"}, start=working)
        assert working.stack == state.stack
    assert after({"do": "redo"}, start=working).said == "There is nothing to redo."
    undone = after({"do": "undo"}, start=working)
    assert not after(add("dropout", "x", "b"), start=undone).future, "another way leaves no other future"


def test_what_is_typed_in_one_go_is_one_step() -> None:
    working = after(typed("b", "units", "1"), typed("b", "units", "12"), typed("b", "units", "120"), start=FLAT)
    assert working.stack.layers[1] == DenseLayer(units=120)
    assert after({"do": "undo"}, start=working).stack == FLAT.stack
    settled = after({"do": "settle"}, typed("b", "units", "64"), start=working)
    assert after({"do": "undo"}, start=settled).stack.layers[1] == DenseLayer(units=120)


def test_history_is_bounded() -> None:
    working = FLAT
    for number in range(HISTORY + 30):
        working = after(typed("b", "units", str(number + 1), typing=False), start=working)
    assert len(working.past) == HISTORY


def test_moves_by_one_place_and_to_a_place() -> None:
    working = after(add("residual", "r"), add("flatten", "f", "r"), add("dense", "d", "f"))
    assert [item.id for item in after({"do": "move", "id": "d", "by": -1}, start=working).stack.items] == [
        "r",
        "d",
        "f",
    ]
    assert after({"do": "move", "id": "r", "by": -1}, start=working).said == "Layer 1 is the first one already."
    assert after({"do": "move", "id": "d", "by": 1}, start=working).said == "Layer 3 is the last one already."
    dragged = after({"do": "move", "id": "d", "before": "r", "into": None}, start=working)
    assert [item.id for item in dragged.stack.items] == ["d", "r", "f"]
    inside = after({"do": "move", "id": "d", "before": None, "into": "r"}, start=working)
    assert inside.stack.find("d") == (0, 3)
    end = after({"do": "move", "id": "r", "before": None, "into": None}, start=working)
    assert [item.id for item in end.stack.items] == ["f", "d", "r"]
    within = working.stack.at((0, 1)).id
    assert "into itself" in after({"do": "move", "id": "r", "before": within, "into": "r"}, start=working).said


def test_a_copy_has_names_of_its_own() -> None:
    working = after(add("residual", "r"), {"do": "duplicate", "id": "r", "new": "s"})
    assert working.stack.layers == (ResidualLayer(), ResidualLayer())
    names = [item.id for _, item in working.stack.every()]
    assert len(set(names)) == len(names) == 8


@pytest.mark.parametrize("row", STARTING_POINTS, ids=lambda row: row.name)
def test_a_starting_point_is_fitted_to_the_data(row: Any) -> None:
    working = after({"do": "start", "name": row.name}, start=FLAT)
    assert working.walk(DIGITS).problem is None
    assert working.said == (
        f"{row.title}." if row.given.shape == (1, 28, 28) else f"{row.title}, fitted to these data."
    )
    assert after({"do": "undo"}, start=working).stack == FLAT.stack


def test_one_can_begin_with_nothing() -> None:
    assert after({"do": "start", "name": "empty"}, start=FLAT).stack.items == ()


@pytest.mark.parametrize(
    "command",
    [
        {},
        {"do": "explode"},
        {"do": "add", "kind": "conv9d", "new": "x"},
        {"do": "add", "kind": "dense", "new": "a"},
        {"do": "add", "kind": "dense", "new": "<script>"},
        {"do": "add", "kind": "dense", "new": "x", "after": "gone"},
        {"do": "remove", "id": None},
        {"do": "duplicate", "id": "a"},
        {"do": "move", "id": "a"},
        {"do": "move", "id": "a", "before": 7},
        {"do": "set", "id": "b", "field": "kind", "text": "conv2d"},
        {"do": "start", "name": "resnet-1000"},
    ],
    ids=str,
)
def test_nonsense_changes_nothing_but_what_is_said(command: dict[str, Any]) -> None:
    working = after(command, start=FLAT)
    if command.get("do") != "move" or "before" in command:
        assert working.stack == FLAT.stack
    assert working.said.endswith(".")


def test_layers_from_elsewhere_can_be_undone() -> None:
    other = FLAT.take(find(STARTING_POINTS, "lenet5", "name").layers)
    assert len(other.stack.items) == 12
    assert after({"do": "undo"}, start=other).stack == FLAT.stack
