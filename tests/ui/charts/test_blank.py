from ui.charts.blank import axis, blank, with_unit


def test_a_blank_figure_is_transparent_and_light() -> None:
    layout = blank(showlegend=False).to_plotly_json()["layout"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert layout["showlegend"] is False
    assert len(str(layout)) < 1000  # Plotly's default template alone has 7 kB


def test_an_axis_says_its_quantity_and_unit() -> None:
    assert with_unit("loss", "nats") == "loss (nats)"
    assert with_unit("R²", "") == "R²"
    assert axis("epoch", type="log")["title"]["text"] == "epoch"
