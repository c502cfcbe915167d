import numpy as np
import torch

from dlcore.engine.state import pack, unpack


def test_tensors_arrays_and_plain_values_come_back_bit_for_bit() -> None:
    weight = torch.nn.Parameter(torch.randn(3, 4))
    state = {
        "weight": weight,
        "transposed": torch.arange(6).reshape(2, 3).T,
        "half": torch.randn(5).to(torch.bfloat16),
        "scalar": torch.tensor(2.5, dtype=torch.float64),
        "random": torch.get_rng_state(),
        "array": np.arange(3.0),
        "plain": {"steps": 3, "names": ("a", None)},
    }
    back = unpack(pack(state))
    for name in ("weight", "transposed", "half", "scalar", "random"):
        assert back[name].dtype == state[name].dtype and torch.equal(back[name], state[name])
    assert not back["weight"].requires_grad
    np.testing.assert_array_equal(back["array"], state["array"])
    assert back["plain"] == state["plain"]


def test_what_comes_back_is_a_copy_that_can_be_written() -> None:
    weight = torch.zeros(3)
    back = unpack(pack({"weight": weight}))["weight"]
    back += 1
    assert weight.sum() == 0


def test_an_optimizers_state_is_small() -> None:
    layer = torch.nn.Linear(2, 1)
    optimizer = torch.optim.Adam(layer.parameters())
    layer(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    assert len(pack(optimizer.state_dict())) < 3_000
