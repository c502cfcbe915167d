from dlcore.labs.registry import parse_spec
from dlcore.specs import limits
from dlcore.specs.data import DrawnData, Point
from dlcore.specs.supervised import Supervised


def test_a_thousand_points_with_all_their_digits_fit_into_a_spec() -> None:
    point = Point(x1=-1.2345678901234567e-300, x2=-5.123456789012345, label=0)
    spec = Supervised(data=DrawnData(points=(point,) * limits.DRAWN_POINTS))
    assert parse_spec(spec.as_json()) == spec


def test_bounds_are_positive() -> None:
    for name in dir(limits):
        if name.isupper():
            assert getattr(limits, name) > 0
