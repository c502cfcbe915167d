"""Penalties against numpy sums, their gradients against the derivative, clipping and dropout against their formulas."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
import pytest
import torch
from torch import nn

from dlcore.labs.supervised import SupervisedLab
from dlcore.specs.spec import Spec, SpecError
from dlcore.specs.supervised import Supervised
from dlcore.training.regularizers import REGULARIZERS, Regularizer, penalty, shrink, weights


def _network() -> nn.Sequential:
    torch.manual_seed(0)
    layers = OrderedDict(hidden1=nn.Linear(3, 4), norm1=nn.BatchNorm1d(4), output=nn.Linear(4, 2))
    return nn.Sequential(layers).double()


@pytest.mark.parametrize("row", REGULARIZERS, ids=lambda row: row.name)
def test_path_is_a_field_of_the_spec(row: Regularizer) -> None:
    part: Spec = Supervised()
    for name in row.path.split("."):
        assert name in type(part).model_fields
        part = getattr(part, name)


def test_weights_leave_out_biases_and_batch_norm() -> None:
    network = _network()
    assert [w is v for w, v in zip(weights(network), (network[0].weight, network[2].weight), strict=True)] == [True] * 2


def test_weights_leave_out_layer_norm_whatever_its_shape() -> None:
    network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.LayerNorm((2, 4, 4)), nn.Flatten(), nn.Linear(32, 2))
    assert [tuple(w.shape) for w in weights(network)] == [(2, 1, 3, 3), (2, 32)]


@pytest.mark.parametrize(("l1", "l2"), [(0.3, 0.0), (0.0, 0.2), (0.3, 0.2)])
def test_penalty_and_gradient(l1: float, l2: float) -> None:
    network = _network()
    total = penalty(network, l1, l2)
    arrays = [w.detach().numpy() for w in weights(network)]
    expected = sum(l1 * np.abs(w).sum() + l2 / 2 * (w**2).sum() for w in arrays)
    assert isinstance(total, torch.Tensor) and total.item() == pytest.approx(expected, rel=1e-12)
    total.backward()
    for w, array in zip(weights(network), arrays, strict=True):
        assert w.grad is not None
        np.testing.assert_allclose(w.grad.numpy(), l1 * np.sign(array) + l2 * array, rtol=1e-12)
    assert network[0].bias.grad is None and network[1].weight.grad is None


def test_nothing_is_computed_without_a_penalty() -> None:
    assert penalty(_network(), 0.0, 0.0) == 0.0
    assert not isinstance(penalty(_network(), 0.0, 0.0), torch.Tensor)


@pytest.mark.parametrize(("limit", "factor"), [(1.0, 1 / 13), (13.0, 1.0), (20.0, 1.0)])
def test_clipping_shortens_the_whole_gradient(limit: float, factor: float) -> None:
    first, second = nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(1))
    first.grad, second.grad = torch.tensor([3.0, 4.0]), torch.tensor([12.0])  # length 13
    nn.utils.clip_grad_norm_([first, second], limit)
    assert [*first.grad.tolist(), *second.grad.tolist()] == pytest.approx([3 * factor, 4 * factor, 12 * factor])


def test_dropout_scales_what_it_keeps() -> None:
    torch.manual_seed(0)
    dropped = nn.Dropout(0.2)(torch.ones(100_000))
    assert set(dropped.unique().tolist()) == {0.0, 1.25}
    assert (dropped == 0).float().mean().item() == pytest.approx(0.2, abs=0.01)


def test_batch_norm_follows_its_formula() -> None:
    z = torch.randn(50, 1, dtype=torch.float64, generator=torch.Generator().manual_seed(0)) * 3 + 2
    array = z.numpy()
    expected = (array - array.mean()) / np.sqrt(((array - array.mean()) ** 2).mean() + 1e-5)
    np.testing.assert_allclose(nn.BatchNorm1d(1).double()(z).detach().numpy(), expected, rtol=1e-9)


def _lab(**training: object) -> SupervisedLab:
    """A lab on two overlapping clouds, right after its weights were drawn."""
    changes = {f"training.{name}": value for name, value in ({"step": "textbook"} | training).items()}
    return SupervisedLab(Supervised().replace({"data.samples": 60, "data.noise": 0.3, **changes}))


def test_shrinking_stops_at_exactly_zero() -> None:
    w = torch.tensor([[0.5, -0.5, 0.1, -0.1, 0.0, 0.2]])
    shrink([w], 0.2)
    torch.testing.assert_close(w, torch.tensor([[0.3, -0.3, 0.0, 0.0, 0.0, 0.0]]))
    assert (w[0, 2:] == 0).all()


def test_a_proximal_update_minimises_its_own_problem() -> None:
    # the proximal step from v is argmin_w |w - v|²/2 + ηλ|w|: searched on a grid, weight for weight
    lab = _lab(l1=0.3, l1_proximal=True, learning_rate=0.1, batch_size="all")
    before = [w.detach().clone() for w in lab.network.parameters()]
    lab.step()
    for old, new in zip(before, lab.network.parameters(), strict=True):
        assert new.grad is not None
        v = (old - 0.1 * new.grad).flatten()
        if new.dim() == 1:  # biases are free
            torch.testing.assert_close(new.detach().flatten(), v)
            continue
        grid = torch.linspace(-3, 3, 60_001)
        best = grid[((grid - v[:, None]) ** 2 / 2 + 0.1 * 0.3 * grid.abs()).argmin(1)]
        torch.testing.assert_close(new.detach().flatten(), best, rtol=0, atol=1e-4)


def test_only_the_proximal_step_gives_exact_zeros() -> None:
    zeros = {}
    for proximal in (False, True):
        lab = _lab(l1=0.05, l1_proximal=proximal, learning_rate=0.05)
        for _ in range(400):
            lab.step()
        values = torch.cat([w.detach().flatten() for w in weights(lab.network)])
        zeros[proximal] = int((values == 0).sum())
        assert (values.abs() < 0.01).float().mean() > 0.3, "both come near"
    assert zeros[False] == 0 and zeros[True] > 0.3 * len(values)


@pytest.mark.parametrize("step", ["textbook", "auto"])
def test_label_smoothing_spreads_a_share_of_the_target(step: str) -> None:
    lab = _lab(loss="cross_entropy", label_smoothing=0.3, batch_size="all", step=step)
    with torch.no_grad():
        outputs = lab.network(lab.x_train)
    torch.testing.assert_close(lab.evaluate()["train_loss"], nn.functional.cross_entropy(outputs, lab.y_train).item())
    mine = [w.detach().clone().requires_grad_() for w in lab.network.parameters()]
    names = [name for name, _ in lab.network.named_parameters()]
    scores = torch.func.functional_call(lab.network, dict(zip(names, mine, strict=True)), lab.x_train)
    q = 0.7 * nn.functional.one_hot(lab.y_train, 2) + 0.3 / 2
    loss = -(q * scores.log_softmax(1)).sum(1).mean()
    expected = torch.autograd.grad(loss, mine)
    lab.step()
    for parameter, gradient in zip(lab.network.parameters(), expected, strict=True):
        torch.testing.assert_close(parameter.grad, gradient)


def test_label_smoothing_needs_classes_to_spread_over() -> None:
    with pytest.raises(SpecError, match="with the loss bce expected 0, received 0"):
        Supervised().replace({"training.label_smoothing": 0.1})
