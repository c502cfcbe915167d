import numpy as np
import pytest
import torch

from dlcore.engine.plain import pickle_error, pickle_plain, unpickle


class Odd(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def test_answers_of_plain_values_and_arrays_pass() -> None:
    answer = unpickle(pickle_plain({"a": [1, 2.5, None], "b": np.arange(3)}))
    assert answer["a"] == [1, 2.5, None] and answer["b"].tolist() == [0, 1, 2]


@pytest.mark.parametrize("answer", [torch.ones(2), {"deep": [torch.float32]}, torch.nn.Linear(1, 1)])
def test_nothing_of_pytorch_passes(answer: object) -> None:
    with pytest.raises(TypeError, match="expected an answer of plain values and NumPy arrays"):
        pickle_plain(answer)


def test_errors_are_raised_again_and_foreign_ones_by_name() -> None:
    with pytest.raises(ZeroDivisionError, match="nothing"):
        unpickle(pickle_error(ZeroDivisionError("nothing")))
    with pytest.raises(RuntimeError, match="Odd: 1 and 2"):
        unpickle(pickle_error(Odd(1, 2)))
    with pytest.raises(RuntimeError, match="OutOfMemoryError: full"):
        unpickle(pickle_error(torch.OutOfMemoryError("full")))
