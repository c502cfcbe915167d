import numpy as np
import torch
from torch import nn

from dlcore.explain.filters import SHOWN, filter_arrays, filter_options
from dlcore.explain.weight_layers import weight_layers


def test_kernels_and_biases_are_copies_of_the_first_ones() -> None:
    network = nn.Sequential(nn.Conv2d(2, 40, 3), nn.ReLU(), nn.Conv2d(40, 3, 1, bias=False))
    layers = weight_layers(network)
    found = filter_arrays(layers)
    assert found.keys() == {"weight/0", "bias/0", "weight/1"}
    assert found["weight/0"].shape == (SHOWN, 2, 3, 3) and found["weight/1"].shape == (3, SHOWN, 1, 1)
    weight = network[0].weight
    assert isinstance(weight, torch.Tensor)
    np.testing.assert_array_equal(found["weight/0"], weight[:SHOWN].detach().numpy())
    with torch.no_grad():
        weight.zero_()
    assert found["weight/0"].any()
    first, second = filter_options(layers)
    assert (first["parameter"], first["shape"], second["parameter"]) == ("weight/0", [40, 2, 3, 3], "weight/1")
