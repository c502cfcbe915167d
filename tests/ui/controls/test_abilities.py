from dlcore.specs.layered import Layered
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.supervised import Supervised
from ui.controls.abilities import has_two_ways, takes


def test_what_a_kind_would_only_refuse_is_known_before_it_is_offered() -> None:
    assert takes(Supervised(), "training.dropout", 0.5) and not takes(Layered(), "training.dropout", 0.5)
    assert not takes(Perceptron(), "training.dropout", 0.5), "it has no such field"


def test_only_dense_networks_have_a_faster_way_than_the_textbooks() -> None:
    assert has_two_ways(Supervised()) and has_two_ways(Supervised().replace({"training.step": "textbook"}))
    assert not has_two_ways(Layered()) and not has_two_ways(Perceptron())
