"""Networks: named children, shapes and values; any valid spec builds and any other is refused with a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from dlcore.networks.build import build, output_activation, outputs_of, predict, with_dropout
from dlcore.networks.dropout import SeenDropout
from dlcore.specs.spec import SpecError
from dlcore.specs.supervised import Supervised
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.initializations import INITIALIZATIONS
from dlcore.training.losses import LOSSES
from dlcore.training.make import make_loss, make_optimizer
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.regularizers import penalty
from dlcore.training.targets import encode

NAMES = [row.name for row in ACTIVATIONS]


def _build(inputs: int = 2, **network: Any) -> tuple[Supervised, nn.Sequential]:
    spec = Supervised.parse({"network": network})
    return spec, build(spec, inputs, outputs_of(spec))


def test_children_carry_their_names_in_order() -> None:
    _, network = _build(
        layers=[{"units": 3, "activation": "relu"}, {"units": 2, "activation": "linear"}], batch_norm=True
    )
    assert not any(isinstance(child, nn.Dropout) for child in network)
    dropped = with_dropout(network, 0.25)
    assert [child.p for child in dropped if isinstance(child, nn.Dropout)] == [0.25, 0.25]
    assert list(with_dropout(dropped, 0.0).named_children()) == list(network.named_children())
    assert [(name, type(child)) for name, child in dropped.named_children()] == [
        ("hidden1", nn.Linear),
        ("norm1", nn.BatchNorm1d),
        ("activation1", nn.ReLU),
        ("dropout1", SeenDropout),
        ("hidden2", nn.Linear),
        ("norm2", nn.BatchNorm1d),
        ("activation2", nn.Identity),
        ("dropout2", SeenDropout),
        ("output", nn.Linear),
    ]


def test_output_activation_is_part_of_the_network_unless_the_loss_works_on_scores() -> None:
    spec = Supervised.parse({"training": {"loss": "mse"}, "network": {"layers": []}})
    network = build(spec, 2, 1)
    assert [name for name, _ in network.named_children()] == ["output", "output_activation"]
    assert isinstance(network.output_activation, nn.Tanh) and isinstance(output_activation(spec), nn.Identity)
    assert isinstance(output_activation(Supervised()), nn.Sigmoid)


def test_outputs_are_what_plain_numpy_computes() -> None:
    torch.manual_seed(0)
    spec, network = _build(layers=[{"units": 5, "activation": "tanh"}], initialization="normal")
    x = np.random.default_rng(0).normal(size=(7, 2))
    values = {name: tensor.numpy().astype(np.float64) for name, tensor in network.state_dict().items()}
    hidden = np.tanh(x @ values["hidden1.weight"].T + values["hidden1.bias"])
    scores = hidden @ values["output.weight"].T + values["output.bias"]
    network.eval()
    with torch.no_grad():
        inputs = torch.from_numpy(x).float()
        np.testing.assert_allclose(network(inputs).numpy(), scores, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(predict(network, inputs, spec).numpy(), 1 / (1 + np.exp(-scores)), rtol=1e-5)


def test_gradients_are_finite_differences() -> None:
    torch.manual_seed(1)
    spec, network = _build(
        layers=[{"units": 4, "activation": name} for name in NAMES if name != "softmax"][:8], initialization="xavier"
    )
    network.double()
    x, y = torch.randn(6, 2, dtype=torch.float64), encode(np.array([0, 1, 1, 0, 1, 0]), spec).double()
    loss = make_loss(spec)
    (loss(network(x), y) + penalty(network, 0.01, 0.02)).backward()
    with torch.no_grad():
        for parameter in network.parameters():
            flat, gradient = parameter.view(-1), parameter.grad
            assert gradient is not None
            for i in range(len(flat)):
                old, values = flat[i].item(), []
                for value in (old + 1e-6, old - 1e-6):
                    flat[i] = value
                    values.append((loss(network(x), y) + penalty(network, 0.01, 0.02)).item())
                flat[i] = old
                assert gradient.view(-1)[i].item() == pytest.approx((values[0] - values[1]) / 2e-6, rel=1e-4, abs=1e-8)


@pytest.mark.parametrize(
    ("inputs", "outputs", "text"),
    [
        (0, 1, "inputs: a network needs at least 1 input; received 0"),
        (2, 3, "outputs: this data and loss need 1; received 3"),
    ],
)
def test_wrong_sizes_are_refused(inputs: int, outputs: int, text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        build(Supervised(), inputs, outputs)


VALUES = st.fixed_dictionaries(
    {
        "data": st.fixed_dictionaries(
            {"kind": st.just("generated"), "name": st.sampled_from(["circle", "rings", "plane"])}
        ),
        "network": st.fixed_dictionaries(
            {
                "layers": st.lists(
                    st.fixed_dictionaries({"units": st.integers(0, 17), "activation": st.sampled_from(NAMES)}),
                    max_size=9,
                ),
                "output": st.sampled_from(["auto", *NAMES]),
                "initialization": st.sampled_from([row.name for row in INITIALIZATIONS]),
                "batch_norm": st.booleans(),
            }
        ),
        "training": st.fixed_dictionaries(
            {
                "loss": st.sampled_from([row.name for row in LOSSES]),
                "optimizer": st.sampled_from([row.name for row in OPTIMIZERS]),
                "batch_size": st.sampled_from([1, 2, 10, "all"]),
                "dropout": st.sampled_from([0.0, 0.5, 0.9, 1.0]),
            }
        ),
        "seed": st.integers(-1, 2**31),
    }
)


@settings(deadline=None)  # the first optimizer of a process imports for seconds
@given(values=VALUES, inputs=st.integers(1, 30))
def test_any_spec_builds_and_steps_or_is_refused_with_a_sentence(values: dict[str, Any], inputs: int) -> None:
    try:
        spec = Supervised.parse(values)
    except SpecError as error:
        assert str(error).endswith(".") and "\n" not in str(error)
        return
    torch.manual_seed(spec.seed)
    network = build(spec, inputs, outputs_of(spec))
    optimizer = make_optimizer(spec, network.parameters())
    x, y = torch.randn(10, inputs), torch.arange(10) % 2
    outputs = network(x)
    assert outputs.shape == (10, outputs_of(spec))
    make_loss(spec)(outputs, encode(y, spec)).backward()
    optimizer.step()
    assert all(parameter.isfinite().all() for parameter in network.parameters())
    network.eval()
    predictions = predict(network, x, spec)
    if spec.output == "softmax":
        torch.testing.assert_close(predictions.sum(dim=1), torch.ones(10))
