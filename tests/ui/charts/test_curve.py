from typing import Any

from ui.charts.curve import figure


def view(*series: tuple[str, str, str], **options: Any) -> dict[str, Any]:
    rows = [{"metric": metric, "title": title, "role": role} for metric, title, role in series]
    return {"name": "loss", "kind": "curve", "title": "Loss: mean squared error", "series": rows, "options": options}


def test_train_is_solid_test_is_dashed_and_both_name_their_feeds() -> None:
    train, test = figure(view(("train_loss", "train", "train"), ("test_loss", "test", "test"))).data
    assert (train.line.dash, test.line.dash) == ("solid", "dash")
    assert train.line.color != test.line.color
    assert train.meta == {"feeds": {"x": "epoch", "y": "train_loss"}, "colour": "train"}
    assert test.meta["feeds"]["y"] == "test_loss"
    assert (train.x, train.y) == (None, None)


def test_axes_have_titles_with_units() -> None:
    layout = figure(view(("a", "train", "train"), ("b", "test", "test"), unit="nats")).layout
    assert layout.xaxis.title.text == "epoch"
    assert [note.text for note in layout.annotations] == ["Loss (nats)"]
    assert not layout.yaxis.title.text, "beside the axis it would lie on the numbers"
    assert layout.hovermode == "x unified"
    assert layout.showlegend is True


def test_a_logarithmic_start_and_one_colour_a_layer() -> None:
    chart = figure(view(("g/1", "Hidden 1", "layer:0"), ("g/2", "Output", "layer:1"), log=True))
    assert chart.layout.yaxis.type == "log"
    assert chart.data[0].line.color != chart.data[1].line.color
    assert figure(view(("a", "train", "train"), log=False)).layout.yaxis.type is None


def test_one_line_needs_no_legend_and_none_gives_empty_axes() -> None:
    assert figure(view(("a", "train", "train"))).layout.showlegend is False
    empty = figure(view())
    assert len(empty.data) == 0
    assert empty.layout.annotations[0].text == "Loss"


def test_many_lines_have_their_legend_beside_them() -> None:
    lines = [(f"g/{k}", f"Hidden {k}", f"layer:{k}") for k in range(5)]
    assert figure(view(*lines)).layout.legend.orientation == "v"
    assert figure(view(*lines[:4])).layout.legend.orientation == "h"
