from __future__ import annotations

from dlcore.labs.drawing import drawing
from dlcore.specs.layered import Layered

DENSE = [{"kind": "flatten"}, {"kind": "dense", "units": 10}]


def test_digits_are_drawn_in_the_manner_of_their_set() -> None:
    found = drawing(Layered())
    assert found is not None and (found["box"], found["centre"]) == (20, "mass")
    small = drawing(Layered.parse({"data": {"kind": "images", "name": "digits"}, "layers": DENSE}))
    assert small is not None and (small["box"], small["centre"]) == (8, "box")


def test_other_grey_images_are_taken_as_they_were_drawn() -> None:
    layers = [{"kind": "flatten"}, {"kind": "dense", "units": 4}]
    shapes = Layered.parse({"data": {"kind": "images", "name": "shapes"}, "layers": layers})
    assert shapes.given.shape[0] == 1
    found = drawing(shapes)
    assert found is not None and (found["box"], found["centre"]) == (None, "none")


def test_tables_cannot_be_drawn() -> None:
    layers = [{"kind": "dense", "units": 3}]
    table = Layered.parse(
        {"data": {"kind": "table", "name": "iris"}, "layers": layers, "training": {"loss": "cross_entropy"}}
    )
    assert drawing(table) is None
