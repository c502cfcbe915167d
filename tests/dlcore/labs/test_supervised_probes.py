"""Whatever a view shows is what the network's own modules answer; `networks.build.predict` and autograd say what."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from sklearn.metrics import accuracy_score, confusion_matrix
from torch import nn

from dlcore.explain.plane import HEIGHT_GRID, OUTPUT_GRID, UNIT_GRID, grid
from dlcore.labs.lab import Diverged
from dlcore.labs.registry import make_lab
from dlcore.labs.supervised import SupervisedLab
from dlcore.networks.build import activation, predict
from dlcore.specs.supervised import Supervised
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.make import make_loss

CIRCLE: dict[str, Any] = {"kind": "generated", "name": "circle", "samples": 120, "noise": 0.2}
RINGS: dict[str, Any] = CIRCLE | {"name": "rings"}
IRIS: dict[str, Any] = {"kind": "table", "name": "iris"}
HIDDEN = [row.name for row in ACTIVATIONS if row.hidden]


def spec(data: dict[str, Any] = CIRCLE, hidden: str = "tanh", **changes: Any) -> Supervised:
    layers = [{"units": 5, "activation": hidden}, {"units": 3, "activation": hidden}]
    parsed = Supervised.parse(
        {"data": data, "network": {"layers": layers}, "training": {"loss": changes.pop("loss", "mse")}}
    )
    return parsed.replace({path.replace("__", "."): value for path, value in changes.items()})


SPECS = {
    "bce": spec(loss="bce"),
    "two softmax outputs": spec(loss="cross_entropy"),
    "tanh output": spec(),
    "three classes": spec(RINGS, loss="cross_entropy"),
    "one-hot": spec(RINGS),
    "regression": spec(CIRCLE | {"name": "hills"}),
    "batch norm and dropout": spec(loss="bce", network__batch_norm=True, training__dropout=0.4),
    "textbook, dropout": spec(loss="bce", training__step="textbook", training__dropout=0.4),
    "table": spec(IRIS, loss="cross_entropy"),
    **{f"hidden {name}": spec(hidden=name, loss="bce") for name in HIDDEN},
}


def trained(chosen: Supervised, steps: int = 15) -> SupervisedLab:
    lab = make_lab(chosen)
    assert isinstance(lab, SupervisedLab)
    with torch.enable_grad():
        for _ in range(steps):
            lab.step()
    return lab


def everything(lab: SupervisedLab) -> frozenset[str]:
    return frozenset(view.name for view in lab.views)


def on_grid(lab: SupervisedLab, side: int) -> torch.Tensor:
    return torch.from_numpy(lab.data.inputs_at(grid(lab.data.axis_range, side)))


@pytest.mark.parametrize("name", SPECS)
@torch.no_grad()
def test_pictures_are_what_the_network_predicts(name: str) -> None:
    lab = trained(SPECS[name])
    arrays = lab.frame(everything(lab)).arrays
    network = lab.network.eval()

    def pictures(side: int) -> np.ndarray:
        predictions = predict(network, on_grid(lab, side), lab.spec)
        if predictions.shape[1] == 2:
            predictions = predictions[:, 1:]
        return predictions.numpy().T.reshape(-1, side, side).squeeze()

    np.testing.assert_allclose(arrays["output_3d/heights"], pictures(HEIGHT_GRID), rtol=0, atol=2e-6)
    low, high = lab.probes.scale
    expected = np.clip((pictures(OUTPUT_GRID) - low) / (high - low) * 255, 0, 255)
    np.testing.assert_allclose(arrays["output/surface"], expected, rtol=0, atol=0.501)


@pytest.mark.parametrize("name", SPECS)
@torch.no_grad()
def test_units_show_their_activations(name: str) -> None:
    lab = trained(SPECS[name])
    lab.look(part="test", sample=4)
    arrays = lab.frame(everything(lab)).arrays
    x = on_grid(lab, UNIT_GRID) if lab.data.planar else lab.x_test[4:5]
    network = lab.network.eval()
    children = [child for child, _ in network.named_children()]
    for number, child in enumerate(["activation1", "activation2"], start=1):
        answers = network[: children.index(child) + 1](x).numpy().T
        if lab.data.planar:
            scale = arrays[f"network/unit_scale/{number}"][:, None]
            np.testing.assert_allclose(scale[:, 0], np.maximum(np.abs(answers).max(1), 1), rtol=1e-5)
            pixels = arrays[f"network/unit/{number}"].reshape(len(answers), -1)
            np.testing.assert_allclose(pixels, 127.5 + 127.5 * answers / scale, rtol=0, atol=0.501)
        else:
            np.testing.assert_allclose(arrays[f"network/activation/{number}"], answers[:, 0], rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", SPECS)
@torch.no_grad()
def test_scores_are_those_of_the_network_alone(name: str) -> None:
    lab = trained(SPECS[name])
    frame = lab.frame(everything(lab))
    network, loss = lab.network.eval(), make_loss(lab.spec)
    for part, x, targets in (("train", lab.x_train, lab.targets_train), ("test", lab.x_test, lab.targets_test)):
        expected = loss(network(x), targets).item()
        exact = lab.spec.training.step == "textbook"  # the exported program prints the same bits
        assert frame.metrics[f"{part}_loss"] == (expected if exact else pytest.approx(expected, abs=1e-6))
    if lab.data.classes:
        predictions = predict(network, lab.x_test, lab.spec).numpy()
        single = predictions[:, 0] > (0.0 if lab.spec.output == "tanh" else 0.5)
        said = single.astype(int) if predictions.shape[1] == 1 else predictions.argmax(1)
        classes = list(range(len(lab.data.classes)))
        expected_counts = confusion_matrix(lab.y_test.numpy(), said, labels=classes)
        np.testing.assert_array_equal(frame.arrays["confusion/counts"], expected_counts)
        assert frame.metrics["test_accuracy"] == pytest.approx(accuracy_score(lab.y_test.numpy(), said))


@pytest.mark.parametrize("name", HIDDEN)
def test_flat_and_dead_units_are_those_of_autograd(name: str) -> None:
    lab = trained(SPECS[f"hidden {name}"])
    metrics = lab.frame(frozenset({"activations"})).metrics
    z = nn.functional.linear(lab.x_train, lab.network.hidden1.weight.detach(), lab.network.hidden1.bias.detach())
    z.requires_grad_()
    (slopes,) = torch.autograd.grad(activation(name)(z).sum(), z)
    assert metrics["saturated/hidden1"] == pytest.approx((slopes.abs() < 0.1).double().mean().item(), abs=1e-9)
    assert metrics["dead/hidden1"] == pytest.approx((slopes == 0).all(0).double().mean().item(), abs=1e-9)


def test_pre_activations_are_counted_before_the_activation_function() -> None:
    lab = trained(spec())
    frame = lab.frame(frozenset({"preactivations"}))
    with torch.no_grad():
        z = lab.network.get_submodule("hidden1")(lab.x_train)
    edges = frame.arrays["preactivations/edges/0"]
    assert (edges[0], edges[-1]) == (pytest.approx(z.min().item(), rel=1e-5), pytest.approx(z.max().item(), rel=1e-5))
    assert frame.arrays["preactivations/counts/0"].sum() == z.numel()
    assert 0 <= frame.metrics["saturated/hidden1"] <= 1
    assert {"preactivations/z", "preactivations/f/0", "preactivations/slope/0"} <= set(lab.constants())


def test_what_is_watched_changes_no_number() -> None:
    lab = trained(SPECS["three classes"])
    whole = lab.frame(everything(lab))
    for view in sorted(everything(lab)):
        arrays = lab.frame(frozenset({view})).arrays
        assert all(name.startswith(f"{view}/") for name in arrays)
        for name, array in arrays.items():
            # not to the last bit: a matrix product of another width may sum in another order
            rounding = 1 if array.dtype == np.uint8 else 1e-6
            np.testing.assert_allclose(array.astype(float), whole.arrays[name], rtol=0, atol=rounding, err_msg=name)
    assert lab.frame(frozenset({"unknown"})).arrays == {}


def test_a_weight_set_by_hand_shows_at_once_in_every_view() -> None:
    lab = trained(SPECS["bce"])
    before = lab.frame(everything(lab))
    lab.edit("weight/0", (0, 0), 7.0)
    after = lab.frame(everything(lab))
    for name in ("network/weight/0", "network/unit/1", "output/surface", "output_3d/heights", "activations/edges/0"):
        assert not np.array_equal(before.arrays[name], after.arrays[name]), name
    assert before.metrics["train_loss"] != after.metrics["train_loss"]
    assert before.metrics["saturated/hidden1"] != after.metrics["saturated/hidden1"]


@pytest.mark.parametrize("name", ["bce", "batch norm and dropout", "textbook, dropout"])
def test_looking_changes_nothing(name: str) -> None:
    quiet, seen = trained(SPECS[name], 0), trained(SPECS[name], 0)
    for lab in (quiet, seen):
        torch.manual_seed(3)
        for _ in range(30):
            lab.step()
            if lab is seen:
                lab.frame(everything(lab))
    assert all(torch.equal(a, b) for a, b in zip(quiet.network.parameters(), seen.network.parameters(), strict=True))
    assert quiet.frame().metrics == seen.frame().metrics


@pytest.mark.parametrize("step", ["auto", "textbook"])
def test_a_run_that_left_the_numbers_can_still_be_looked_at(step: str) -> None:
    wild = spec(hidden="linear", training__learning_rate=100.0, training__step=step, network__output="linear")
    lab = trained(wild, 0)
    with pytest.raises(Diverged):
        for _ in range(1000):
            lab.step()
    frame = lab.frame(everything(lab))
    assert frame.step == lab.steps and not np.isfinite(frame.metrics["train_loss"])
    assert "network/weight/0" in frame.arrays and "weights/edges/0" not in frame.arrays
