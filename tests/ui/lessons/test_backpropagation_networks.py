"""Networks made from choices, samples of data sets, and weights of a run of the Playground."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from dlcore.engine.frame import encode as encode_packet
from dlcore.explain.backprop_trace import graph_of
from dlcore.labs.registry import make_lab
from dlcore.specs.spec import SpecError
from dlcore.specs.supervised import Supervised
from dlcore.training.make import make_loss
from dlcore.training.samples import prepare_samples
from dlcore.training.targets import encode
from ui.lessons.backpropagation_networks import drawn, sample_of, taken, too_large, weights_of

SMALL = {"layers": [{"units": 3, "activation": "gelu"}]}
CASES = {
    "moons, bce": {"data": {"kind": "generated", "name": "moons", "samples": 60}, "training": {"loss": "bce"}},
    "moons, mse, tanh": {
        "data": {"kind": "generated", "name": "moons", "samples": 60},
        "network": {**SMALL, "output": "tanh"},
        "training": {"loss": "mse"},
    },
    "iris, cross-entropy": {"data": {"kind": "table", "name": "iris"}, "training": {"loss": "cross_entropy"}},
    "iris, mae, softmax": {"data": {"kind": "table", "name": "iris"}, "training": {"loss": "mae"}},
    "plane, huber": {"data": {"kind": "generated", "name": "plane", "samples": 60}, "training": {"loss": "huber"}},
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_sample_and_the_loss_are_those_of_the_lab(case: dict[str, Any]) -> None:
    spec = Supervised.parse({"network": SMALL, **case})
    inputs, target, _ = sample_of(spec, 5)
    data = prepare_samples(spec.data)
    lab = make_lab(spec)
    wanted = encode(np.asarray(data.y_train[5:6]), spec)
    wanted = wanted.double() if wanted.is_floating_point() else wanted
    network = lab.network.double()  # type: ignore[attr-defined]
    weights = [layer for layer in network if isinstance(layer, torch.nn.Linear)]
    arrays = {f"weight/{at}": layer.weight.detach().numpy() for at, layer in enumerate(weights)}
    arrays |= {f"bias/{at}": layer.bias.detach().numpy() for at, layer in enumerate(weights)}
    loss = make_loss(spec)(network(torch.tensor([inputs], dtype=torch.float64)), wanted)
    assert graph_of(taken(spec, arrays, 5)).loss.value == pytest.approx(float(loss.detach()), rel=1e-9)
    assert len(target) == len(arrays[f"bias/{len(weights) - 1}"])


def test_drawn_weights_are_small_short_and_the_same_for_a_seed() -> None:
    spec = drawn([(2, "tanh"), (1, "linear")], [1.0, 2.0], [0.5], "mse", seed=3)
    weights = [w for layer in spec.layers for row in layer.weights for w in row]
    assert len(weights) == 6 and all(abs(w) <= 1 and round(w, 2) == w for w in weights)
    assert spec == drawn([(2, "tanh"), (1, "linear")], [1.0, 2.0], [0.5], "mse", seed=3)
    assert spec != drawn([(2, "tanh"), (1, "linear")], [1.0, 2.0], [0.5], "mse", seed=4)
    with pytest.raises(SpecError):
        drawn([(1, "tanh")], [1.0], [0.5], "bce", seed=0)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"network.layers": [{"units": 6}]}, "6 units"),
        ({"network.layers": [{"units": 1}] * 5}, "5 hidden layers"),
        ({"network.batch_norm": True}, "Batch normalization"),
        ({"data": {"kind": "table", "name": "wine"}, "training": {"loss": "cross_entropy"}}, "13 inputs"),
        ({}, ""),
    ],
)
def test_what_cannot_be_followed_by_eye_is_said(changes: dict[str, Any], said: str) -> None:
    found = too_large(Supervised.parse(changes) if "data" in changes else Supervised().replace(changes))
    assert said in found and bool(found) == bool(said)


class Watch:
    """A viewer whose first message holds no frame, and whose second one does."""

    def __init__(self, messages: list[bytes | None]) -> None:
        self.messages, self.closed = messages, False

    def take(self) -> bytes | None:
        return self.messages.pop(0) if self.messages else None

    def close(self) -> None:
        self.closed = True


def test_the_present_weights_of_a_run_come_with_its_next_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = {"network/weight/0": np.array([[0.1, 0.2]]), "network/bias/0": np.zeros(1), "network/unit/0": np.ones(3)}
    frame = encode_packet({"type": "frame", "step": 3}, arrays)
    watch = Watch([None, encode_packet({"type": "state"}, {}), frame])
    run: Any = SimpleNamespace(watch=lambda views, rate, wake: watch)
    step, weights = weights_of(run)
    assert step == 3 and {*weights} == {"weight/0", "bias/0"} and watch.closed
    assert weights["weight/0"].tolist() == np.array([[0.1, 0.2]], dtype=np.float32).tolist(), (
        "float32, as they are trained"
    )
    monkeypatch.setattr("ui.lessons.backpropagation_networks.PATIENCE", 0.05)
    with pytest.raises(TimeoutError):
        weights_of(run)
