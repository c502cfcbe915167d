from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from dlcore.engine.state import pack, unpack
from dlcore.labs.lab import Diverged
from dlcore.labs.layered import LayeredLab
from dlcore.labs.registry import make_lab
from dlcore.specs.layered import Layered
from dlcore.training.samples import prepare_samples

RELU = {"kind": "activation", "function": "relu"}
CONV = [{"kind": "conv2d", "channels": 4}, RELU, {"kind": "max_pool"}]


def dense(units: int) -> dict[str, Any]:
    return {"kind": "dense", "units": units}


END = [{"kind": "flatten"}, {"kind": "dense", "units": 10}]


def spec(layers: list[dict[str, Any]] | None = None, **training: Any) -> Layered:
    return Layered.parse(
        {
            "data": {"kind": "images", "name": "digits", "samples": 600},
            "layers": layers or [*CONV, *END],
            "training": {
                "loss": "cross_entropy",
                "optimizer": "adam",
                "learning_rate": 0.01,
                "batch_size": 32,
                **training,
            },
            "seed": 3,
        }
    )


def train(lab: LayeredLab, steps: int) -> LayeredLab:
    for _ in range(steps):
        lab.step()
    return lab


def to_the_end(lab: LayeredLab) -> LayeredLab:
    while lab.finished() is None:
        lab.step()
    return lab


