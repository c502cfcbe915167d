import numpy as np

from dlcore.labs.registry import make_lab
from dlcore.specs.perceptron import Perceptron


def test_one_mistake_moves_the_weights_by_the_sample():
    lab = make_lab(Perceptron(learning_rate=0.5))
    first = int(lab.order[0])
    lab.step()  # w = 0 and b = 0 say class 0, so only a sample of class 1 is a mistake
    x, is_one = lab.data.x_train[first], lab.data.y_train[first] == 1
    np.testing.assert_array_equal(lab.w.numpy(), 0.5 * x if is_one else np.zeros(2, np.float32))
    assert lab.b.item() == (0.5 if is_one else 0.0)
    assert lab.corrected == is_one


def test_it_comes_to_rest_where_a_line_separates_the_classes():
    lab = make_lab(Perceptron())
    while lab.finished() is None:
        lab.step()
    assert "without a mistake" in lab.finished()
    assert lab.frame().metrics["train_accuracy"] == 1.0
    weights = lab.w.clone()
    for _ in range(lab.steps_an_epoch):
        lab.step()
    np.testing.assert_array_equal(weights, lab.w)


def test_it_never_comes_to_rest_on_xor():
    lab = make_lab(Perceptron.parse({"data": {"kind": "generated", "name": "xor"}}))
    for _ in range(30 * lab.steps_an_epoch):
        lab.step()
    assert lab.finished() is None
    assert lab.frame().metrics["train_accuracy"] < 0.8


def test_only_two_classes():
    try:
        Perceptron.parse({"data": {"kind": "generated", "name": "rings"}})
    except ValueError as error:
        assert "two classes" in str(error)
    else:
        raise AssertionError("three classes were not refused")
