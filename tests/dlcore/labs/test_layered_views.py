from __future__ import annotations

import json

from dlcore.labs.lab import View
from dlcore.labs.layered import LayeredLab
from dlcore.specs.layered import Layered


def views(spec: Layered) -> dict[str, View]:
    return {view.name: view for view in LayeredLab(spec).views}


def test_what_is_measured_on_a_sample_says_so() -> None:
    found = views(Layered().replace({"data.samples": 1000}))
    for name in ("loss", "score"):
        assert [series.title for series in found[name].series] == ["train (48 of 800)", "test (48 of 200)"]
    for name in ("loss", "score", "confusion"):
        assert "measured on a fixed random sample" in found[name].help


def test_what_is_measured_on_everything_says_no_more() -> None:
    found = views(Layered().replace({"data.samples": 50}))
    assert [series.title for series in found["loss"].series] == ["train", "test"]
    assert "sample" not in found["confusion"].help.removeprefix("Test samples")


def test_layers_have_names_that_learners_know() -> None:
    found = views(Layered().replace({"data.samples": 100}))
    titles = [layer["title"] for layer in found["maps"].options["layers"]]
    assert titles[:4] == ["Conv 1", "Activation 1, Tanh", "Pool 1", "Conv 2"]
    assert found["weights"].options["layers"] == ["Conv 1", "Conv 2", "Dense 1", "Dense 2", "Dense 3"]
    assert [series.metric for series in found["update_ratio"].series][:2] == [
        "update_ratio/conv1",
        "update_ratio/conv2",
    ]


def test_regression_has_no_classes_and_points_no_filters() -> None:
    layers = [{"kind": "dense", "units": 1}]
    data = {"kind": "generated", "name": "sine"}
    found = views(Layered.parse({"data": data, "layers": layers, "training": {"loss": "mse"}}))
    assert not {"confusion", "filters", "activations"} & set(found)
    assert found["score"].title == "R²"


def test_options_are_plain_json() -> None:
    for view in views(Layered().replace({"data.samples": 100})).values():
        assert json.loads(json.dumps(view.options)) == view.options


def test_a_unit_knows_which_part_of_the_image_it_sees() -> None:
    layers = views(Layered().replace({"data.samples": 100}))["maps"].options["layers"]
    fields = {layer["name"]: layer["field"] for layer in layers}
    # LeNet's first convolution keeps 28 places with a 5 × 5 kernel: the first sees rows 0 to 2, the last 25 to 27
    assert (fields["conv1"]["first"][0][0], fields["conv1"]["last"][0][0]) == (0, 2)
    assert (fields["conv1"]["first"][1][-1], fields["conv1"]["last"][1][-1]) == (25, 27)
    assert set(fields["dense1"]["first"][0]) == {0} and set(fields["dense1"]["last"][0]) == {27}
