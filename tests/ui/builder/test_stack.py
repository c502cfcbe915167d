from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcore.networks.repairs import repair
from dlcore.networks.shapes import walk
from dlcore.networks.signal import Signal
from dlcore.specs import limits
from dlcore.specs.edits import apply_edits
from dlcore.specs.layers import ActivationLayer, DenseLayer, FlattenLayer, Layer, ResidualLayer
from tests.dlcore.networks.stacks import SUITABLE
from ui.builder.stack import CannotEdit, Item, Stack, named

A, B, C = Item("a", FlattenLayer()), Item("b", DenseLayer(units=3)), Item("c", ActivationLayer())


def block(id: str = "r") -> Item:
    return named(ResidualLayer(), iter([id, f"{id}1", f"{id}2", f"{id}3"]))


def ids(stack: Stack) -> list[str]:
    return [item.id for _, item in stack.every()]


def test_layers_keep_their_names_wherever_they_go() -> None:
    stack = Stack((A, B)).insert((1,), block())
    assert ids(stack) == ["a", "r", "r1", "r2", "r3", "b"]
    moved = stack.move((1, 2), (1, 0))
    assert ids(moved) == ["a", "r", "r3", "r1", "r2", "b"]
    out = moved.move((1, 0), (0,))
    assert ids(out) == ["r3", "a", "r", "r1", "r2", "b"]
    assert out.layers[0] == ResidualLayer().layers[2] and out.at((2, 1)).id == "r2"
    into = out.move(out.find("b"), (2, 1))
    assert ids(into) == ["r3", "a", "r", "r1", "b", "r2"]
    assert into.layers[2] == ResidualLayer(layers=(ResidualLayer().layers[0], B.layer, ResidualLayer().layers[1]))  # type: ignore[arg-type]
    assert ids(into.replace((2, 1), DenseLayer(units=9))) == ids(into)


def test_what_has_no_room_is_refused_with_a_sentence() -> None:
    stack = Stack((A, block(), B))
    with pytest.raises(CannotEdit, match="holds no other residual block"):
        stack.insert((1, 0), block("s"))
    with pytest.raises(CannotEdit, match=f"{limits.LAYERS} layers, and that is the limit"):
        Stack(tuple(Item(str(k), FlattenLayer()) for k in range(limits.LAYERS))).insert((0,), B)
    full = stack
    for number in range(limits.INNER_LAYERS - 3):
        full = full.insert((1, 0), Item(f"i{number}", ActivationLayer()))
    with pytest.raises(CannotEdit, match=f"{limits.INNER_LAYERS} layers at most"):
        full.insert((1, 0), C)
    lonely = stack.remove((1, 0)).remove((1, 0))
    with pytest.raises(CannotEdit, match="at least one layer; remove the block"):
        lonely.remove((1, 0))
    with pytest.raises(CannotEdit, match="no longer there"):
        stack.find("x")


def test_layers_from_elsewhere_keep_the_names_of_those_that_stay() -> None:
    stack = Stack((A, B, C))
    names = (f"n{k}" for k in count())
    assert stack.follow(stack.layers, names) == stack
    assert ids(stack.follow((A.layer, DenseLayer(units=9), C.layer), names)) == ["a", "n0", "c"]
    assert ids(stack.follow((A.layer, B.layer, B.layer, C.layer), names)) == ["a", "b", "n1", "c"]
    assert ids(stack.follow((), names)) == []
    assert ids(Stack((A, A)).follow((A.layer,), names)) == ["a"]


@given(st.lists(st.one_of(*SUITABLE.values()), max_size=8), st.sampled_from([(7,), (2, 12), (1, 9, 9)]))
def test_a_remedy_does_to_the_stack_what_it_does_to_the_layers(layers: list[Layer], shape: tuple[int, ...]) -> None:
    names = (f"n{k}" for k in count())
    stack = Stack().follow(layers, names)
    for _ in range(30):
        remedy = repair(stack.layers, walk(stack.layers, Signal(shape=shape), scores=2), scores=2)
        if remedy is None:
            break
        mended = stack.apply(remedy.edits, names)
        assert mended.layers == apply_edits(stack.layers, remedy.edits)
        assert len(set(ids(mended))) == len(ids(mended))
        stack = mended
