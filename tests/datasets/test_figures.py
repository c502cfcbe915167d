import math

import numpy as np
import pytest

from datasets.figures import FIGURES, REACH, coverage, distance, strokes


def paint(figure: str, *, x: float = 15.5, y: float = 15.5, radius: float = 9.0, angle: float = 0.0) -> np.ndarray:
    image: np.ndarray
    (image,) = coverage(figure, side=32, centre=np.array([[x, y]]), radius=np.array([radius]), angle=np.array([angle]))
    return image


@pytest.mark.parametrize("figure", FIGURES)
def test_all_figures_of_a_radius_have_the_area_of_its_circle(figure: str) -> None:
    side = np.linspace(-2, 2, 1001)
    inside = (distance(figure, *np.meshgrid(side, side)) < 0).mean() * 16
    assert inside == pytest.approx(math.pi, rel=0.01)
    assert paint(figure).sum() == pytest.approx(math.pi * 81, rel=0.03)


@pytest.mark.parametrize("figure", FIGURES)
def test_no_figure_reaches_farther_than_is_said(figure: str) -> None:
    angle = np.linspace(0, 2 * math.pi, 5001)
    assert distance(figure, 1.001 * REACH * np.cos(angle), 1.001 * REACH * np.sin(angle)).min() > 0
    (triangle_corner,) = distance("triangle", np.array([0.0]), np.array([-REACH]))
    assert triangle_corner == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("figure", "inside", "outside"),
    [
        ("circle", (0.9, 0.0), (0.8, 0.8)),
        ("square", (0.8, 0.8), (1.0, 0.0)),
        ("triangle", (0.0, -1.4), (0.0, 0.9)),  # it points up, and y points down
        ("cross", (1.1, 0.0), (0.8, 0.8)),
    ],
)
def test_figures_by_hand(figure: str, inside: tuple[float, float], outside: tuple[float, float]) -> None:
    assert distance(figure, *map(np.asarray, inside)) < 0 < distance(figure, *map(np.asarray, outside))


def test_a_figure_lies_where_it_is_put() -> None:
    image = paint("cross", x=20.0, y=12.0, radius=5.0)
    rows, columns = np.mgrid[:32, :32]
    assert (image * columns).sum() / image.sum() == pytest.approx(20.0, abs=0.01)
    assert (image * rows).sum() / image.sum() == pytest.approx(12.0, abs=0.01)


def test_a_quarter_turn_is_clockwise() -> None:
    np.testing.assert_allclose(paint("triangle", angle=math.pi / 2), np.rot90(paint("triangle"), -1), atol=1e-4)
    assert np.abs(paint("square", angle=math.pi / 4) - paint("square")).max() == 1.0


def test_a_stroke_goes_from_start_to_end() -> None:
    (image,) = strokes(side=8, start=np.array([[1.0, 2.0]]), end=np.array([[5.0, 2.0]]))
    assert np.array_equal(np.argwhere(image == 1.0), [[2, column] for column in range(1, 6)])
    assert image[5:].max() == 0.0
    (dot,) = strokes(side=8, start=np.array([[3.0, 3.0]]), end=np.array([[3.0, 3.0]]))
    assert np.array_equal(np.argwhere(dot == 1.0), [[3, 3]])


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^figure: expected one of circle, .*; received 'star'$"):
        distance("star", np.zeros(1), np.zeros(1))
