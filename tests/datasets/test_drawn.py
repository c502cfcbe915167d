import numpy as np
import pytest

from datasets.drawn import drawn


def test_points_keep_their_order() -> None:
    data = drawn([(1.0, -2.0, 1), (0.5, 6.0, 0), (-6.0, 3.0, 1)])
    assert data.inputs.tolist() == [[1.0, -2.0], [0.5, 6.0], [-6.0, 3.0]]
    assert data.targets.tolist() == [1, 0, 1]
    assert data.targets.dtype == np.int64
    assert data.task == "binary"


def test_a_point_of_the_third_class_makes_three() -> None:
    assert drawn([(0.0, 0.0, 2)]).classes == ("class A", "class B", "class C")


def test_nothing_drawn_is_an_empty_set_of_two_classes() -> None:
    data = drawn([])
    assert data.inputs.shape == (0, 2)
    assert data.targets.shape == (0,)
    assert data.task == "binary"


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ((0.0, 0.0, 3), r"^points: expected a label of 0, 1 or 2; received 3$"),
        ((6.1, 0.0, 0), r"^points: expected coordinates between -6 and 6; received \(6.1, 0.0\)$"),
        ((0.0, float("nan"), 0), r"^points: expected coordinates between -6 and 6; received \(0.0, nan\)$"),
    ],
)
def test_a_bad_point_is_refused(point: tuple[float, float, int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        drawn([point])
