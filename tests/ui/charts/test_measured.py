"""Lines with bands: what is drawn where."""

from __future__ import annotations

from ui.charts.measured import Line, figure
from ui.charts.palette import LIGHT


def test_a_band_goes_there_and_back_behind_its_line() -> None:
    line = Line(title="new points", role="test", middle=[0.5, 0.6], low=[0.4, 0.5], high=[0.7, 0.8], dash="dash")
    chart = figure((10, 20), [line], across="examples", up="accuracy")
    band, middle = chart.data
    assert list(band.x) == [10, 20, 20, 10] and list(band.y) == [0.7, 0.8, 0.5, 0.4] and band.fill == "toself"
    assert list(middle.x) == [10, 20] and list(middle.y) == [0.5, 0.6]
    assert (middle.line.dash, middle.line.color, middle.name) == ("dash", LIGHT.colour("test"), "new points")
    assert chart.layout.xaxis.type == "log" and list(chart.layout.xaxis.ticktext) == ["10", "20"]
    assert chart.layout.yaxis.type is None
    assert figure((10, 20), [line], across="", up="", log=True).layout.yaxis.type == "log"
