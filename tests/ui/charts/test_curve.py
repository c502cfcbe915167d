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


def test_a_series_may_bring_its_own_x_and_be_dashed_and_nameless() -> None:
    rows = [
        {"metric": "0/train_loss", "title": "Adam", "role": "variant:0", "x": "0/epoch"},
        {"metric": "0/test_loss", "title": "", "role": "variant:0", "x": "0/epoch", "dashed": True, "named": False},
    ]
    solid, dashed = figure({"name": "loss", "kind": "curve", "title": "Loss", "series": rows}).data
    assert solid.meta["feeds"] == {"x": "0/epoch", "y": "0/train_loss"}
    assert (solid.line.dash, dashed.line.dash) == ("solid", "dash")
    assert solid.line.color == dashed.line.color
    assert solid.showlegend is None and dashed.showlegend is False


def test_a_few_lines_may_have_their_legend_beside_them_too() -> None:
    layout = figure(view(("a", "train", "train"), ("b", "test", "test"), legend="beside")).layout
    assert layout.legend.orientation == "v" and layout.meta["legend"] == "inside"


def test_the_x_axis_has_the_name_that_it_is_given() -> None:
    assert (
        figure(view(("a", "train", "train"), x="seconds of training")).layout.xaxis.title.text == "seconds of training"
    )


def test_the_legend_moves_aside_where_many_lines_are_named() -> None:
    def chart(count: int) -> Any:
        rows = [
            {"metric": f"{k}/{part}_loss", "title": f"{k}", "role": f"variant:{k}", "named": part == "train"}
            for k in range(count)
            for part in ("train", "test")
        ]
        return figure({"name": "loss", "kind": "curve", "title": "Loss", "series": rows})

    assert chart(4).layout.legend.orientation == "h" and chart(5).layout.legend.orientation == "v"
