from dlcore.labs.training_views import (
    activation_histograms,
    confusion_view,
    layer_curves,
    loss_view,
    score_view,
    weight_histograms,
)
from dlcore.training.losses import LOSSES

LAYERS = (("conv1", "Conv 1"), ("dense1", "Dense 1"))


def test_curves_are_fed_by_both_parts() -> None:
    loss = loss_view(LOSSES[0], parts={"train": "train (5 of 9)", "test": "test"}, note=" Mind.")
    assert [(s.metric, s.title, s.role) for s in loss.series] == [
        ("train_loss", "train (5 of 9)", "train"),
        ("test_loss", "test", "test"),
    ]
    assert loss.title == "Loss: mean squared error" and loss.help.endswith(" Mind.")
    assert [series.metric for series in score_view(classes=True).series] == ["train_accuracy", "test_accuracy"]
    assert [series.metric for series in score_view(classes=False).series] == ["train_r2", "test_r2"]


def test_every_layer_has_its_colour_in_all_charts() -> None:
    gradient, update, rate = layer_curves(LAYERS)
    assert [(s.metric, s.role) for s in gradient.series] == [
        ("gradient_norm/conv1", "layer:0"),
        ("gradient_norm/dense1", "layer:1"),
    ]
    assert [s.metric for s in update.series] == ["update_ratio/conv1", "update_ratio/dense1"]
    assert [s.metric for s in rate.series] == ["learning_rate"]


def test_histograms_and_matrix_know_their_layers_and_classes() -> None:
    assert [view.options["quantity"] for view in weight_histograms(["Conv 1"])] == ["weight", "gradient"]
    shown = activation_histograms(LAYERS, "layer over 3 samples")
    assert shown.options["shares"] == [["saturated/conv1", "saturated/dense1"], ["dead/conv1", "dead/dense1"]]
    assert "each layer over 3 samples." in shown.help
    assert confusion_view(("a", "b"), note=" Mind.").options == {"classes": ["a", "b"]}
