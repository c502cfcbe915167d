from collections.abc import Callable
from typing import Any

from datasets.registry import DATASETS
from dlcore.specs.layered import Layered
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.supervised import Supervised

Open = Callable[..., Any]
IRIS = Supervised().replace({"data": {"kind": "table", "name": "iris"}, "training.loss": "cross_entropy"})


def test_every_made_data_set_is_offered_and_can_be_taken(open_page: Open) -> None:
    page = open_page(Supervised().replace({"data.samples": 123, "data.noise": 0.1}))
    names = [row.name for row in DATASETS if row.kind == "generated"]
    assert len(page.at("data.name").options) == len(names)
    for name in names:
        page.choose("data.name", name)
        assert (page.spec.data.name, page.spec.data.samples, page.spec.data.noise) == (name, 123, 0.1)
    assert page.at("data.samples").value == 123  # a number from elsewhere stands among the usual ones


def test_real_data_bring_their_own_controls_and_a_fitting_loss(open_page: Open) -> None:
    page = open_page(Supervised().replace({"data.seed": 4, "training.l2": 0.1}))
    page.choose("data.kind", "table")
    assert (page.spec.data.kind, page.spec.data.seed) == ("table", 4)
    assert page.spec.training.loss == "cross_entropy"
    page.choose("data.name", "diabetes")
    assert (page.spec.training.loss, page.spec.training.l2) == ("mse", 0.1)
    page.choose("data.scaling", "minmax")
    page.choose("data.kind", "generated")
    assert (page.spec.data.kind, page.spec.training.loss) == ("generated", "bce")


def test_axes_stay_two_different_inputs(open_page: Open) -> None:
    page = open_page(IRIS)
    first, second, third, _fourth = IRIS.data.card.features
    page.choose("data.axes.1", first)
    assert page.spec.data.axes == (second, first)
    page.choose("data.axes.0", third)
    assert page.spec.data.axes == (third, first)
    page.choose("data.features", [first, second])
    assert (page.spec.data.features, page.spec.data.axes) == ((first, second), None)
    page.choose("data.features", [first])
    assert "Across" not in page.labels
    page.choose("data.features", [])
    assert page.spec.data.features == ()


def test_shares_and_seeds(open_page: Open) -> None:
    page = open_page(Supervised())
    page.choose("data.test_share", 0.30000000000000004)
    assert page.spec.data.test_share == 0.3
    page.press("data.seed next")
    assert page.spec.data.seed == page.at("data.seed").value == 1
    page.choose("data.noise", 0.15)
    assert page.spec.data.noise == 0.15


def test_drawing_begins_with_points_that_can_be_learned(open_page: Open) -> None:
    page = open_page(Supervised())
    page.choose("data.kind", "drawn")
    assert len(page.spec.data.points) == 40
    assert {point.label for point in page.spec.data.points} == {0, 1}
    page.put({"data.points": [{"x1": 1, "x2": 1, "label": 0}, {"x1": 2, "x2": 1, "label": 1}]})
    said = [caption.value for caption in page.app.caption]
    assert any("Choose a class beside the output" in text for text in said)
    assert not any("2 points" in text for text in said), "the plane counts: it may show others, too few to learn from"
    assert page.refusals == []


def test_a_system_is_offered_only_data_that_it_can_learn(open_page: Open) -> None:
    page = open_page(Perceptron())
    page.choose("data.kind", "table")
    assert (page.spec.data.name, page.refusals) == ("breast-cancer", [])
    assert (
        len(page.at("data.name").options) == 1  # of the tables, one has two classes
    )


def test_images_say_how_many_they_are_and_have_what_makes_sense_for_them(open_page: Open) -> None:
    page = open_page(Layered())
    assert page.at("data.samples").value == 5000 and "Noise ↻" not in page.labels
    page.choose("data.samples", 500)
    assert page.spec.data.samples == 500
    page.choose("data.samples", 5000)
    assert page.spec.data.samples is None, "all there are"
    page.choose("data.test_share", 0.3)
    assert page.spec.data.test_share == 0.3
    page.choose("data.name", "shapes")
    assert page.spec.data.name == "shapes" and page.spec.walk.input.shape == (1, 32, 32)
    page.choose("data.noise", 0.1)
    assert page.spec.data.noise == 0.1
    page.choose("data.name", "textures")  # real photos without noise, in which the set says what is for testing
    assert page.refusals == [] and page.spec.data.name == "textures"
    assert not page.labels & {"Noise ↻", "Test share ↻"}


def test_layers_follow_the_data_and_the_loss(open_page: Open) -> None:
    page = open_page(Layered())
    page.choose("data.kind", "series")
    assert (page.spec.data.name, page.spec.training.loss) == ("waves", "mse")
    page.choose("data.noise", 0.2)
    page.choose("data.kind", "table")
    page.choose("data.name", "breast-cancer")
    assert (page.spec.training.loss, page.spec.walk.output.shape) == ("bce", (1,))
    page.choose("training.loss", "cross_entropy")
    assert page.spec.walk.output.shape == (2,) and page.refusals == []
