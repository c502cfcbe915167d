import numpy as np

from ui.charts.correlation import figure


def test_squares_are_the_matrix_between_minus_one_and_one() -> None:
    matrix = np.array([[1.0, -0.5], [-0.5, np.nan]])
    square = figure(["a", "b"], matrix).data[0]
    np.testing.assert_array_equal(square.z, matrix)
    assert (square.zmin, square.zmid, square.zmax) == (-1, 0, 1)
    assert square.texttemplate and not figure([str(k) for k in range(20)], np.eye(20)).data[0].texttemplate
