"""Initial weights against the bounds and moments that the formulas promise."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable

import pytest
import torch
from torch import nn

from dlcore.networks.build import initialize
from dlcore.networks.residual import Residual
from dlcore.training.initializations import AS_MADE, INITIALIZATIONS, LAYER_INITIALIZATIONS, Initialization

INPUTS, UNITS = 300, 200


def _network(name: str, seed: int = 0) -> nn.Sequential:
    torch.manual_seed(seed)
    network = nn.Sequential(
        OrderedDict(hidden1=nn.Linear(INPUTS, UNITS), norm1=nn.BatchNorm1d(UNITS), output=nn.Linear(UNITS, 1))
    )
    initialize(network, name)
    return network


def _weights(name: str) -> torch.Tensor:
    weights = _network(name).get_parameter("hidden1.weight").detach()
    assert weights.shape == (UNITS, INPUTS)
    return weights


def test_formulas() -> None:
    bound = r"\sqrt{\tfrac{6}{n_\text{in}+n_\text{out}}}"
    assert {row.name: row.formula for row in INITIALIZATIONS} == {
        "xavier": rf"U\left(-{bound},\ {bound}\right)",
        "he": r"N\left(0,\ \tfrac{2}{n_\text{in}}\right)",
        "normal": r"N(0,\ 0.5^2)",
        "small": r"N(0,\ 0.05^2)",
        "large": r"N(0,\ 1^2)",
        "zeros": "0",
        "constant": "0.5",
    }


def test_xavier_is_uniform_up_to_its_bound() -> None:
    weights, bound = _weights("xavier"), math.sqrt(6 / (INPUTS + UNITS))
    assert 0.999 * bound < weights.abs().max() <= bound
    assert weights.mean().item() == pytest.approx(0, abs=5 * bound / math.sqrt(3 * weights.numel()))
    assert weights.var().item() == pytest.approx(bound**2 / 3, rel=0.02)


@pytest.mark.parametrize(
    ("name", "deviation"), [("he", math.sqrt(2 / INPUTS)), ("normal", 0.5), ("small", 0.05), ("large", 1.0)]
)
def test_normal_ones_have_their_deviation(name: str, deviation: float) -> None:
    weights = _weights(name)
    assert weights.mean().item() == pytest.approx(0, abs=5 * deviation / math.sqrt(weights.numel()))
    assert weights.std().item() == pytest.approx(deviation, rel=0.02)
    assert (weights.abs() < deviation).float().mean().item() == pytest.approx(0.6827, abs=0.01)


@pytest.mark.parametrize(("name", "value"), [("zeros", 0.0), ("constant", 0.5)])
def test_fixed_values(name: str, value: float) -> None:
    assert (_weights(name) == value).all()


@pytest.mark.parametrize("row", INITIALIZATIONS, ids=lambda row: row.name)
def test_biases_are_zero_and_batch_norm_stays(row: Initialization) -> None:
    network = _network(row.name)
    assert not network.get_parameter("hidden1.bias").any() and not network.get_parameter("output.bias").any()
    assert (network.get_parameter("norm1.weight") == 1).all()


def test_same_seed_same_weights() -> None:
    first, again, other = (_network("he", seed).state_dict() for seed in (1, 1, 2))
    assert all(torch.equal(first[key], again[key]) for key in first)
    assert not torch.equal(first["output.weight"], other["output.weight"])


def test_draws_go_from_input_to_output() -> None:
    network = _network("normal", seed=5)
    torch.manual_seed(5)
    nn.Linear(INPUTS, UNITS), nn.Linear(UNITS, 1)  # the layers' own first values are drawn before
    for name in ("hidden1.weight", "output.weight"):
        weight = network.get_parameter(name)
        assert torch.equal(weight, nn.init.normal_(torch.empty_like(weight), std=0.5))


def test_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match=r"initialization: expected one of xavier, .*; received 'ones'"):
        initialize(nn.Sequential(), "ones")


@pytest.mark.parametrize("made", [lambda: nn.Linear(INPUTS, UNITS), lambda: nn.Conv2d(INPUTS // 4, UNITS, 2)])
def test_what_layers_are_made_with_is_what_the_menu_says(made: Callable[[], nn.Linear | nn.Conv2d]) -> None:
    assert [row.name for row in LAYER_INITIALIZATIONS] == ["default", *(row.name for row in INITIALIZATIONS)]
    torch.manual_seed(3)
    layer = made()
    torch.manual_seed(3)
    drawn = getattr(nn.init, AS_MADE.function)(torch.empty_like(layer.weight), **AS_MADE.arguments)
    assert torch.equal(layer.weight, drawn)
    bound = 1 / math.sqrt(INPUTS)  # each unit adds 300 products, of the convolution too
    assert layer.bias is not None and 0.95 * bound < layer.bias.abs().max() <= bound
    assert 0.999 * bound < layer.weight.abs().max() <= bound * (1 + 1e-6)


def test_he_counts_what_a_unit_adds_up() -> None:
    """Variance 2 / n_in of every kind of weights, in blocks and projections too; of a transposed kernel all inputs."""
    block = Residual(nn.Sequential(nn.Conv2d(40, 30, 3)), nn.Conv2d(40, 30, 1))
    kinds = {
        "0": (nn.Conv1d(40, 60, 5), 200),
        "1": (nn.ConvTranspose2d(40, 60, 3, stride=2), 360),
        "2": (nn.Linear(90, 80), 90),
        "3.layers.0": (block.layers[0], 360),
        "3.shortcut": (block.shortcut, 40),
    }
    network = nn.Sequential(*(kinds[name][0] for name in "012"), block, nn.Embedding(7, 5), nn.LayerNorm(4))
    table = network.get_parameter("4.weight").clone()
    torch.manual_seed(0)
    initialize(network, "he")
    for name, (_, inputs) in kinds.items():
        weight = network.get_parameter(f"{name}.weight")
        assert weight.var().item() == pytest.approx(2 / inputs, rel=0.12), name
        assert not network.get_parameter(f"{name}.bias").any()
    assert torch.equal(network.get_parameter("4.weight"), table) and (network.get_parameter("5.weight") == 1).all()
