"""Backpropagation over a graph of numbers, against derivatives by hand."""

from __future__ import annotations

from dlcore.explain.scalar import Value, backward, topological_order, uses, weighted_sum


def test_a_weighted_sum_and_its_derivatives() -> None:
    w, a, b = [Value(0.5), Value(-2.0)], [Value(3.0), Value(4.0)], Value(1.0)
    z = weighted_sum(w, a, b)
    assert z.value == 0.5 * 3 - 2 * 4 + 1
    backward(z)
    assert [part.grad for part in (*w, *a, b)] == [3, 4, 0.5, -2, 1]


def test_a_number_that_is_used_twice_gets_the_sum_of_both_ways() -> None:
    # y = 3x + 5x by two ways that meet again: dy/dx = 8; the order must bring x's grad to completion first
    x = Value(2.0)
    one, other = Value(6.0, (x,), (3.0,)), Value(10.0, (x,), (5.0,))
    y = Value(16.0, (one, other), (1.0, 1.0))
    order = backward(y)
    assert x.grad == 8 and backward(y) == order and x.grad == 8, "a second time starts from nothing"
    assert order[0] is x and order[-1] is y
    assert sum(value is x for value in order) == 1
    # a longer way and a shorter way: y = x · (2x)', seen as 2·(7x) + 1·x
    long = Value(0.0, (Value(0.0, (x,), (7.0,)),), (2.0,))
    backward(Value(0.0, (x, long), (1.0, 1.0)))
    assert x.grad == 15


def test_every_number_comes_after_what_it_was_computed_from() -> None:
    a = Value(1.0, name="a")
    b = Value(1.0, (a,), (1.0,), name="b")
    c = Value(1.0, (a, b), (1.0, 1.0), name="c")
    order = topological_order(c)
    assert [value.name for value in order] == ["a", "b", "c"]
    assert [(parent.name, value.name, local) for parent, value, local in uses(order)] == [
        ("a", "b", 1.0),
        ("a", "c", 1.0),
        ("b", "c", 1.0),
    ]
