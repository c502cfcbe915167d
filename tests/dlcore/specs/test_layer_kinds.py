from typing import get_args

from dlcore.specs.layer_kinds import LAYER_KINDS, kind_of
from dlcore.specs.layers import Layer, StackSpec


def test_every_layer_has_a_row_and_works_as_it_is() -> None:
    assert {row.spec for row in LAYER_KINDS} == set(get_args(Layer))
    for row in LAYER_KINDS:
        layer = row.spec()
        assert layer.kind == row.name
        assert kind_of(layer) is row
        assert StackSpec.parse({"layers": [{"kind": row.name}]}).layers == (layer,)


def test_rows_are_told_apart_and_complete() -> None:
    assert len({row.title for row in LAYER_KINDS}) == len(LAYER_KINDS)
    for row in LAYER_KINDS:
        assert row.summary.endswith(".")
        assert row.child.isidentifier()
