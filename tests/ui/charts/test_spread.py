import numpy as np
import pytest

from ui.charts.spread import Spread, figure


def _spread(title: str, classes: int = 2) -> Spread:
    return Spread(title=title, edges=np.array([0.0, 1.0, 3.0]), counts=np.arange(2 * classes).reshape(classes, 2))


def test_bars_are_the_counts_in_their_bins() -> None:
    chart = figure([_spread("a"), _spread("b")], ["no", "yes"])
    assert [bar.name for bar in chart.data] == ["no", "yes", "no", "yes"]
    assert chart.data[1].y.tolist() == [2, 3]
    assert chart.data[1].x.tolist() == [0.5, 2.0] and chart.data[1].width.tolist() == [1.0, 2.0]
    assert chart.data[3].xaxis == "x2" and [bar.showlegend for bar in chart.data] == [True, True, False, False]
    assert [note.text for note in chart.layout.annotations] == ["a", "b"]
    assert chart.layout.barmode == "stack" and chart.layout.showlegend
    assert chart.data[0].marker.color != chart.data[1].marker.color


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 30])
def test_charts_do_not_overlap(count: int) -> None:
    layout = figure([_spread(str(number), 1) for number in range(count)]).layout
    places = []
    for number in range(count):
        suffix = "" if number == 0 else str(number + 1)
        places.append((*layout[f"xaxis{suffix}"].domain, *layout[f"yaxis{suffix}"].domain))
    for number, (left, right, low, high) in enumerate(places):
        assert 0 <= left < right <= 1 and 0 <= low < high <= 1
        for other in places[number + 1 :]:
            assert right <= other[0] or other[1] <= left or high <= other[2] or other[3] <= low
    assert not layout.showlegend


def test_nothing_chosen_is_an_empty_figure() -> None:
    assert not figure([]).data
