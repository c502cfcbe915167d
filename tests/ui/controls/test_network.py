from collections.abc import Callable
from typing import Any

from dlcore.networks.features import FEATURES
from dlcore.specs import limits
from dlcore.specs.layered import Layered
from dlcore.specs.supervised import Supervised

Open = Callable[..., Any]


def units(page: Any) -> list[int]:
    return [layer.units for layer in page.spec.network.layers]


def test_inputs_keep_their_order_and_the_last_one_stays(open_page: Open) -> None:
    page = open_page(Supervised())
    page.choose("network.features", ["sin_x1", "x1"])
    assert page.spec.network.features == ("x1", "sin_x1")
    page.choose("network.features", [])
    assert page.spec.network.features == ("x1", "sin_x1")
    assert "at least one" in page.refusals[0]
    assert page.at("network.features").value == ["x1", "sin_x1"]
    assert len(page.at("network.features").options) == len(FEATURES)


def test_layers_are_added_changed_moved_and_removed(open_page: Open) -> None:
    page = open_page(Supervised())
    page.choose("network.layers.0.units", 7)
    page.choose("network.layers.0.activation", "relu")
    page.press("network.layers add")
    assert units(page) == [7, 2, 2]
    page.at("network.layers.0 menu").click("Move towards the output").run()
    assert units(page) == [2, 7, 2]
    assert page.spec.network.layers[1].activation == "relu"
    assert page.at("network.layers.1.units").value == 7
    page.at("network.layers.0 menu").click("Remove").run()
    assert units(page) == [7, 2]
    assert page.at("network.layers.0.activation").value == "relu"


def test_ends_of_the_list_offer_no_move_beyond(open_page: Open) -> None:
    page = open_page(Supervised())
    assert page.at("network.layers.0 menu").options == ["Move towards the output", "Remove"]
    assert page.at("network.layers.1 menu").options == ["Move towards the inputs", "Remove"]


def test_a_change_on_the_diagram_shows_in_the_list(open_page: Open) -> None:
    page = open_page(Supervised())
    page.put({"network.layers": [{"units": 16}] * limits.HIDDEN_LAYERS})
    assert [page.at(f"network.layers.{k}.units").value for k in range(8)] == [16] * 8
    assert page.at("network.layers add").disabled
    page.put({"network.layers": []})
    assert any("straight to the output" in caption.value for caption in page.app.caption)


def test_only_outputs_that_suit_the_loss_are_offered(open_page: Open) -> None:
    page = open_page(Supervised())
    assert page.at("network.output").options == ["Auto: sigmoid", "Sigmoid"]
    page.put({"training.loss": "mse"})
    assert page.at("network.output").options == ["Auto: tanh", "Tanh", "Sigmoid", "Linear"]
    page.choose("network.output", "linear")
    assert page.spec.network.output == "linear"


def test_first_weights_and_batch_normalization(open_page: Open) -> None:
    page = open_page(Supervised())
    page.choose("network.initialization", "zeros")
    page.choose("network.batch_norm", True)
    assert (page.spec.network.initialization, page.spec.network.batch_norm) == ("zeros", True)
    page.choose("training.batch_size", 1)
    assert page.spec.training.batch_size == 10
    assert "at least 2" in page.refusals[0]


def test_a_stack_may_also_keep_the_weights_that_its_layers_are_made_with(open_page: Open) -> None:
    page = open_page(Layered())
    assert page.at("initialization").options[:2] == ["PyTorch's own", "Xavier (Glorot)"]
    assert "Biases start in the same way" in page.at("initialization").help
    page.choose("initialization", "he")
    assert page.spec.initialization == "he" and "Biases start at 0" in page.at("initialization").help
    assert "PyTorch's own" not in open_page(Supervised()).at("network.initialization").options


def test_a_table_names_its_inputs_in_the_data_tab(open_page: Open) -> None:
    page = open_page(
        Supervised().replace({"data": {"kind": "table", "name": "wine"}, "training.loss": "cross_entropy"})
    )
    assert any("13 inputs" in caption.value for caption in page.app.caption)
