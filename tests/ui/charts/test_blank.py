from ui.charts.blank import LEFT, axis, blank, name_heights, with_unit


def test_a_blank_figure_is_transparent_and_light() -> None:
    layout = blank(showlegend=False).to_plotly_json()["layout"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert layout["showlegend"] is False
    assert len(str(layout)) < 1000  # Plotly's default template alone has 7 kB


def test_an_axis_says_its_quantity_and_unit() -> None:
    assert with_unit("loss", "nats") == "loss (nats)"
    assert with_unit("R²", "") == "R²"
    assert axis("epoch", type="log")["title"]["text"] == "epoch"


def test_the_name_of_the_heights_stands_over_their_axis_inside_the_figure() -> None:
    (note,) = name_heights(blank(), "mistakes in the last epoch (samples)").layout.annotations
    assert (note.xref, note.yref, note.y, note.yanchor) == ("paper", "paper", 1, "bottom")
    assert note.xanchor == "left" and -LEFT <= note.xshift < 0
