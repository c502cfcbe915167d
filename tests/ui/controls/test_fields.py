from dlcore.specs.perceptron import Perceptron
from dlcore.specs.supervised import Supervised
from ui.controls.fields import has_field


def test_a_field_is_found_at_its_dotted_path_and_nothing_else_is() -> None:
    assert has_field(Supervised(), "training.loss") and has_field(Supervised(), "seed")
    assert not has_field(Supervised(), "training.hope") and not has_field(Supervised(), "training.loss.name")
    assert not has_field(Perceptron(), "training.loss") and has_field(Perceptron(), "learning_rate")
    assert not has_field(Supervised(), "network.layers.0")  # an item, not a field
    assert not has_field(Supervised(), "as_dict")
