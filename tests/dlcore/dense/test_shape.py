import pytest
import torch

from dlcore.dense.shape import LINE, STRIDE, shape_of
from dlcore.specs.supervised import Supervised


def test_shape_of_the_default_experiment():
    shape = shape_of(Supervised(), inputs=2, samples=250)
    assert shape.sizes == (2, 4, 2, 1)
    assert shape.activations == ("tanh", "tanh", "linear")  # binary cross-entropy works on scores
    assert shape.parameters == 3 * 4 + 5 * 2 + 3 * 1
    assert (shape.batch, shape.loss, shape.optimizer.kind) == (10, "bce", "sgd")


def test_equal_but_for_what_replicas_have_of_their_own():
    spec = Supervised()
    shape = shape_of(spec, 2, 250)
    own = {"seed": 3, "training.learning_rate": 0.5, "training.l1": 0.1, "training.l2": 0.1, "training.dropout": 0.5}
    assert shape_of(spec.replace(own), 2, 400) == shape
    assert hash(shape_of(spec.replace(own), 2, 400)) == hash(shape)
    for path, value in {"training.optimizer": "adam", "training.batch_size": 5, "network.output": "sigmoid"}.items():
        changed = shape_of(spec.replace({path: value}), 2, 250)
        assert (changed != shape) == (path != "network.output")


@pytest.mark.parametrize(
    ("changes", "size"),
    [
        ({}, LINE),
        ({"network.layers": [{"units": 3, "activation": "relu"}]}, LINE),
        ({"network.layers": [{"units": 3, "activation": "elu"}]}, STRIDE),
        ({"network.layers": [{"units": 3}, {"units": 2, "activation": "sigmoid"}]}, STRIDE),
        ({"training.loss": "mse", "network.output": "sigmoid"}, STRIDE),
    ],
)
def test_columns_fill_whole_lines_and_strides_where_a_function_needs_it(changes, size):
    for batch in (1, 10, 16, 17, 250):
        for dtype in (torch.float32, torch.float64):
            shape = shape_of(Supervised().replace({"training.batch_size": batch, **changes}), 2, 250, dtype)
            assert shape.columns >= batch
            assert shape.columns * dtype.itemsize % size == 0
            assert (shape.columns - batch) * dtype.itemsize < size


def test_batch_gradient_descent_takes_the_whole_set():
    assert shape_of(Supervised().replace({"training.optimizer": "gd"}), 2, 77).batch == 77


def test_what_is_not_known_is_refused_with_the_reason():
    with pytest.raises(ValueError, match="Batch normalization mixes"):
        shape_of(Supervised().replace({"network.batch_norm": True}), 2, 250)