def test_it_is_the_loop_of_a_textbook() -> None:
    lab = train(LayeredLab(spec()), 40)
    data = prepare_samples(spec().data)
    x, y = torch.from_numpy(data.x_train), torch.from_numpy(data.y_train)
    torch.manual_seed(3)
    network = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(36, 10))
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # declared without this keyword alone
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    steps = 0
    while steps < 40:
        for chosen in torch.split(torch.randperm(len(x)), 32):
            if steps == 40:
                break
            loss = nn.functional.cross_entropy(network(x[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            steps += 1
    for ours, theirs in zip(lab.network.parameters(), network.parameters(), strict=True):
        assert torch.equal(ours, theirs)


@pytest.mark.parametrize(
    ("data", "loss", "layers"),
    [
        ({"kind": "generated", "name": "circle"}, "bce", [dense(8), RELU, dense(1)]),
        ({"kind": "table", "name": "iris"}, "cross_entropy", [dense(3)]),
        ({"kind": "generated", "name": "plane"}, "mse", [dense(1)]),
        ({"kind": "generated", "name": "circle"}, "huber", [dense(8), RELU, dense(1)]),
        ({"kind": "generated", "name": "rings"}, "mse", [dense(9), RELU, dense(3)]),
    ],
)
def test_it_learns_from_points_and_tables_too(data: dict[str, Any], loss: str, layers: list[dict[str, Any]]) -> None:
    training = {"loss": loss, "optimizer": "adam", "learning_rate": 0.03, "epochs": 20}
    lab = to_the_end(LayeredLab(Layered.parse({"data": data, "layers": layers, "training": training})))
    metrics = lab.frame().metrics
    assert metrics.get("test_accuracy", metrics.get("test_r2")) > 0.9


def test_it_reads_digits() -> None:
    lab = to_the_end(LayeredLab(spec(epochs=12)))
    assert lab.finished() == "12 epochs are done."
    assert lab.frame().metrics["test_accuracy"] > 0.85


def test_frames_measure_a_fixed_sample_and_the_end_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dlcore.labs.layered_probes.MEASURED", 0)  # as if the network were dear: 20 samples of a part
    lab = train(LayeredLab(spec(epochs=2)), 5)
    assert lab.probes.sizes == {"train": 20, "test": 20}

    def measured(x: torch.Tensor, y: torch.Tensor) -> tuple[float, float]:
        with torch.no_grad():
            scores = lab.network.eval()(x)
        right = scores.argmax(dim=1) == y
        return nn.functional.cross_entropy(scores, y).item(), right.double().mean().item()

    def frame(part: str) -> tuple[float, float]:
        found = lab.frame().metrics
        return found[f"{part}_loss"], found[f"{part}_accuracy"]

    parts = {"train": (lab.x_train, lab.y_train), "test": (lab.x_test, lab.y_test)}
    for part, (x, y) in parts.items():
        assert frame(part) == pytest.approx(measured(x[:20], y[:20]), rel=1e-5)
        assert frame(part) != pytest.approx(measured(x, y), rel=1e-3)
    to_the_end(lab)
    for part, (x, y) in parts.items():
        assert frame(part) == pytest.approx(measured(x, y), rel=1e-5)
    assert lab.frame(frozenset({"confusion"})).arrays["confusion/counts"].sum() == len(lab.x_test) == 120
    lab.step()  # the learner goes on
    for part, (x, y) in parts.items():
        assert frame(part) == pytest.approx(measured(x[:20], y[:20]), rel=1e-5)
    assert lab.frame(frozenset({"confusion"})).arrays["confusion/counts"].sum() == 20


def test_a_number_set_by_hand_at_the_end_is_measured() -> None:
    lab = to_the_end(LayeredLab(spec(epochs=1)))
    before = lab.frame().metrics["test_loss"]
    lab.edit("bias/1", (0,), 1000.0)
    assert lab.frame().metrics["test_loss"] > before + 100


def test_early_stopping_looks_at_the_whole_test_set_and_brings_the_best_weights_back() -> None:
    lab = LayeredLab(spec(early_stopping={"patience": 2}, learning_rate=0.1))
    losses = []
    while lab.finished() is None:
        lab.step()
        if lab.trainer.between_epochs and lab.finished() is None:
            losses.append(lab.loss_on("test"))
    assert "Early stopping" in str(lab.finished())
    assert lab.frame().metrics["test_loss"] == min(losses)
    assert losses.index(min(losses)) == len(losses) - 2


def test_a_loss_to_stop_at_is_that_of_all_training_samples() -> None:
    lab = to_the_end(LayeredLab(spec(stop_loss=0.5)))
    assert lab.finished() == "The training loss has reached 0.5."
    assert lab.frame().metrics["train_loss"] <= 0.5


def test_dropout_works_while_training_only_and_its_rate_is_live() -> None:
    layers = [*CONV, {"kind": "dropout", "rate": 0.0}, *END]
    lab = train(LayeredLab(spec(layers)), 3)
    plain = train(LayeredLab(spec()), 3)
    assert lab.frame().metrics["train_loss"] == plain.frame().metrics["train_loss"]
    lab.change(lab.spec.replace({"layers.3.rate": 0.9}))
    assert lab.network.get_submodule("dropout1").p == 0.9
    assert lab.frame().metrics["train_loss"] == plain.frame().metrics["train_loss"]
    seen = lab.frame(frozenset({"maps"})).arrays
    np.testing.assert_array_equal(seen["maps/scores"], plain.frame(frozenset({"maps"})).arrays["maps/scores"])
    random = torch.get_rng_state()
    train(lab, 1)
    torch.set_rng_state(random)
    assert lab.frame().metrics["train_loss"] != train(plain, 1).frame().metrics["train_loss"]


def test_dropout_within_a_block_is_live_too() -> None:
    block = {"kind": "residual", "layers": [{"kind": "conv2d", "channels": 1, "padding": "same"}, {"kind": "dropout"}]}
    lab = LayeredLab(spec([block, *END]))
    lab.change(lab.spec.replace({"layers.0.layers.1.rate": 0.25}))
    assert lab.network.get_submodule("block1.layers.dropout1").p == 0.25


def test_batch_normalization_is_measured_with_what_it_has_gathered() -> None:
    lab = train(LayeredLab(spec([CONV[0], {"kind": "batch_norm"}, *CONV[1:], *END])), 4)
    norm = lab.network.get_submodule("norm1")
    gathered = {name: value.clone() for name, value in norm.state_dict().items()}
    lab.look(sample=7)
    maps = lab.frame(frozenset({"maps"})).arrays
    for name, value in norm.state_dict().items():
        assert torch.equal(value, gathered[name]), name  # looking has not counted as a batch
    with torch.no_grad():
        first = nn.functional.conv2d(lab.x_test[7:8], lab.network.conv1.weight, lab.network.conv1.bias)
        mean, spread = gathered["running_mean"], (gathered["running_var"] + 1e-5).sqrt()
        expected = (first[0] - mean[:, None, None]) / spread[:, None, None] * norm.weight[:, None, None]
        expected += norm.bias[:, None, None]
    scale = maps["maps/map_scale"][1]
    assert scale == pytest.approx(expected.abs().max().item(), rel=1e-5)
    np.testing.assert_allclose((maps["maps/map/1"] - 127.5) / 127.5 * scale, expected.numpy(), atol=scale / 127)


@pytest.mark.parametrize("at", [7, 40])
def test_a_packed_state_goes_on_bit_for_bit(at: int) -> None:
    layers = [CONV[0], {"kind": "batch_norm"}, *CONV[1:], {"kind": "dropout", "rate": 0.2}, *END]
    wanted = spec(layers, early_stopping={"patience": 5}, epochs=2)
    lab = train(LayeredLab(wanted), at)
    random = torch.get_rng_state()
    other = LayeredLab(wanted)
    other.load_state_dict(unpack(pack(lab.state_dict())))
    watched = frozenset(view.name for view in lab.views)
    for steps in (0, 20):
        frames = []
        for each in (lab, other):
            torch.set_rng_state(random)
            frames.append(train(each, steps).frame(watched))
        assert dict(frames[0].metrics) == dict(frames[1].metrics)
        for name, array in frames[0].arrays.items():
            np.testing.assert_array_equal(array, frames[1].arrays[name], err_msg=name)
    assert lab.finished() == other.finished()


def test_the_end_is_remembered_by_a_state() -> None:
    lab = to_the_end(LayeredLab(spec(epochs=1)))
    other = LayeredLab(spec(epochs=1))
    other.load_state_dict(unpack(pack(lab.state_dict())))
    assert other.finished() == "1 epoch is done."
    assert dict(other.frame().metrics) == dict(lab.frame().metrics)


def test_a_run_that_leaves_the_numbers_says_so_and_can_still_be_looked_at() -> None:
    lab = LayeredLab(spec(optimizer="sgd", learning_rate=100.0, loss="mse"))
    with pytest.raises(Diverged, match=r"at update [\d,]+.*smaller learning rate \(now 100\)"):
        train(lab, 5_000)
    lab.look(gradients=True, exact="conv1")
    frame = lab.frame(frozenset(view.name for view in lab.views))
    for name, array in frame.arrays.items():
        assert np.isfinite(array).all(), name


def test_the_registry_makes_it() -> None:
    assert isinstance(make_lab(spec()), LayeredLab)


@pytest.mark.parametrize("layer", [{"stride": 2}, {"stride": 2, "kernel": 1}])
def test_a_network_that_would_write_beyond_its_memory_lies_in_the_other_order(layer: dict[str, Any]) -> None:
    # PyTorch 2.13 on a CPU: ended the process in the backward pass, with channels-last images of fewer than 8 channels
    conv = {"kind": "conv2d", "channels": 6, "padding": 1 if "kernel" not in layer else 0, **layer}
    block = {"kind": "residual", "layers": [conv], "shortcut": "projection"}
    layers = [{"kind": "conv2d", "channels": 4, "padding": "same"}, block, *END]
    network = train(LayeredLab(spec(layers)), 20).network
    conv2d = network.get_submodule("conv1")
    assert isinstance(conv2d, nn.Conv2d) and conv2d(torch.rand(2, 1, 8, 8)).is_contiguous()
